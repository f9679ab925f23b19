"""What is in use says what uses it, and stays."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import router
from django.db.models import PROTECT, Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic


def uses_of(row: Model) -> list[str]:
    """Return what keeps a stored row from being deleted, such as "12 order lines"; an empty list when nothing does.

    What would go with the row is looked at as well: an edition is in use when one of its days is.
    """
    uses = []
    for relation in row._meta.related_objects:
        if relation.on_delete is PROTECT:
            other = relation.related_model
            if count := other._default_manager.filter(**{relation.field.name: row.pk}).count():
                uses.append(_said(other, count))
    return uses or _uses_of_what_goes_along(row)


def _uses_of_what_goes_along(row: Model) -> list[str]:
    try:
        Collector(using=router.db_for_write(type(row), instance=row)).collect([row])
    except (ProtectedError, RestrictedError) as error:
        return uses_said(error)
    return []


def uses_said(error: ProtectedError | RestrictedError) -> list[str]:
    """Return what kept a row from being deleted, in the same words."""
    found = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    return [_said(model, count) for model, count in Counter(type(one) for one in found).items()]


def _said(model: type[Model], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{number_format(count)} {name}"


def refusal(row: Model) -> str:
    """Return why a row cannot be deleted, as a sentence; empty when it can."""
    uses = uses_of(row)
    if not uses:
        return ""
    words = {"name": str(row), "uses": get_text_list(uses, _("and"))}
    return _("“%(name)s” is in use and stays: %(uses)s.") % words


class InUseMiddleware:
    """Answer whatever button of the admin deletes what is in use: with what uses it, where the person came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal of the database into a sentence; leave all other errors alone."""
        home = reverse("wagtailadmin_home")
        if not (isinstance(error, ProtectedError | RestrictedError) and request.path.startswith(home)):
            return None
        uses = {"uses": get_text_list(uses_said(error), _("and"))}
        messages.error(request, _("This is in use and stays: %(uses)s.") % uses)
        return redirect(request.get_full_path() if request.method == "POST" else home)


class GuardedDeleteView(generic.DeleteView):
    """Asks before deleting; of a row that is in use it says what uses it instead."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete, or say why not."""
        if sentence := self.refusal():
            messages.error(request, sentence)
            return self.get(request, *args, **kwargs)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def refusal(self) -> str:
        """Return why the row stays, empty when it can go."""
        return refusal(self.object)

    @property
    def confirmation_message(self) -> str:
        """The question, or what is in the way."""
        return self.refusal() or str(super().confirmation_message)

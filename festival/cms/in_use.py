"""What is in use says what uses it, and stays."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from festival.core.holders import holders_of
from festival.text.typography import listed


def uses_of(row: Model) -> list[str]:
    """Return what keeps a stored row, or what would go with it, from being deleted, such as "12 order lines"."""
    return _said(holders_of(row))


def uses_said(error: ProtectedError | RestrictedError) -> list[str]:
    """Return what kept a row from being deleted, in the same words."""
    return _said(error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects)


def _said(holders: Iterable[Model]) -> list[str]:
    uses = []
    for model, count in Counter(type(holder) for holder in holders).items():
        name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
        uses.append(f"{number_format(count)} {name}")
    return sorted(uses)


def refusal(row: Model) -> str:
    """Return why a row cannot be deleted, as a sentence; empty when it can."""
    uses = uses_of(row)
    if not uses:
        return ""
    words = {"name": str(row), "uses": listed(uses)}
    return _("“%(name)s” is in use and stays: %(uses)s.") % words


def keep_what_is_in_use(request: HttpRequest, rows: Iterable[Model], *, back_to: str) -> HttpResponse | None:
    """Return the way back with a sentence for each row that is in use, before any is deleted; None if all can go.

    For Wagtail's own delete screens, whose guard sees only what its reference index holds. `back_to` is an address, not
    the name of one: it may have been typed.
    """
    sentences = [sentence for row in rows if (sentence := refusal(row))]
    if not sentences:
        return None
    for sentence in sentences:
        messages.error(request, sentence)
    return HttpResponseRedirect(back_to)


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
        uses = {"uses": listed(uses_said(error))}
        messages.error(request, _("This is in use and stays: %(uses)s.") % uses)
        return HttpResponseRedirect(request.get_full_path() if request.method == "POST" else home)

"""What is in use says what uses it, and stays."""

from collections.abc import Iterable
from typing import Any

from django.db.models import PROTECT, ForeignObjectRel, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from festival.models import User


def uses_of(row: Model) -> list[str]:
    """Return what keeps a stored row from being deleted, such as "12 order lines"; an empty list when nothing does."""
    uses = []
    for relation in row._meta.get_fields(include_hidden=True):
        # Hidden ones too: who did something is kept by rows that nobody lists from there.
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is PROTECT:
            other = relation.related_model
            count = other._default_manager.filter(**{relation.field.name: row.pk}).count()
            if count:
                name = other._meta.verbose_name if count == 1 else other._meta.verbose_name_plural
                uses.append(f"{number_format(count)} {name}")
    return uses


def refusal(row: Model) -> str:
    """Return why a row cannot be deleted, as a sentence; empty when it can."""
    uses = uses_of(row)
    if not uses:
        return ""
    words = {"name": str(row), "uses": get_text_list(uses, _("and"))}
    return _("“%(name)s” is in use and stays: %(uses)s.") % words


def keep_accounts(request: HttpRequest, accounts: Iterable[User]) -> HttpResponse | None:
    """Say of each account that is in use what uses it, and return the way back; None when all can be deleted."""
    refusals = [sentence for account in accounts if (sentence := refusal(account))]
    for sentence in refusals:
        messages.error(request, sentence)
    return redirect("wagtailusers_users:index") if refusals else None


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

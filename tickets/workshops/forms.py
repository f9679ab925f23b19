"""The form that books a place in a session, or waits for one."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.delivery import tokens
from tickets.models import Order, Ticket
from tickets.orders.forms import VisitorForm
from tickets.workshops.queries import Workshop


class BookingForm(VisitorForm):
    """Books a place: name, address, and what the session asks for besides. One post, no account.

    A session with a ticket asks for its code; opened from an order, for one of the order's `passes` instead.
    """

    field_order = ("form_token", "code", "ticket", "name", "email", "places")

    code = forms.CharField(
        label=_("Code of your ticket"),
        max_length=200,
        help_text=_("It stands below the QR code, like 7K3F-9Q2M."),
        error_messages={"required": _("Type the code of your ticket: this session is for those who have one.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    ticket = forms.ModelChoiceField(
        label=_("With which ticket?"),
        queryset=Ticket.objects.none(),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of your tickets.")),
    )
    places = forms.TypedChoiceField(
        label=_("Number of places"),
        coerce=int,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a number from the list.")),
    )

    def __init__(
        self,
        found: Workshop,
        *,
        order: Order | None = None,
        passes: Sequence[Ticket] = (),
        data: Any = None,
        files: Any = None,
    ) -> None:
        initial: dict[str, Any] = {"form_token": uuid.uuid4()}
        if order:
            initial |= {"name": order.name, "email": order.email}
        super().__init__(data, files, label_suffix="", initial=initial)
        if not found.needs_ticket or order:
            del self.fields["code"]
        if not found.needs_ticket or not order:
            del self.fields["ticket"]
        else:
            self._offer(passes)
        choices = [(number, number) for number in range(1, found.places_per_form + 1)]
        if len(choices) == 1 or found.is_full:  # one waits for one place
            del self.fields["places"]
        else:
            cast("forms.ChoiceField", self.fields["places"]).choices = choices
        if found.is_full:
            self.fields["email"].help_text = _("To write to you when a place comes free, for nothing else.")
        self.ask_places(found.occurrence.edition_id, found.product.pk, len(choices) if "places" in self.fields else 1)

    @property
    def places_wanted(self) -> int:
        """How many places a valid form asks for."""
        return int(self.cleaned_data.get("places") or 1)

    def _offer(self, passes: Sequence[Ticket]) -> None:
        field = cast("forms.ModelChoiceField[Ticket]", self.fields["ticket"])
        field.queryset = Ticket.objects.filter(pk__in=[ticket.pk for ticket in passes])
        field.label_from_instance = _named  # type: ignore[method-assign, assignment]
        if len(passes) == 1:
            field.initial, field.widget = passes[0].pk, forms.HiddenInput()


def _named(ticket: Ticket) -> str:
    return f"{ticket.holder}, {tokens.spell_short_code(ticket.short_code)}"

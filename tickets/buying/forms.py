"""The steps after the choice: who buys, whose names the tickets carry, how it is paid."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import AddressField, NameField
from tickets.models import Order, OrderLine
from tickets.payments.queries import TermsOfSale, Way


class DetailsForm(forms.Form):
    """Name and address of the buyer, and a name for each ticket that carries one; `typed` is shown and not checked."""

    name = NameField(
        label=_("First name and surname"),
        error_messages={"required": _("Your name is missing: it stands on the ticket.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("To send you the tickets and what you need to pay, for nothing else."),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(
        self, order: Order, lines: Sequence[OrderLine], data: Any = None, typed: Mapping[str, Any] | None = None
    ) -> None:
        self.lines = {f"holder-{line.pk}": line for line in lines}
        initial = {"name": order.name, "email": order.email}
        initial |= {name: line.holder for name, line in self.lines.items()}
        super().__init__(data, label_suffix="", initial=initial | dict(typed or {}))
        for rank, (name, line) in enumerate(self.lines.items(), start=1):
            self.fields[name] = NameField(
                label=_("Name on ticket %(rank)s: %(what)s") % {"rank": rank, "what": line.product_name},
                help_text=_("Left empty: your own name."),
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def holder_fields(self) -> Iterator[forms.BoundField]:
        """Yield the fields of the names."""
        return (self[name] for name in self.lines)

    def holders(self) -> list[tuple[OrderLine, str]]:
        """Return the lines with the names that were typed."""
        return [(line, self.cleaned_data[name]) for name, line in self.lines.items()]


class PayForm(forms.Form):
    """How it is paid, the terms that are agreed to, and the total that the buyer saw; `typed` as for the details."""

    total = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("How would you like to pay?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how you pay.")),
    )
    terms = forms.CharField(error_messages={"required": _("Please read the terms of sale and agree to them.")})

    def __init__(
        self,
        order: Order,
        ways: Sequence[Way],
        terms: TermsOfSale | None,
        data: Any = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        typed = typed or {}
        super().__init__(data, label_suffix="", initial=dict(typed) | {"total": order.total_cents})
        chosen: Any = self.fields["way"]
        chosen.choices = [(way.provider.name, way.provider.name.label) for way in ways]
        self.ways, self.terms_of_sale = ways, terms
        if ways:
            self.initial.setdefault("way", ways[0].provider.name)

"""The steps after the choice: who buys, whose names the tickets carry, how it is paid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import AddressField, NameField
from tickets.buying.detailing import Details
from tickets.models import Order, OrderLine
from tickets.orders.placing import Buyer
from tickets.payments.queries import TermsOfSale, Way
from tickets.questions.forms import AskingForm, Sheet


@dataclass(frozen=True, slots=True)
class ToFill:
    """What the second step asks besides the buyer: names of lines, and questions.

    `people` are the lines of each of several people, `is_by_link` whether they fill in their own so far.
    """

    named: Sequence[OrderLine] = ()
    sheets: Sequence[Sheet] = ()
    people: Sequence[Sequence[OrderLine]] = ()
    is_by_link: bool = False


NOW, LINKS = "now", "links"


class DetailsForm(AskingForm):
    """Name and address of the buyer, a name for each ticket that carries one, and what is asked besides.

    `people` are the lines of each of several people: they can be left to fill in their own. `typed` is shown and not
    checked.
    """

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

    who = forms.ChoiceField(
        label=_("Names and answers of each person"),
        widget=forms.RadioSelect,
        required=False,
        choices=[(NOW, _("I fill them in now")), (LINKS, _("Each person fills in their own, by a link"))],
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(
        self,
        order: Order,
        to_fill: ToFill,
        data: Any = None,
        files: Any = None,
        *,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.lines = {f"holder-{line.pk}": line for line in to_fill.named}
        self.people = to_fill.people
        initial = {"name": order.name, "email": order.email, "who": LINKS if to_fill.is_by_link else NOW}
        initial |= {name: line.holder for name, line in self.lines.items()}
        super().__init__(data, files, label_suffix="", initial=initial | dict(typed or {}))
        if not self.people:
            del self.fields["who"]
        self.ask(to_fill.sheets, key=order.secret)
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

    def clean(self) -> dict[str, Any]:
        """Check the answers; what each person fills in by a link is not asked here."""
        by_link: set[str] = set()
        if self.is_by_link:
            by_link = {str(line.pk) for person in self.people for line in person}
            for name, line in self.lines.items():
                if str(line.pk) in by_link:
                    self.errors.pop(name, None)
        self.check_sheets(skip=by_link)
        return self.cleaned_data

    @property
    def is_by_link(self) -> bool:
        """Whether each person fills in their own."""
        return bool(self.people) and self["who"].value() == LINKS

    def details(self, language: str) -> Details:
        """Return what a valid form says."""
        is_by_link = self.is_by_link
        return Details(
            buyer=Buyer(self.cleaned_data["name"], self.cleaned_data["email"], language),
            holders=[
                (line, "" if is_by_link else self.cleaned_data.get(name, "")) for name, line in self.lines.items()
            ],
            given=self.given(),
            guests=self.people if is_by_link else [],
        )


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

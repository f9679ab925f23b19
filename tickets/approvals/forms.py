"""Forms of what needs approval: asking for it, with a file if the product asks for one, and refusing it."""

import uuid
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.text import typography
from festival.typed.amounts import parse_amount
from tickets.catalogue import pricing
from tickets.catalogue.queries import Offer, PriceFacts
from tickets.models import Product
from tickets.orders.forms import VisitorForm
from tickets.orders.wording import out_of_bounds
from tickets.uploads.forms import SentFileField

LONGEST_WORD = 2000


class ApplyForm(VisitorForm):
    """Asks for one product: which price, which day, how many, who asks and why; with a file, and a code if any."""

    field_order = ("form_token", "price", "amount", "day", "name", "email", "places", "word", "file", "code")

    price = forms.ChoiceField(
        label=_("Which price?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a price.")),
    )
    amount = forms.CharField(
        label=_("Your amount"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
    )
    day = forms.ChoiceField(
        label=_("Day"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your day."), "invalid_choice": _("This day is not on offer.")},
    )
    places = forms.TypedChoiceField(
        label=_("Number of places"),
        coerce=int,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a number from the list.")),
    )
    word = forms.CharField(
        label=_("Who are you?"),
        max_length=LONGEST_WORD,
        help_text=_("What you do, for whom, and where we can see it."),
        error_messages={"required": _("Say in a few words who you are: the office decides by it.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    file = SentFileField(label=_("Your document"))
    code = forms.CharField(
        label=_("Have you got a code?"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, offer: Offer, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="", initial={"form_token": uuid.uuid4()})
        self.offer, self.file_asked = offer, offer.product.file_asked
        self._offer_prices()
        days, places = (cast("forms.ChoiceField", self.fields[name]) for name in ("day", "places"))
        days.choices = [(cell.iso, typography.plain_date(cell.day.date)) for cell in offer.days if cell.is_open]
        if not offer.product.one_day:
            del self.fields["day"]
        places.choices = [(number, number) for number in range(1, offer.product.max_per_order + 1)]
        if offer.product.max_per_order == 1:
            places.widget = forms.HiddenInput()
        self.ask_places(offer.product.edition, offer.product.pk, offer.product.max_per_order)
        file = cast("SentFileField", self.fields["file"])
        file.form, file.input.is_optional = f"{self.key}:file", self.file_asked == Product.FileAsked.OPTIONAL
        if self.file_asked == Product.FileAsked.NO:
            del self.fields["file"]

    def chosen_price(self) -> tuple[PriceFacts, int]:
        """Return the price that a valid form chose, and its cents."""
        price = next(one for one in self.offer.product.prices if str(one.pk) == self.cleaned_data["price"])
        return price, self.cents

    def chosen_day_id(self) -> int | None:
        """Return the primary key of the chosen day, None for a product without a choice."""
        chosen = self.cleaned_data.get("day")
        return next((cell.day.pk for cell in self.offer.days if cell.iso == chosen), None) if chosen else None

    def clean(self) -> dict[str, Any]:
        """Read the amount, and ask for the file where there is none yet."""
        data = super().clean()
        is_missing = self.file_asked == Product.FileAsked.REQUIRED and not data.get("file")
        if is_missing and "file" not in self.errors:
            self.add_error("file", _("Choose your document: without it we cannot decide."))
        self.cents = 0
        for price in self._chosen(data.get("price")):
            self.cents = price.cents
            if price.max_cents is not None:
                currency = self.offer.product.currency
                self.cents = parse_amount(data.get("amount") or "", typography.marks(currency)) or 0
                if not pricing.is_offered(price, self.cents):
                    self.add_error("amount", out_of_bounds(price.cents, price.max_cents, currency))
        return data

    def _chosen(self, pk: str | None) -> Iterator[PriceFacts]:
        return (price for price in self.offer.product.prices if str(price.pk) == pk)

    def _offer_prices(self) -> None:
        prices, currency = self.offer.product.prices, self.offer.product.currency
        field = cast("forms.ChoiceField", self.fields["price"])
        field.choices = [(str(price.pk), _priced(price, currency)) for price in prices]
        default = next((price for price in prices if price.is_default), prices[0] if prices else None)
        self.initial["price"] = str(default.pk) if default else ""
        if len(prices) < 2:
            field.widget = forms.HiddenInput()
        if all(price.max_cents is None for price in prices):
            del self.fields["amount"]


class RefuseForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("A sentence that stands in the mail, and on the page of the order."),
        error_messages={"required": _("Say why: it stands in the mail.")},
    )


def _priced(price: PriceFacts, currency: str) -> str:
    amount = typography.open_price(currency) if price.max_cents else typography.price(price.cents, currency)
    return f"{price.name}, {amount}" if price.name else amount

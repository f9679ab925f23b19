"""Forms of the pot: asking for a ticket, refusing one, what the pot gives."""

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from festival.cms.editions import EditionForm
from tickets.catalogue.pot_offer import PotChoice, PotOffer
from tickets.models import Product
from tickets.orders.forms import VisitorForm

LONGEST_WORD = 1000


class AskForm(VisitorForm):
    """Asks for tickets of the pot: which, how many, for whom. No proof, no account."""

    field_order = ("form_token", "which", "name", "email", "places", "word")

    which = forms.ChoiceField(
        label=_("Which ticket?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a ticket.")),
    )
    places = forms.TypedChoiceField(
        label=_("How many tickets?"),
        coerce=int,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a number from the list.")),
    )
    word = forms.CharField(
        label=_("A word to us"),
        required=False,
        max_length=LONGEST_WORD,
        help_text=_("Only if you like. You need not explain anything."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, offer: PotOffer, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"form_token": uuid.uuid4()})
        self.offer = offer
        which, places = (cast("forms.ChoiceField", self.fields[name]) for name in ("which", "places"))
        which.choices = [(choice.key, choice.label) for choice in offer.choices]
        if len(offer.choices) == 1:
            which.widget = forms.HiddenInput()
        self.initial["which"] = offer.choices[0].key
        places.choices = [(number, number) for number in range(1, offer.facts.most_per_request + 1)]

    def chosen(self) -> PotChoice:
        """Return the ticket that a valid form asks for."""
        return next(choice for choice in self.offer.choices if choice.key == self.cleaned_data["which"])


class RefuseForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label=_("Your answer"),
        max_length=300,
        help_text=_("A sentence that stands in the mail."),
        error_messages={"required": _("Write a sentence: it stands in the mail.")},
    )


class PotForm(EditionForm):
    """What the pot gives, and how."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prices: Any = self.fields["prices"]
        days = (Product.Admission.ONE_DAY, Product.Admission.ALL_DAYS)
        fixed = prices.queryset.filter(max_cents=None, cents__gt=0, product__requires_approval=False)
        admissions = fixed.filter(product__kind=Product.Kind.ADMISSION, product__admission__in=days)
        prices.queryset = admissions.select_related("product").order_by("product__sort_order", "sort_order")

    def clean(self) -> dict[str, Any]:
        """Refuse two prices of one product: nobody could tell which the pot pays."""
        data: dict[str, Any] = super().clean() or {}
        products = [price.product_id for price in data.get("prices") or ()]
        if len(products) != len(set(products)):
            self.add_error("prices", ValidationError(_("Choose one price of each product.")))
        return data

"""The forms of the ticket office: one registers for a free product, one chooses what is to be paid."""

import re
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from festival.text import typography
from festival.typed.amounts import parse_amount
from festival.typed.forms import AddressField, NameField, changed
from festival.typed.keys import is_key
from tickets.catalogue.choice import Chosen, shortage
from tickets.catalogue.pricing import SaleState, is_offered
from tickets.catalogue.queries import Offer, PriceFacts
from tickets.models import Product
from tickets.orders import wording
from tickets.questions import sheets
from tickets.questions.forms import AskingForm


class AddressForm(forms.Form):
    """The address of an order that waits for its confirmation, to be mended."""

    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)


class VisitorForm(AskingForm):
    """What every form of a visitor asks for: a name, an address. Sent twice, it is one form, by its `form_token`."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("First name and surname"),
        error_messages={"required": _("Your name is missing: it stands on the ticket.")},
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("To send you the ticket, for nothing else."),
        error_messages={"required": _("Your address is missing: the ticket is sent there.")},
    )

    def clean(self) -> dict[str, Any]:
        """Renew a damaged token, which nobody sees and nobody could mend, and ask for the form once more."""
        if "form_token" in self.errors:
            self.data = changed(self.data, form_token=str(uuid.uuid4()))
            self.add_error(None, _("The form was damaged on its way; it is whole again. Please send it once more."))
        if "wait" in self.data:  # for a place that comes free one is asked when one has it
            self.check_sheets(skip=[sheet.key for sheet in self.sheets])
        else:
            self._check_places()
        return self.cleaned_data

    def unseen_errors(self) -> Iterator[str]:
        """Yield what is wrong with a field that nobody sees, as there was one choice only; but not of the token."""
        hidden = [name for name, field in self.fields.items() if field.widget.is_hidden and name != "form_token"]
        return (str(sentence) for name in hidden for sentence in self.errors.get(name, ()))

    def ask_places(self, edition: int, product: int, most: int) -> None:
        """Ask what a product asks of each place that is wanted, at most so many, and of the order."""
        typed = str((self.data or {}).get("places", "1"))
        self.places_shown = min(int(typed), most) if is_key(typed) else 1
        self.key = str((self.data or {}).get("form_token", ""))  # what this form alone knows
        self.ask(sheets.of_places(edition, product, self.places_shown), key=self.key)

    def _check_places(self) -> None:
        """Check the answers; for places that the page did not ask about yet, ask first."""
        shown = str(self.data.get("asked", "1"))
        unseen = [
            sheet.key for sheet in self.sheets if is_key(sheet.key) and is_key(shown) and int(sheet.key) > int(shown)
        ]
        self.check_sheets(skip=unseen)
        if unseen and "places" not in self.errors:
            told = {"count": self.places_shown}
            self.add_error("places", gettext("We ask a few things of each of the %(count)s places: see below.") % told)


class RegistrationForm(VisitorForm):
    """Registers for one free product: day, number of places, name, address. One post, no account."""

    field_order = ("product", "form_token", "day", "name", "email", "places")

    product = forms.SlugField(widget=forms.HiddenInput)
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

    def __init__(self, offer: Offer, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{offer.product.slug}-%s")
        kwargs.setdefault("initial", {"product": offer.product.slug, "form_token": uuid.uuid4()})
        super().__init__(label_suffix="", **kwargs)
        self.offer = offer
        places, day = (cast("forms.ChoiceField", self.fields[name]) for name in ("places", "day"))
        places.choices = [(number, number) for number in range(1, offer.product.max_per_order + 1)]
        if offer.product.is_named:
            places.help_text = _(
                "The ticket carries the name above. Whoever comes along registers with a form of theirs."
            )
        if offer.product.one_day:
            day.choices = [(cell.day.date.isoformat(), typography.plain_date(cell.day.date)) for cell in offer.days]
            if first := next((cell for cell in offer.days if cell.is_open), None):
                self.initial["day"] = first.day.date.isoformat()
        else:
            del self.fields["day"]
        self.ask_places(offer.product.edition, offer.product.pk, offer.product.max_per_order)

    def chosen_day_id(self) -> int | None:
        """Return the primary key of the chosen day, None for a product without a choice."""
        chosen = self.cleaned_data.get("day")
        return next((cell.day.pk for cell in self.offer.days if cell.day.date.isoformat() == chosen), None)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price of the basket with its fields, as the page shows it."""

    price: PriceFacts
    count: forms.BoundField
    amount: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product of the basket with its fields, as the page shows it."""

    offer: Offer
    days: forms.BoundField | None
    prices: tuple[PriceRow, ...]


class BasketForm(forms.Form):
    """Chooses what is to be paid: how many at which price, for which days; or only `looks` what that would come to."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Have you got a code?"),
        required=False,
        max_length=60,
        help_text=_("Capitals, blanks and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    told = ""  # what the code gives, once it was read
    kept: Mapping[int, int] = {}  # how many places of which quotas it keeps
    code_asked = ""  # proof that this code was counted already
    quote: Any = None  # what the choice comes to, for whoever looks

    def __init__(
        self, offers: Sequence[Offer], opened: Collection[int] = (), *, looks: bool = False, **kwargs: Any
    ) -> None:
        """Offer what is for sale, and the products (primary keys) that a code opens."""
        initial = {"form_token": uuid.uuid4()}
        super().__init__(**{"auto_id": "basket-%s", "initial": initial, "label_suffix": ""} | kwargs)
        self.looks = looks
        typed = [name for name, value in (self.data or {}).items() if value not in ("", "0")]
        self.offers = {
            offer.product.slug: offer
            for offer in offers
            if (offer.product.is_sale or offer.product.pk in opened)
            and (offer.is_open or any(map(_is_field_of(offer.product.slug), typed)))
        }
        for offer in self.offers.values():
            self._add_fields(offer)

    def _add_fields(self, offer: Offer) -> None:
        product = offer.product
        numbers: list[tuple[int, Any]] = [(number, number) for number in range(product.max_per_basket + 1)]
        if product.kind == Product.Kind.DONATION:
            numbers = [(0, _("no")), (1, _("yes"))]
        wrong = _("Choose a number from the list.")
        if product.one_day:
            self.fields[f"{product.slug}-days"] = forms.MultipleChoiceField(
                label=_("Which days?"),
                required=False,
                choices=[(cell.iso, typography.plain_date(cell.day.date)) for cell in offer.days],
                error_messages={"invalid_choice": _("This day is not on offer.")},
            )
        for price in product.prices:
            self.fields[f"{product.slug}-{price.pk}"] = forms.IntegerField(
                label=_("Number of places") if product.is_admission else _("How many?"),
                required=False,
                initial=0,
                min_value=0,
                max_value=product.max_per_basket,
                widget=forms.Select(choices=numbers),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )
            if price.max_cents is not None:
                self.fields[f"{product.slug}-{price.pk}-amount"] = forms.CharField(
                    label=_("Your amount"),
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}),
                )

    def renew(self, offers: Sequence[Offer]) -> None:
        """Show what is left now beside what was typed."""
        fresh = {offer.product.slug: offer for offer in offers}
        self.offers = {slug: fresh.get(slug, offer) for slug, offer in self.offers.items()}

    @property
    def has_addons(self) -> bool:
        """Whether there is something to have on top of a way in."""
        return not all(offer.product.is_admission for offer in self.offers.values())

    def rows(self) -> Iterator[ProductRow]:
        """Yield what can be chosen, in the organiser's order."""
        for offer in self.offers.values():
            slug = offer.product.slug
            yield ProductRow(
                offer=offer,
                days=self[f"{slug}-days"] if offer.product.one_day else None,
                prices=tuple(self._price_row(f"{slug}-{price.pk}", price) for price in offer.product.prices),
            )

    def _price_row(self, name: str, price: PriceFacts) -> PriceRow:
        return PriceRow(price, self[name], self[f"{name}-amount"] if price.max_cents is not None else None)

    def clean(self) -> dict[str, Any]:
        """Read the amounts, ask for days, and for something at all."""
        if "form_token" in self.errors:
            self.data = changed(self.data, form_token=str(uuid.uuid4()))
            self.add_error(None, _("The form was damaged on its way; it is whole again. Please send it once more."))
        self.chosen = [one for offer in self.offers.values() for one in self._chosen(offer)]
        if not self.errors and not self.chosen and not self.looks:
            self.add_error(None, _("Nothing is chosen yet: say how many you would like."))
        return self.cleaned_data

    def _chosen(self, offer: Offer) -> Iterator[Chosen]:
        slug = offer.product.slug
        ticked, prices = bool(self.cleaned_data.get(f"{slug}-days")), offer.product.prices
        counts = [(price, n) for price in prices if (n := self._count(slug, price, ticked and len(prices) == 1))]
        if ticked and not counts and not self.looks:
            self.add_error(f"{slug}-{prices[0].pk}", _("You chose a day: say how many, or untick it."))
        if not counts:
            return
        first = self._typed_into(slug, counts[0][0])
        if offer.state is not SaleState.OPEN:
            self.add_error(first, _("It is not on sale any more. Take it out, or choose another."))
            return
        days, most, wanted = self._days(offer), offer.product.max_per_basket, sum(count for _price, count in counts)
        priced = [(price, count, self._cents(slug, price)) for price, count in counts]
        if wanted * len(days) > most:
            self.add_error(first, gettext("One order holds at most %(most)s of them.") % {"most": most})
        elif self.looks and (short := shortage(offer, days, wanted)):
            told = wording.refusal(short.error, offer=offer, day=short.day)
            self.add_error(f"{slug}-days" if short.day else first, told)
        for price, count, cents in priced:
            yield from (Chosen(offer.product.pk, price.pk, cents, count, day) for day in days if cents is not None)

    def _days(self, offer: Offer) -> list[int | None]:
        """Return the primary keys of the chosen days; a single None for a product without a choice."""
        if not offer.product.one_day:
            return [None]
        name = f"{offer.product.slug}-days"
        days = [cell.day.pk for cell in offer.days if cell.iso in (self.cleaned_data.get(name) or ())]
        if not days and name not in self.errors:
            self.add_error(name, _("Choose your day."))
        return list(days)

    def _count(self, slug: str, price: PriceFacts, is_meant: bool) -> int:
        """Return how many are wanted; who typed an amount, or ticked days of an only price, and no number wants one."""
        count = self.cleaned_data.get(f"{slug}-{price.pk}") or 0
        return count or int(is_meant or bool(self.cleaned_data.get(f"{slug}-{price.pk}-amount")))

    def _typed_into(self, slug: str, price: PriceFacts) -> str:
        """Return the name of the field by which a price was chosen: the number, or the amount alone."""
        name = f"{slug}-{price.pk}"
        return name if self.cleaned_data.get(name) or f"{name}-amount" not in self.fields else f"{name}-amount"

    def _cents(self, slug: str, price: PriceFacts) -> int | None:
        """Return the amount of one place, None for one that cannot be read."""
        if price.max_cents is None:
            return price.cents
        name, currency = f"{slug}-{price.pk}-amount", self.offers[slug].product.currency
        cents = parse_amount(self.cleaned_data.get(name) or "", typography.marks(currency))
        if cents is None or not is_offered(price, cents):
            self.add_error(name, wording.out_of_bounds(price.cents, price.max_cents, currency))
            return None
        return cents


def _is_field_of(slug: str) -> Callable[[str], object]:
    """Return the test whether a name is of a field of this product."""
    return re.compile(rf"{re.escape(slug)}-(?:days|\d+(?:-amount)?)").fullmatch

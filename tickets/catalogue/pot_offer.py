"""What the shop's pages say of the solidarity pot: what can be asked for, and how much is in it now."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import get_language

from festival.core.writing import site_generation
from festival.models import Day, closing_moment
from festival.text import typography
from tickets.catalogue import pricing
from tickets.catalogue.pricing import SaleState
from tickets.models import Pot, Price, Product


@dataclass(frozen=True, slots=True)
class PotChoice:
    """One kind of ticket that can be asked for, for a day when its product asks for one; primary keys."""

    price: int
    day: int | None
    label: str
    cents: int
    opens: datetime
    closes: datetime
    ends: datetime | None

    @property
    def key(self) -> str:
        """What the form sends."""
        return f"{self.price}-{self.day or 0}"

    def is_open(self, now: datetime) -> bool:
        """Whether it can be asked for: its sale runs, and its last day is not over."""
        runs = pricing.sale_state(opens=self.opens, closes=self.closes, at=now) is SaleState.OPEN
        return runs and (self.ends is None or now < self.ends)


@dataclass(frozen=True, slots=True)
class PotFacts:
    """The pot of the current edition in one language, without what is in it."""

    edition: int
    name: str
    description: str
    section: str
    most_per_request: int
    automatic_per_day: int
    choices: tuple[PotChoice, ...]


@dataclass(frozen=True, slots=True)
class PotOffer:
    """The pot at one moment: what can be asked for, and how many tickets it can give now."""

    facts: PotFacts
    choices: tuple[PotChoice, ...]
    tickets: int


def pot_offer(now: datetime) -> PotOffer | None:
    """Return what can be asked for at `now`; None where nothing can. One query when warm, none without a pot."""
    facts = _facts()
    choices = tuple(choice for choice in facts.choices if choice.is_open(now)) if facts else ()
    if facts is None or not choices:
        return None
    balance = Pot.objects.filter(edition=facts.edition).values_list("balance_cents", flat=True).first() or 0
    return PotOffer(facts, choices, pricing.affordable(balance, [choice.cents for choice in choices]))


def _facts() -> PotFacts | None:
    key = f"tickets-pot:{site_generation()}:{get_language()}"
    found: tuple[PotFacts | None] | None = cache.get(key)
    if found is None:
        pot = Pot.objects.filter(edition__is_current=True).first()
        found = (_read(pot) if pot else None,)
        cache.set(key, found, 300)
    return found[0]


def _read(pot: Pot) -> PotFacts | None:
    prices = list(
        pot.prices.select_related("product__section").prefetch_related("product__days__hours", "product__days__edition")
    )
    if not prices:
        return None
    prices.sort(key=lambda price: (price.product.sort_order, price.sort_order))
    return PotFacts(
        edition=pot.edition_id,
        name=str(pot.name),
        description=str(pot.description),
        section=prices[0].product.section.slug,
        most_per_request=pot.most_per_request,
        automatic_per_day=pot.automatic_per_day,
        choices=tuple(choice for price in prices for choice in _choices(price)),
    )


def _choices(price: Price) -> list[PotChoice]:
    product, days = price.product, list(price.product.days.all())
    if product.admission == Product.Admission.ONE_DAY:
        return [_choice(price, day, closing_moment(day)) for day in days]
    return [_choice(price, None, max(map(closing_moment, days), default=None))]


def _choice(price: Price, day: Day | None, ends: datetime | None) -> PotChoice:
    product = price.product
    label = f"{product.name}, {typography.plain_date(day.date)}" if day else str(product.name)
    return PotChoice(
        price.pk, day.pk if day else None, label, price.cents, product.sale_opens, product.sale_closes, ends
    )

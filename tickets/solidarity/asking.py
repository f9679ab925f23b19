"""Asking for tickets of the pot, without proof: given at once as far as the organiser lets it, else it waits."""

import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Day, closing_moment
from tickets.catalogue import pot, pricing
from tickets.catalogue.pot import PotTooLow
from tickets.exceptions import DayNotOffered, DayPassed, NotReady, SaleClosed, SaleNotOpen, SoldOut, TooManyPlaces
from tickets.models import Pot, PotRequest, Price, Product
from tickets.solidarity import granting
from tickets.solidarity.faults import NotInPot
from tickets.solidarity.granting import TakeMoney

ASKED_MAIL = "pot.asked"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was posted: `places` tickets at a price of the pot, for a day when the product asks for one.

    Fetch `product__edition__pot` of the price, and the product's days, before. `word` may be empty.
    """

    price: Price
    day: Day | None
    places: int
    name: str
    email: str
    language: str
    word: str
    form_token: uuid.UUID

    @property
    def key(self) -> uuid.UUID:
        """What the same post has again; any changed field makes another one."""
        typed = [self.price.pk, self.day and self.day.pk, self.places, self.name, self.email, self.word]
        return uuid.uuid5(self.form_token, json.dumps(["pot", *typed]))


def ask(
    *,
    wish: Wish,
    now: datetime,
    admit: Callable[[], None],
    is_automatic: Callable[[], bool],
    take: TakeMoney = pot.take_out,
) -> PotRequest:
    """Write a request down, give its tickets if that goes by itself, and return it.

    The same form sent twice is one request. What cannot be given at once waits, and a mail says so.

    Args:
        wish: What was posted.
        now: When.
        admit: Counts against limits, within the transaction; what it raises gives everything up.
        is_automatic: Counts against what is given by itself, and returns whether that is left.
        take: As for `granting.grant`.

    Raises:
        NotInPot, SaleNotOpen, SaleClosed, TooManyPlaces, DayNotOffered, DayPassed: If it cannot be asked for. Nothing
            was written then.
    """
    if twin := _twin(wish):
        return twin
    settings = _check(wish, now)
    try:
        with writing(public=False):
            request = _write(wish, now)
            admit()
            request.by_hand = not (settings.automatic_per_day and is_automatic())
            request.save(update_fields=["by_hand"])
            if request.by_hand or not _given(request, now, take):
                _tell(request, now)
    except IntegrityError:
        if twin := _twin(wish):  # the same form came in twice at once
            return twin
        raise
    request.refresh_from_db()
    return request


def _twin(wish: Wish) -> PotRequest | None:
    return PotRequest.objects.filter(form_key=wish.key).first()


def _check(wish: Wish, now: datetime) -> Pot:
    product = wish.price.product
    settings: Pot | None = getattr(product.edition, "pot", None)
    if settings is None or not settings.prices.filter(pk=wish.price.pk).exists():
        raise NotInPot
    state = pricing.sale_state(opens=product.sale_opens, closes=product.sale_closes, at=now)
    if state is pricing.SaleState.SOON:
        raise SaleNotOpen
    if state is pricing.SaleState.CLOSED:
        raise SaleClosed
    if not 1 <= wish.places <= settings.most_per_request:
        raise TooManyPlaces
    days = list(product.days.all())
    if (wish.day is None) == (product.admission == Product.Admission.ONE_DAY) or (wish.day and wish.day not in days):
        raise DayNotOffered
    wanted = [wish.day] if wish.day else days
    if wanted and all(now >= closing_moment(day) for day in wanted):
        raise DayPassed
    return settings


def _write(wish: Wish, now: datetime) -> PotRequest:
    request = PotRequest.objects.create(
        edition=wish.price.product.edition,
        price=wish.price,
        day=wish.day,
        places=wish.places,
        name=wish.name,
        email=wish.email,
        language=wish.language,
        word=wish.word,
        secret=secrets.token_urlsafe(32),
        form_key=wish.key,
        created_at=now,
    )
    actor = Actor.system("form")
    audit.record("pot.asked", request, actor=actor, at=now, facts={"places": wish.places}, edition=request.edition)
    return request


def _tell(request: PotRequest, now: datetime) -> None:
    language, edition = request.language, request.edition
    outbox.queue(ASKED_MAIL, to=request.email, language=language, fact=request, now=now, edition=edition)


def _given(request: PotRequest, now: datetime, take: TakeMoney) -> bool:
    try:
        granting.grant(request=request, actor=Actor.system("form"), now=now, take=take)
    except (PotTooLow, SoldOut, NotReady):
        return False
    return True

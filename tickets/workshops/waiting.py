"""The waiting list of a session: joining, leaving, and holding what comes free for the first in line."""

import secrets
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.exceptions import NoWaitingList, PlacesFree, SaleError, SaleNotOpen, ServedAlready, SoldOut
from tickets.models import Order, WaitingEntry
from tickets.orders import placing
from tickets.orders.placing import Buyer, Wish
from tickets.workshops import booking, queries, rules, telling
from tickets.workshops.booking import Booking
from tickets.workshops.queries import Workshop

WAITING_MAIL = "workshop.waiting"
OFFER_MAIL = "workshop.offer"

Claim = Callable[[WaitingEntry, Order], None]
_WAITING = WaitingEntry.State.WAITING


def join(*, wanted: Booking, now: datetime, admit: Callable[[], None]) -> WaitingEntry:
    """Put somebody on the list of a full session and return the entry; a mail says so, with the way to leave.

    An address stands on a list once: who joins again keeps the place in line, and gets the mail again. `admit` counts
    against limits, within the transaction.

    Raises:
        NoWaitingList, PlacesFree: If there is nothing to wait for.
        SaleNotOpen, SaleClosed, SessionNotOffered, TicketRefused, BookedAlready: As in `booking.book`.
    """
    found, buyer = wanted.workshop, wanted.buyer
    booking.check(found, wanted.ticket, now)
    if not found.session.waitlist:
        raise NoWaitingList
    if not found.is_full:
        raise PlacesFree
    with writing(public=False):
        entry, is_new = _entry(wanted, now)
        admit()
        outbox.queue(WAITING_MAIL, to=entry.email, language=buyer.language, fact=entry, now=now, edition=entry.edition)
        if is_new:
            audit.record("waiting.joined", entry, actor=Actor.system("form"), at=now, edition=entry.edition)
            telling.tell_of(found.occurrence.pk)
        return entry


def quit_list(*, entry: WaitingEntry, now: datetime) -> bool:
    """Take an entry off its list, and return whether it still waited."""
    with writing(public=False):
        left = WaitingEntry.objects.filter(pk=entry.pk, state=_WAITING).update(state=WaitingEntry.State.LEFT)
        if left:
            audit.record("waiting.left", entry, actor=Actor.system("form"), at=now, edition=entry.edition)
            telling.tell_of(entry.occurrence_id)
    return bool(left)


def offer_due(now: datetime) -> int:
    """Hold every free place for the first of those who wait for it; return how many offers were made.

    Runs within `manage.py tick`. Two runs at once make one offer for one place.
    """
    occurrences = WaitingEntry.objects.filter(state=_WAITING).order_by("occurrence").values_list("occurrence")
    return sum(offer_places(pk, now) for (pk,) in occurrences.distinct())


def offer_places(occurrence_id: int, now: datetime) -> int:
    """Hold the free places of one session for the first of those who wait; return how many offers were made."""
    offered = 0
    for entry in _line_up(occurrence_id):
        found = queries.workshop(entry.occurrence.uuid)
        if found is None or found.is_cancelled or now >= found.closes:
            _end(entry, now)
            continue
        try:
            offer(entry=entry, found=found, now=now)
        except (SoldOut, SaleNotOpen):
            break
        except ServedAlready:
            continue
        except SaleError:  # the ticket was cancelled meanwhile, or has its place by another way
            _end(entry, now)
            continue
        offered += 1
    return offered


def claim(entry: WaitingEntry, order: Order) -> None:
    """Note which order holds the place of an entry. Raises ServedAlready if it does not wait any more."""
    waiting = WaitingEntry.objects.filter(pk=entry.pk, state=_WAITING)
    if not waiting.update(state=WaitingEntry.State.OFFERED, order=order):
        raise ServedAlready


def offer(
    *, entry: WaitingEntry, found: Workshop, now: datetime, form_token: uuid.UUID | None = None, claim: Claim = claim
) -> Order:
    """Hold one place for a waiting entry, and mail the link that takes it; the sooner the session, the shorter.

    The order's key is made of the entry, so that however many try at once hold one place for it; and it is claimed by
    compare and set. The race test hands in another `form_token` and a careless `claim` to prove that it would notice.

    Raises:
        SoldOut: If no place is free.
        ServedAlready: If the entry does not wait any more.
        SaleError: If its ticket opens the session no more. Nothing was written in all of these cases.
    """
    booking.check(found, entry.ticket, now)
    wish = Wish(
        product=found.product,
        places=1,
        buyer=Buyer(entry.name, entry.email, entry.language),
        form_token=form_token or entry.form_key,
        occurrence=found.occurrence,
        booked_with=entry.ticket,
        held_until=now + rules.claim_window(now=now, starts_at=found.closes),
        hold_mail=OFFER_MAIL,
    )
    with writing(public=False):
        admit = partial(booking.refuse_second, entry.ticket, entry.occurrence_id)
        order = placing.register_free(wish=wish, now=now, admit=admit, is_held=True)
        claim(entry, order)
        audit.record(
            "waiting.offered",
            entry,
            actor=Actor.system("tick"),
            at=now,
            facts={"order": order.code},
            edition=entry.edition,
        )
        return order


def _line_up(occurrence_id: int) -> list[WaitingEntry]:
    related = (
        "occurrence",
        "edition",
        "ticket__order",
        "ticket__line__order",
        "ticket__line__product__section",
        "ticket__line__day",
    )
    waiting = WaitingEntry.objects.filter(occurrence=occurrence_id, state=_WAITING)
    return list(waiting.select_related(*related).order_by("pk"))


def _entry(wanted: Booking, now: datetime) -> tuple[WaitingEntry, bool]:
    found, buyer = wanted.workshop, wanted.buyer
    return WaitingEntry.objects.get_or_create(
        occurrence=found.occurrence,
        email=buyer.email,
        state=_WAITING,
        defaults={
            "edition": found.occurrence.edition,
            "product": found.product,
            "ticket": wanted.ticket,
            "secret": secrets.token_urlsafe(32),
            "name": buyer.name,
            "language": buyer.language,
            "created_at": now,
        },
    )


def _end(entry: WaitingEntry, now: datetime) -> None:
    """Close an entry for which nothing can come any more."""
    with writing(public=False):
        if WaitingEntry.objects.filter(pk=entry.pk, state=_WAITING).update(state=WaitingEntry.State.OVER):
            audit.record("waiting.over", entry, actor=Actor.system("tick"), at=now, edition=entry.edition)

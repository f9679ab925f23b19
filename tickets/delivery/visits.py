"""What the tickets of an order let people in to, day by day, and since when it is so.

Like a counter of the stock, `Visit` rows are kept here and nowhere else.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from festival.core.writing import writing
from festival.models import Day, hours_of
from festival.text.texts import Text
from festival.time import clock
from program.models import Occurrence
from tickets.models import Order, Product, Ticket, Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit of an order. `start` and `end` (exclusive) are moments, or dates when no hours are known.

    `place` is the room of a session, or what the product says. `sequence` and `stamp` grow whenever something changes
    that a calendar shows.
    """

    key: str
    product: Product
    title: Text
    place: Text
    start: datetime | date
    end: datetime | date
    is_cancelled: bool
    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True)
class _Plan:
    """A visit as it stands today; `fingerprint` is made of all that an entry says of it."""

    key: str
    product: Product
    title: Text
    place: Text
    starts_at: datetime
    ends_at: datetime
    is_whole_day: bool
    is_cancelled: bool
    fingerprint: str


def entries_of(
    order: Order, tickets: Sequence[Ticket], *, now: datetime, gone: Mapping[Ticket, datetime] | None = None
) -> list[Entry]:
    """Return the visits of the order's tickets (from `queries.tickets_of`), in order of time, cancelled ones included.

    A visit is cancelled when no ticket to it is valid any more, when its session is cancelled, and when its day was
    taken off the pass. What changed since it was last asked for is dated `now`, an aware moment. `gone` are the
    tickets that the order had before they were passed on, and when that was.
    """
    gone = gone or {}
    tickets = [*tickets, *gone]
    plans: dict[tuple[int, str], _Plan] = {}
    of_visit: dict[tuple[int, str], list[Ticket]] = {}
    known = _known(ticket.line.product_id for ticket in tickets)
    for ticket in tickets:
        for plan in _plans(ticket, known):
            plans.setdefault((plan.product.pk, plan.key), plan)
            of_visit.setdefault((plan.product.pk, plan.key), []).append(ticket)
    rows = _revised(plans, known, now)
    entries = [_entry(order, plan, rows[key], of_visit[key], gone) for key, plan in plans.items()]
    return sorted(entries, key=lambda entry: (str(entry.start), entry.key))


def _known(products: Iterable[int | None]) -> dict[tuple[int, str], Visit]:
    return {(row.product_id, row.key): row for row in Visit.objects.filter(product__in=set(products))}


def _plans(ticket: Ticket, known: dict[tuple[int, str], Visit]) -> list[_Plan]:
    line, product = ticket.line, ticket.line.product
    if product is None:
        return []
    if line.occurrence:
        return [_session_plan(product, line.occurrence)]
    if line.day:
        return [_day_plan(product, line.day)]
    plans = [_day_plan(product, day) for day in product.days.all()]
    there = {plan.key for plan in plans}
    return plans + [_gone(row, product) for (pk, key), row in known.items() if pk == product.pk and key not in there]


def _session_plan(product: Product, occurrence: Occurrence) -> _Plan:
    session = occurrence.session
    is_cancelled = bool(occurrence.cancelled_at or session.cancelled_at)
    span = (occurrence.starts_at, occurrence.ends_at)
    return _plan(
        str(occurrence.uuid), product, session.title, span, place=occurrence.room.name, is_cancelled=is_cancelled
    )


def _day_plan(product: Product, day: Day) -> _Plan:
    hours = hours_of(day, product.section)
    midnight = datetime.combine(day.date, time(), clock.zone())
    whole = (midnight, datetime.combine(day.date + timedelta(days=1), time(), clock.zone()))
    return _plan(f"{day.date:%Y%m%d}", product, product.section.name, hours or whole, is_whole_day=hours is None)


def _plan(
    key: str,
    product: Product,
    title: Text,
    span: tuple[datetime, datetime],
    *,
    place: Text | None = None,
    is_cancelled: bool = False,
    is_whole_day: bool = False,
) -> _Plan:
    place = place or product.place
    texts = [title, product.section.name, place, product.edition.name]
    said = [
        *(moment.timestamp() for moment in span),
        is_whole_day,
        is_cancelled,
        *(text.as_dict() for text in texts),
        product.edition.city,
        product.edition.organiser_name,
        product.edition.organiser_email,
    ]
    fingerprint = sha256(json.dumps(said).encode()).hexdigest()
    return _Plan(key, product, title, place, *span, is_whole_day, is_cancelled, fingerprint)


def _gone(row: Visit, product: Product) -> _Plan:
    span = (row.starts_at, row.ends_at)
    return _plan(row.key, product, product.section.name, span, is_cancelled=True, is_whole_day=row.is_whole_day)


def _revised(
    plans: dict[tuple[int, str], _Plan], known: dict[tuple[int, str], Visit], now: datetime
) -> dict[tuple[int, str], Visit]:
    changed = [key for key, plan in plans.items() if key not in known or known[key].fingerprint != plan.fingerprint]
    if not changed:
        return known
    with writing(public=False):
        # The products are the lock: whoever else notices the change waits here, and then finds it noted.
        list(Product.objects.select_for_update().filter(pk__in={pk for pk, _ in changed}).order_by("pk"))
        known |= _known(pk for pk, _ in changed)
        for key in changed:
            known[key] = _note(plans[key], known.get(key), now)
    return known


def _note(plan: _Plan, row: Visit | None, now: datetime) -> Visit:
    if row is not None and row.fingerprint == plan.fingerprint:
        return row
    if row is None:
        row = Visit(product=plan.product, key=plan.key, revised_at=now)
    else:
        # Later than before, even while the festival's clock stands still.
        row.sequence, row.revised_at = row.sequence + 1, max(now, row.revised_at + timedelta(seconds=1))
    row.starts_at, row.ends_at = plan.starts_at, plan.ends_at
    row.is_whole_day, row.fingerprint = plan.is_whole_day, plan.fingerprint
    row.save()
    return row


def _entry(order: Order, plan: _Plan, row: Visit, tickets: Sequence[Ticket], gone: Mapping[Ticket, datetime]) -> Entry:
    is_paid = order.state == Order.State.PAID
    own = [ticket for ticket in tickets if ticket not in gone]
    is_void = not (is_paid and any(ticket.state == Ticket.State.VALID for ticket in own))
    ends = [ticket.line.cancelled_at for ticket in own] + [gone[ticket] for ticket in tickets if ticket in gone]
    cancelled = [end for end in ends if is_void and end]
    start: datetime | date = plan.starts_at
    end: datetime | date = plan.ends_at
    if plan.is_whole_day:
        start, end = (moment.astimezone(clock.zone()).date() for moment in (plan.starts_at, plan.ends_at))
    return Entry(
        key=f"{plan.product.number}-{plan.key}",
        product=plan.product,
        title=plan.title,
        place=plan.place,
        start=start,
        end=end,
        is_cancelled=is_void or plan.is_cancelled,
        sequence=row.sequence + is_void,
        stamp=max([order.created_at, row.revised_at, *cancelled]),
    )

"""Finding a ticket whose code cannot be read. Each search stands in the audit log, without what was typed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import AuditEntry, User
from festival.text import collation
from tickets.delivery import reading, tokens
from tickets.door import checkin, queries
from tickets.door.queries import TicketAtDoor
from tickets.door.verdicts import Direction, Reentry, Verdict, judge
from tickets.exceptions import FindNotAllowed, FindTooOften, MalformedCode
from tickets.models import CheckinList, Device

SHOWN = 8  # more would be a list of names
SHORTEST = 2  # letters
WINDOW = timedelta(minutes=10)
LIMIT = 40  # searches of one phone within the window: one every 15 seconds, all the time
_CODE = 4  # letters of an order's code, at least
VERB = "device.searched"


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that fits, and what the door would say to it now."""

    ticket: TicketAtDoor
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Search:
    """What a search gave. `has_more`: others fit too; `is_short`: too little was typed to search at all."""

    found: tuple[Found, ...] = ()
    has_more: bool = False
    is_short: bool = False


def find(
    *, words: str, direction: Direction, device_id: UUID, list_id: int, user: User, now: datetime
) -> tuple[Search, Device]:
    """Return the tickets of the list's edition that fit `words`, and the phone.

    Fits: holder or buyer (each word typed begins or is within one of theirs, without accents or capitals, in any
    script), the buyer's mail address or its beginning, the order's code, the ticket's number or short code.

    Raises:
        DoorError: DeviceUnknown, DeviceRevoked, ListChanged, FindNotAllowed, FindTooOften.
    """
    device, checkin_list = checkin.ready(queries.device_at_door(device_id), list_id=list_id, user=user)
    if not (device.finds_by_name and checkin_list.finds_by_name):
        raise FindNotAllowed
    where = _where(words)
    if where is None:
        return Search(is_short=True), device
    _count(device, now=now)
    mine = where & Q(edition=checkin_list.edition)
    seen = queries.find_tickets(checkin_list, mine, now=now, limit=SHOWN + 1)
    found = tuple(Found(ticket, _verdict(ticket, checkin_list, direction)) for ticket in seen[:SHOWN])
    with writing(public=False):
        audit.record(
            VERB,
            device,
            actor=Actor.of_user(user),
            at=now,
            facts={"list": checkin_list.slug, "found": len(found)},
            edition=checkin_list.edition,
        )
    return Search(found, has_more=len(seen) > SHOWN), device


def _where(words: str) -> Q | None:
    """Return what to look for, None when too little was typed to mean anybody."""
    typed = reading.plain(words)[:120].strip()
    if "@" in typed:
        return Q(order__email__istartswith=typed) if len(typed.partition("@")[0]) > SHORTEST else None
    wanted = collation.words_of(typed)
    exact = _exactly("".join(typed.split()))
    if not any(len(word) >= SHORTEST for word in wanted):
        return exact or None
    names = Q()
    for word in wanted:
        # Two letters begin a word; more may stand within one, as Chinese names have no blanks.
        names &= Q(words__contains=word if len(word) > SHORTEST else f" {word}")
    return names | exact


def _exactly(typed: str) -> Q:
    """Return the tickets that bear this number or code."""
    where = Q()
    if typed.removeprefix("#").isdecimal() and len(typed) < 10:
        where |= Q(number=int(typed.removeprefix("#")))
    if typed.isascii() and typed.isalnum() and len(typed) >= _CODE:
        where |= Q(order__code=typed.upper())
    with suppress(MalformedCode):
        where |= Q(short_code=tokens.parse_short_code(typed))
    return where


def _verdict(ticket: TicketAtDoor, checkin_list: CheckinList, direction: Direction) -> Verdict:
    return judge(
        edition=checkin_list.edition.number,
        claim=None,
        facts=ticket.facts(),
        direction=direction,
        reentry=Reentry(checkin_list.reentry),
    )


def _count(device: Device, *, now: datetime) -> None:
    """Refuse a phone that reads out the books. Counted in the audit log, which nobody can reset."""
    searches = AuditEntry.objects.filter(verb=VERB, subject_id=str(device.pk), at__gt=now - WINDOW)
    moments = list(searches.order_by("-at").values_list("at", flat=True)[:LIMIT])
    if len(moments) == LIMIT:
        wait = moments[-1] + WINDOW - now
        raise FindTooOften(minutes=max(1, -(-int(wait.total_seconds()) // 60)))

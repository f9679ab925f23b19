"""One scan: judge it, keep it, answer it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError

from festival.core.writing import writing_statement
from festival.models import User
from tickets.delivery import tokens
from tickets.door import queries
from tickets.door.queries import TicketAtDoor
from tickets.door.verdicts import Claim, Direction, Reentry, Signature, Verdict, judge, passage
from tickets.exceptions import DeviceRevoked, DeviceUnknown, ListChanged, MalformedCode, ScanIdReused
from tickets.models import Checkin, CheckinList, Device

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scan.

    `ticket` is None when the books know none. `is_repeat`: the same scan came before, and this is its answer again.
    `earlier` is the admission that an ALREADY_IN refers to.
    """

    scan: Checkin
    ticket: TicketAtDoor | None
    is_repeat: bool = False
    earlier: Checkin | None = None


def redeem(
    *,
    scan_id: UUID,
    code: str,
    source: Checkin.Source,
    device_id: UUID,
    list_id: int,
    user: User,
    now: datetime,
    direction: Direction = Direction.IN,
) -> Outcome:
    """Judge the scanned or typed `code` on a list and keep the scan, refused ones too.

    The same scan sent again, by its id, gets the same answer and leaves one row. However many phones scan a ticket at
    once, one lets it pass. Both are decided by unique constraints. Of the code only a hash is kept.

    The phone makes `scan_id`, once per scan. `list_id` is the list that it shows; it must still be the one it is set up
    for. `user` must be the person who set it up.

    Raises:
        DoorError: DeviceUnknown, DeviceRevoked, ListChanged or ScanIdReused. Nothing was written.
    """
    device, checkin_list = _ready(queries.device_at_door(device_id), list_id=list_id, user=user)
    scan = Checkin(
        id=scan_id,
        list=checkin_list,
        direction=direction.value,
        source=source,
        code_sha256=sha256(tokens.normalise(code).encode()).hexdigest(),
        device_id=device.pk,
        device_name=device.name,
        gate=device.gate,
        scanned_by=str(user)[:150],
        at=now,
        received_at=now,
    )
    return _judge_and_keep(scan, code)


def _judge_and_keep(scan: Checkin, code: str) -> Outcome:
    for _attempt in range(_ATTEMPTS):
        claim, ticket = _read(code, scan.list)
        _judge(scan, claim, ticket)
        try:
            with writing_statement():
                scan.save(force_insert=True)
        except IntegrityError:
            # Another phone let this ticket pass at this moment, so it is judged again; or the same scan came twice.
            if (same := Checkin.objects.filter(pk=scan.pk).first()) is not None:
                return _repeat(same, scan)
        else:
            return Outcome(scan, ticket, earlier=_earlier(scan, ticket))
    raise RuntimeError("the ticket is being scanned too often at once")


def _judge(scan: Checkin, claim: Claim | None, ticket: TicketAtDoor | None) -> None:
    """Fill in what the door says and what the books make of it."""
    facts = ticket.facts() if ticket else None
    direction = Direction(scan.direction)
    verdict = judge(
        edition=scan.list.edition.number,
        claim=claim,
        facts=facts,
        direction=direction,
        reentry=Reentry(scan.list.reentry),
    )
    scan.ticket = ticket.ticket if ticket else None
    scan.shown = scan.verdict = verdict.value
    scan.passage = passage(verdict, facts)
    scan.counts = verdict is Verdict.ADMITTED and scan.passage == 1


def _ready(device: Device | None, *, list_id: int, user: User) -> tuple[Device, CheckinList]:
    """Return the phone and its list if this person may scan on that list with it now."""
    if device is None or device.user_id != user.pk:
        raise DeviceUnknown
    if device.revoked_at is not None:
        raise DeviceRevoked
    if device.list is None or device.list_id != list_id:
        raise ListChanged
    return device, device.list


def _read(code: str, checkin_list: CheckinList) -> tuple[Claim | None, TicketAtDoor | None]:
    """Return what the code claims, if it is signed, and the ticket it means, if there is one."""
    try:
        token = tokens.parse(code)
    except MalformedCode:
        return None, _find_typed(code, checkin_list)
    edition = checkin_list.edition
    if token.parts.edition != edition.number:
        return Claim(token.parts.edition, token.parts.issue, Signature.BAD), None
    claim = Claim(edition.number, token.parts.issue, _check_signature(token, edition.pk))
    return claim, queries.find_ticket(checkin_list, number=token.parts.ticket)


def _find_typed(code: str, checkin_list: CheckinList) -> TicketAtDoor | None:
    try:
        short_code = tokens.parse_short_code(code)
    except MalformedCode:
        return None
    return queries.find_ticket(checkin_list, short_code=short_code)


def _check_signature(token: tokens.Token, edition_id: int) -> Signature:
    key = queries.public_key(edition_id, token.parts.kid)
    if key is None or not tokens.verify(token, key[0]):
        return Signature.BAD
    return Signature.RETIRED if key[1] else Signature.GOOD


def _repeat(same: Checkin, scan: Checkin) -> Outcome:
    """Answer a scan that is kept already. Raises ScanIdReused if it was another one."""
    if (same.code_sha256, same.list_id, same.device_id) != (scan.code_sha256, scan.list_id, scan.device_id):
        raise ScanIdReused
    ticket = queries.find_ticket(same.list, pk=same.ticket_id) if same.ticket_id else None
    return Outcome(same, ticket, is_repeat=True, earlier=_earlier(same, ticket))


def _earlier(scan: Checkin, ticket: TicketAtDoor | None) -> Checkin | None:
    if ticket is None or scan.verdict != Verdict.ALREADY_IN:
        return None
    return ticket.admission if ticket.entries == 1 else queries.last_entry(scan)

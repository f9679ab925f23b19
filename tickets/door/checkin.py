"""One scan: judge it, keep it, answer it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError

from festival.core.transactions import write_statement
from festival.models import User
from tickets.delivery import tokens
from tickets.door import queries
from tickets.door.queries import Ticket
from tickets.door.verdicts import Claim, Signature, Verdict, judge
from tickets.exceptions import DeviceRevoked, DeviceUnknown, ListChanged, MalformedCode, ScanIdReused
from tickets.models import Checkin, CheckinList, Device


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scan.

    `ticket` is None when the books know none. `is_repeat`: the same scan came before, and this is its answer again.
    """

    scan: Checkin
    ticket: Ticket | None
    is_repeat: bool = False

    @property
    def earlier(self) -> Checkin | None:
        """The admission that an ALREADY_IN refers to."""
        return self.ticket.admission if self.ticket and self.scan.verdict == Verdict.ALREADY_IN else None


def redeem(
    *, scan_id: UUID, code: str, source: Checkin.Source, device_id: UUID, list_id: int, user: User, now: datetime
) -> Outcome:
    """Judge the scanned or typed `code` on a list and keep the scan, refused ones too.

    The id is compared first: the same scan sent again gets the same answer and leaves one row. However many phones
    scan a ticket at once, one is admitted (the unique constraint decides). Of the code only a hash is kept.

    The phone makes `scan_id`, once per scan. `list_id` is the list that it shows; it must still be the one it is set up
    for. `user` must be the person who set it up.

    Raises:
        DoorError: DeviceUnknown, DeviceRevoked, ListChanged or ScanIdReused. Nothing was written.
    """
    device, same = queries.device_and_scan(device_id, scan_id)
    device, checkin_list = _ready(device, list_id=list_id, user=user)
    scan = Checkin(
        id=scan_id,
        list=checkin_list,
        source=source,
        code_sha256=sha256(tokens.normalise(code).encode()).hexdigest(),
        device=device,
        gate=device.gate,
        user=user,
        at=now,
        received_at=now,
    )
    if same is not None:
        return _repeat(same, scan)
    claim, ticket = _read(code, checkin_list)
    scan.position = ticket.position if ticket else None
    facts = ticket.facts() if ticket else None
    scan.verdict = judge(edition=checkin_list.edition.number, claim=claim, facts=facts)
    return _keep(scan, ticket)


def _ready(device: Device | None, *, list_id: int, user: User) -> tuple[Device, CheckinList]:
    """Return the phone and its list if this person may scan on that list with it now."""
    if device is None or device.user_id != user.pk:
        raise DeviceUnknown
    if device.revoked_at is not None:
        raise DeviceRevoked
    if device.list is None or device.list_id != list_id:
        raise ListChanged
    return device, device.list


def _read(code: str, checkin_list: CheckinList) -> tuple[Claim | None, Ticket | None]:
    """Return what the code claims, if it is signed, and the ticket it means, if there is one."""
    try:
        token = tokens.parse(code)
    except MalformedCode:
        return None, _find_typed(code, checkin_list)
    edition = checkin_list.edition
    if token.parts.edition != edition.number:
        return Claim(token.parts.edition, token.parts.issue, Signature.BAD), None
    claim = Claim(edition.number, token.parts.issue, _check_signature(token, edition.pk))
    return claim, queries.find_ticket(checkin_list, ticket=token.parts.ticket)


def _find_typed(code: str, checkin_list: CheckinList) -> Ticket | None:
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


def _keep(scan: Checkin, ticket: Ticket | None) -> Outcome:
    """Write the scan. Losing the race for the admission makes it an ALREADY_IN; losing it for the id, a repeat."""
    try:
        with write_statement():
            scan.save(force_insert=True)
    except IntegrityError:
        if (same := Checkin.objects.filter(pk=scan.pk).first()) is not None:
            return _repeat(same, scan)
        ticket = _ticket_of(scan)
        scan.verdict = Verdict.ALREADY_IN
        with write_statement():
            scan.save(force_insert=True)
    return Outcome(scan, ticket)


def _repeat(same: Checkin, scan: Checkin) -> Outcome:
    """Answer a scan that is kept already. Raises ScanIdReused if it was another one."""
    if (same.code_sha256, same.list_id, same.device_id) != (scan.code_sha256, scan.list_id, scan.device_id):
        raise ScanIdReused
    return Outcome(same, _ticket_of(same), is_repeat=True)


def _ticket_of(scan: Checkin) -> Ticket | None:
    return queries.find_ticket(scan.list, pk=scan.position_id) if scan.position_id else None

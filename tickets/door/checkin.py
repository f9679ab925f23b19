"""One scan: judge it, keep it, answer it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from festival.core.writing import writing_statement
from festival.models import User
from tickets.delivery import reading, references, tokens
from tickets.door import queries
from tickets.door.queries import TicketAtDoor
from tickets.door.verdicts import Claim, Direction, Reentry, Signature, Verdict, judge, move
from tickets.exceptions import DeviceRevoked, DeviceUnknown, ListChanged, ScanIdReused
from tickets.models import Checkin, CheckinList, Device, Gate

_LONGEST_TYPED = 12  # characters, of which a short code has 8
_ATTEMPTS = 40  # so many phones may scan one ticket at the same moment


@dataclass(frozen=True, slots=True)
class Scan:
    """What the phone sends: its own id of the scan, the code as it was read, and the moment by its own clock.

    `code` is what was read or typed; of a ticket that was found by name it is the reference that the search gave.
    `is_kept`: the phone could not send it, or heard no answer, and asks again; it may point at another list and gate by
    now, and `gate_id` is the gate at which the code was read.
    """

    id: UUID
    code: str
    source: Checkin.Source
    direction: Direction = Direction.IN
    device_at: datetime | None = None
    is_kept: bool = False
    gate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a code was understood as: what it claims, the ticket it means, or that it holds two codes.

    `is_foreign`: it is none of ours, and too long for a mistake of typing.
    """

    claim: Claim | None = None
    ticket: TicketAtDoor | None = None
    is_double: bool = False
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scan.

    `is_repeat`: the same scan came before, and this is its answer again. `earlier` is the admission that an ALREADY_IN
    refers to.
    """

    scan: Checkin
    seen: Seen
    is_repeat: bool = False

    @property
    def ticket(self) -> TicketAtDoor | None:
        """The ticket; None when the books know none."""
        return self.seen.ticket

    @property
    def earlier(self) -> queries.Admission | None:
        """The admission that an ALREADY_IN refers to."""
        is_in = self.scan.verdict == Verdict.ALREADY_IN and self.ticket is not None
        return self.ticket.admission if is_in and self.ticket else None


def redeem(*, scan: Scan, device_id: UUID, list_id: int, user: User, now: datetime) -> Outcome:
    """Judge a scan on a list by the festival day of `now` and keep it, refused ones too.

    The same scan sent again, by its id, gets the same answer and leaves one row. However many phones scan a ticket at
    once, one lets it pass. Both are decided by unique constraints. Of the code only a hash is kept.

    `list_id` is the list that the phone showed when the code was read. It must still be the one it is set up for,
    unless the phone has kept the scan: that one belongs to its own list and gate, any of the phone's edition. `user`
    must be the person who set it up.

    Raises:
        DoorError: DeviceUnknown, DeviceRevoked, ListChanged or ScanIdReused. Nothing was written.
    """
    device, checkin_list = ready(queries.device_at_door(device_id), list_id=list_id, user=user, is_kept=scan.is_kept)
    row = Checkin(
        id=scan.id,
        list=checkin_list,
        direction=scan.direction.value,
        source=scan.source,
        code_sha256=sha256(tokens.normalise(scan.code).encode(errors="replace")).hexdigest(),
        device_id=device.pk,
        device_name=device.name,
        gate=_gate(scan, device, checkin_list),
        scanned_by=str(user)[:150],
        at=now,
        device_at=scan.device_at,
        received_at=now,
    )
    return _judge_and_keep(row, scan.code)


def _judge_and_keep(scan: Checkin, code: str) -> Outcome:
    for _attempt in range(_ATTEMPTS):
        seen = _see(code, scan)
        _judge(scan, seen)
        try:
            with writing_statement():
                _keep(scan)
        except IntegrityError:
            # Another phone moved this ticket at this moment, or its holder gave it back or passed it on, so it is
            # judged again; or the same scan came twice.
            if (same := Checkin.objects.filter(pk=scan.pk).first()) is not None:
                return _repeat(same, scan, seen)
        else:
            return Outcome(scan, seen)
    raise RuntimeError("the ticket is being scanned too often at once")


def _keep(scan: Checkin) -> None:
    """Write the scan with one statement, which lets in only a ticket that is still as it was judged.

    One that was cancelled or made anew meanwhile is not found (`queries.if_unchanged`), and no row may let somebody in
    without a ticket: the constraint `checkin_who_moves_has_a_step` refuses it.
    """
    ticket = scan.ticket
    if ticket is not None and scan.verdict == Verdict.ADMITTED:
        scan.ticket_id = queries.if_unchanged(ticket)
    scan.save(force_insert=True)
    scan.ticket = ticket


def _judge(scan: Checkin, seen: Seen) -> None:
    """Fill in what the door says and what the books make of it."""
    ticket = seen.ticket
    facts = ticket.facts() if ticket else None
    verdict = judge(
        edition=scan.list.edition.number,
        claim=seen.claim,
        facts=facts,
        direction=Direction(scan.direction),
        reentry=Reentry(scan.list.reentry),
    )
    moved = move(verdict, facts.standing) if facts else None
    scan.ticket = ticket.ticket if ticket else None
    scan.shown = scan.verdict = verdict.value
    scan.step = moved.step if moved else None
    scan.counts = moved.counts if moved else 0
    scan.inside = moved.inside if moved else 0


def ready(device: Device | None, *, list_id: int, user: User, is_kept: bool = False) -> tuple[Device, CheckinList]:
    """Return the phone and the list of a scan if this person may scan on that list with it now.

    `is_kept`: the phone has kept the scan since it showed that list. Raises DoorError.
    """
    if device is None or device.user_id != user.pk:
        raise DeviceUnknown
    if device.revoked_at is not None:
        raise DeviceRevoked
    if device.list is None:
        raise DeviceUnknown
    if device.list_id == list_id:
        return device, device.list
    earlier = queries.list_beside(device.list, list_id) if is_kept else None
    if earlier is None:
        raise ListChanged
    return device, earlier


def _gate(scan: Scan, device: Device, checkin_list: CheckinList) -> Gate | None:
    """Return where the code was read: at the gate of the phone, or at the one that it had when it kept the scan."""
    if not scan.is_kept or scan.gate_id == device.gate_id:
        return device.gate
    gates = Gate.objects.filter(edition=checkin_list.edition_id)
    return gates.filter(pk=scan.gate_id).first() if scan.gate_id is not None else None


def _see(code: str, scan: Checkin) -> Seen:
    """Understand the code. What is signed by us comes before what only looks like a code of ours."""
    if scan.source == Checkin.Source.NAME:
        pk = references.open_reference(code, device_id=scan.device_id)
        return Seen(ticket=queries.find_ticket(scan.list, now=scan.at, pk=pk)) if pk is not None else Seen()
    read = reading.read(code)
    if read.tokens:
        return _see_token(read.tokens, scan)
    if not read.short_codes:
        return Seen(is_foreign=len(tokens.normalise(code)) > _LONGEST_TYPED)
    found = queries.find_tickets(scan.list, Q(short_code__in=read.short_codes), now=scan.at)
    return Seen(ticket=found[0]) if len(found) == 1 else Seen(is_double=bool(found))


def _see_token(read: tuple[tokens.Token, ...], scan: Checkin) -> Seen:
    """Choose among what the code may be the one that we have signed; two such admit nobody."""
    edition = scan.list.edition
    ours = [token for token in read if token.parts.edition == edition.number]
    checked = [(token, _check_signature(token, edition.pk)) for token in ours]
    signed = [pair for pair in checked if pair[1] is not Signature.BAD]
    if len({token.parts.ticket for token, _signature in signed}) > 1:
        return Seen(is_double=True)
    if not ours:
        return Seen(Claim(read[0].parts.edition, read[0].parts.issue, _check_foreign(read[0])))
    token, signature = (signed or checked)[0]
    claim = Claim(edition.number, token.parts.issue, signature)
    return Seen(claim, queries.find_ticket(scan.list, now=scan.at, number=token.parts.ticket))


def _check_signature(token: tokens.Token, edition_id: int) -> Signature:
    key = queries.public_key(edition_id, token.parts.kid)
    if key is None or not tokens.verify(token, key[0]):
        return Signature.BAD
    return Signature.RETIRED if key[1] else Signature.GOOD


def _check_foreign(token: tokens.Token) -> Signature:
    """Check a token of another edition with that edition's key, if it is one of ours."""
    keys = queries.keys_of_number(token.parts.edition, token.parts.kid)
    return Signature.GOOD if any(tokens.verify(token, key) for key in keys) else Signature.BAD


def _repeat(same: Checkin, scan: Checkin, seen: Seen) -> Outcome:
    """Answer a scan that is kept already, as it was answered. Raises ScanIdReused if it was another one."""
    if (same.code_sha256, same.list_id, same.device_id, same.direction) != (
        scan.code_sha256,
        scan.list_id,
        scan.device_id,
        scan.direction,
    ):
        raise ScanIdReused
    same.list = scan.list
    return Outcome(same, seen, is_repeat=True)

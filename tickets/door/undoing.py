"""Taking back a scan: a row more, never a change to what happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import Max

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing, writing_statement
from festival.models import User
from tickets.door import checkin, queries
from tickets.door.queries import Counts
from tickets.door.verdicts import Move, Standing, Verdict, move_back
from tickets.exceptions import NothingToUndo, ScannedSince, UndoneAlready, UndoTooLate
from tickets.models import Checkin

WITHIN = timedelta(minutes=1)
_MOVES = (Verdict.ADMITTED, Verdict.LEFT)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the list's numbers since."""

    taken: Checkin
    counts: Counts


def undo_at_door(*, undo_id: UUID, scan_id: UUID, device_id: UUID, list_id: int, user: User, now: datetime) -> Undone:
    """Take back a scan of this phone within a minute. The phone makes `undo_id`: the same one again is the same act.

    Raises:
        DoorError: DeviceUnknown, DeviceRevoked, ListChanged; NothingToUndo if this phone moved nobody with that scan,
            UndoTooLate after a minute, UndoneAlready, ScannedSince. Nothing was written.
    """
    device, checkin_list = checkin.ready(queries.device_at_door(device_id), list_id=list_id, user=user)
    scans = Checkin.objects.select_related("ticket", "undone_by").filter(verdict__in=_MOVES)
    taken = scans.filter(pk=scan_id, device_id=device.pk, list=checkin_list).first()
    if taken is None:
        raise NothingToUndo
    if (undone_by := _undone_by(taken)) is not None and undone_by.pk == undo_id:
        return Undone(taken, queries.counts(list_id))
    if now - taken.at > WITHIN:
        raise UndoTooLate
    row = _row(taken, id=undo_id, source=taken.source, device_name=device.name, gate=device.gate, user=user, now=now)
    row.device_id = device.pk
    with _race(taken), writing_statement():
        _insert(row, taken)
    return Undone(taken, queries.counts(list_id))


def undo_in_office(*, scan: Checkin, user: User, now: datetime) -> Checkin:
    """Take back any scan that still holds, whenever it was; return the row that does it.

    Raises:
        DoorError: NothingToUndo if the scan moved nobody, UndoneAlready, ScannedSince. Nothing was written.
    """
    if scan.verdict not in _MOVES:
        raise NothingToUndo
    name = scan.device_name
    row = _row(scan, id=uuid4(), source=Checkin.Source.OFFICE, device_name=name, gate=scan.gate, user=user, now=now)
    with _race(scan), writing(public=False):
        _insert(row, scan)
        facts = {"list": scan.list.slug, "verdict": scan.verdict}
        audit.record("checkin.undone", scan, actor=Actor.of_user(user), at=now, facts=facts, edition=scan.list.edition)
    return row


def _undone_by(taken: Checkin) -> Checkin | None:
    return getattr(taken, "undone_by", None)


def _row(taken: Checkin, *, user: User, now: datetime, **fields: object) -> Checkin:
    return Checkin(
        **fields,
        list_id=taken.list_id,
        ticket=taken.ticket,
        direction=taken.direction,
        shown=Verdict.UNDONE.value,
        verdict=Verdict.UNDONE.value,
        undoes_id=taken.pk,
        code_sha256=taken.code_sha256,
        device_id=taken.device_id,
        scanned_by=str(user)[:150],
        at=now,
        received_at=now,
    )


def _insert(row: Checkin, taken: Checkin) -> None:
    """Store what takes a scan back, as the next step of its ticket. Raises UndoneAlready or ScannedSince."""
    assert taken.step is not None  # noqa: S101 -- what moved somebody has a step
    if _undone_by(taken) is not None:
        raise UndoneAlready
    later = Checkin.objects.filter(list=taken.list_id, ticket=taken.ticket_id, step__gt=taken.step)
    if later.filter(verdict__in=_MOVES, undone_by=None).exists():
        raise ScannedSince
    last: int = later.aggregate(last=Max("step"))["last"] or taken.step
    moved = move_back(Move(taken.step, taken.counts, taken.inside), Standing(steps=last))
    row.step, row.counts, row.inside = moved.step, moved.counts, moved.inside
    row.save(force_insert=True)


@contextmanager
def _race(taken: Checkin) -> Iterator[None]:
    """Say what was faster: at this moment somebody else moved the ticket, or took back the same scan."""
    try:
        yield
    except IntegrityError as error:
        raise UndoneAlready if Checkin.objects.filter(undoes=taken).exists() else ScannedSince from error

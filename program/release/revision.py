"""What calendars must be told of a change: SEQUENCE and the date of the last revision, per occurrence. Plain Python.

RFC 5545 3.8.7.4: the sequence grows when time, place or status change; clients ignore an update without it. The date of
revision becomes DTSTAMP and LAST-MODIFIED, so that a feed has the same bytes as long as nothing changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from program.published.codec import row
from program.published.openings import openings
from program.published.snapshot import Occurrence, Withdrawn

_PLACING = ("starts_at", "ends_at", "room", "status", "kind", "daily_from", "daily_to")


def revise(
    occurrences: Sequence[Occurrence], before: Sequence[Occurrence], gone: Sequence[Withdrawn], *, now: datetime
) -> tuple[tuple[Occurrence, ...], tuple[Withdrawn, ...]]:
    """Return the occurrences with their new `sequence` and `revised_at`, and the withdrawn entries by number.

    What is withdrawn is an entry of a calendar: of an exhibition that closes a day earlier, its last day.

    Args:
        occurrences: Those of the new release; `sequence` and `revised_at` are what the database has.
        before: Those of the release before; empty for the first one.
        gone: The withdrawn ones of the release before.
        now: The aware moment of the release.
    """
    old, returning = {o.uuid: o for o in before}, {one.uuid: one for one in gone}
    revised, entries = [], set()
    for occurrence in occurrences:
        own = {opening.uid for opening in openings(occurrence)}
        back = [returning.pop(uid) for uid in own & returning.keys()]
        revised.append(_revised(occurrence, old.get(occurrence.uuid), back, now))
        entries |= own
    still = {one.uuid: one.sequence for one in revised}
    withdrawn = [*returning.values()]
    for one in before:
        sequence = still.get(one.uuid, one.sequence + 1)
        lost = [opening for opening in openings(one) if opening.uid not in entries]
        withdrawn += [Withdrawn(gone.uid, one.number, gone.start, gone.end, sequence, now) for gone in lost]
    return tuple(revised), tuple(sorted(withdrawn, key=lambda one: (one.number, one.starts_at)))


def _revised(new: Occurrence, old: Occurrence | None, back: Sequence[Withdrawn], now: datetime) -> Occurrence:
    if back:
        known = [new.sequence, *(one.sequence for one in back), *([old.sequence] if old else [])]
        return replace(new, sequence=max(known) + 1, revised_at=now)
    if old is None:
        return new
    sequence = max(new.sequence, old.sequence)
    here, there = row(new), row(old)
    if any(here[key] != there[key] for key in _PLACING):
        return replace(new, sequence=sequence + 1, revised_at=now)
    kept = replace(new, sequence=old.sequence, revised_at=old.revised_at)
    same = row(kept) == there and row(new.session) == row(old.session) and _names(new) == _names(old)
    return replace(new, sequence=sequence, revised_at=old.revised_at if same else now)


def _names(occurrence: Occurrence) -> tuple[object, ...]:
    """Return what calendars say of it that stands in its row and in its session's by short name alone."""
    session, room = occurrence.session, occurrence.room
    venue = (room.venue.name, room.venue.address, room.venue.latitude, room.venue.longitude)
    return room.name, *venue, session.section.name, session.track.name, *(b.speaker.name for b in session.billings)

"""What calendars must be told of a change: SEQUENCE and the date of the last revision, per occurrence. Plain Python.

RFC 5545 3.8.7.4: the sequence grows when time, place or status change; clients ignore an update without it. The date of
revision becomes DTSTAMP and LAST-MODIFIED, so that a feed has the same bytes as long as nothing changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from program.published.codec import row
from program.published.snapshot import Occurrence, Withdrawn

_PLACING = ("starts_at", "ends_at", "room", "status", "kind", "daily_from", "daily_to")


def revise(
    occurrences: Sequence[Occurrence], before: Sequence[Occurrence], gone: Sequence[Withdrawn], *, now: datetime
) -> tuple[tuple[Occurrence, ...], tuple[Withdrawn, ...]]:
    """Return the occurrences with their new `sequence` and `revised_at`, and the withdrawn ones by number.

    Args:
        occurrences: Those of the new release; `sequence` and `revised_at` are what the database has.
        before: Those of the release before; empty for the first one.
        gone: The withdrawn ones of the release before.
        now: The aware moment of the release.
    """
    old, returning = {o.uuid: o for o in before}, {w.uuid: w for w in gone}
    revised = tuple(_revised(o, old.pop(o.uuid, None), returning.pop(o.uuid, None), now) for o in occurrences)
    withdrawn = [*returning.values()]
    withdrawn += [Withdrawn(o.uuid, o.number, o.starts_at, o.ends_at, o.sequence + 1, now) for o in old.values()]
    return revised, tuple(sorted(withdrawn, key=lambda one: one.number))


def _revised(new: Occurrence, old: Occurrence | None, returning: Withdrawn | None, now: datetime) -> Occurrence:
    if returning:
        return replace(new, sequence=max(new.sequence, returning.sequence) + 1, revised_at=now)
    if old is None:
        return new
    sequence = max(new.sequence, old.sequence)
    here, there = row(new), row(old)
    if any(here[key] != there[key] for key in _PLACING):
        return replace(new, sequence=sequence + 1, revised_at=now)
    # What an occurrence refers to stands in its row by name alone; of that, only its own session counts as a change.
    kept = replace(new, sequence=old.sequence, revised_at=old.revised_at)
    same = row(kept) == there and row(new.session) == row(old.session)
    return replace(new, sequence=sequence, revised_at=old.revised_at if same else now)

"""What calendars must be told of a change: SEQUENCE and the date of the last revision, per occurrence.

RFC 5545 3.8.7.4: the sequence grows when time, place or status change; clients ignore an update without it. The date of
revision becomes DTSTAMP and LAST-MODIFIED, so that a feed has the same bytes as long as nothing changed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]

_PLACING = ("starts_at", "ends_at", "room", "status", "kind", "daily_from", "daily_to")
_BOOKKEEPING = ("sequence", "revised_at")


def revise(
    rows: Iterable[Row], sessions: Iterable[Row], previous: Mapping[str, Any] | None, *, now: str
) -> tuple[list[Row], list[Row]]:
    """Return the occurrence rows with their new `sequence` and `revised_at`, and the withdrawn ones.

    Args:
        rows: Occurrences of the new release; `sequence` is what the database has.
        sessions: Sessions of the new release.
        previous: The snapshot before, or None for the first release.
        now: The moment of the release, ISO 8601.
    """
    before = {row["uuid"]: row for row in previous["occurrences"]} if previous else {}
    gone = {row["uuid"]: row for row in previous["withdrawn"]} if previous else {}
    old_sessions = {row["slug"]: row for row in previous["sessions"]} if previous else {}
    new_sessions = {row["slug"]: row for row in sessions}
    revised = []
    for row in rows:
        old = before.pop(row["uuid"], None)
        session_changed = old and old_sessions.get(old["session"]) != new_sessions[row["session"]]
        revised.append(_revised(row, old, gone.pop(row["uuid"], None), bool(session_changed), now))
    withdrawn = list(gone.values())
    withdrawn += [
        {key: old[key] for key in ("uuid", "number", "starts_at", "ends_at")}
        | {"sequence": old["sequence"] + 1, "revised_at": now}
        for old in before.values()
    ]
    return revised, sorted(withdrawn, key=lambda row: row["number"])


def _revised(row: Row, old: Row | None, returning: Row | None, session_changed: bool, now: str) -> Row:
    if returning:
        return row | {"sequence": max(row["sequence"], returning["sequence"]) + 1, "revised_at": now}
    if old is None:
        return row | {"revised_at": row["revised_at"] or now}
    sequence = max(row["sequence"], old["sequence"])
    if any(row[key] != old[key] for key in _PLACING):
        return row | {"sequence": sequence + 1, "revised_at": now}
    same = not session_changed and all(row[key] == old[key] for key in row if key not in _BOOKKEEPING)
    return row | {"sequence": sequence, "revised_at": old["revised_at"] if same else now}

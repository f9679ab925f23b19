"""Whose turn it is to be asked for, and what is asked for together. Plain Python."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def turns(count: int, *, most: int, minute: int) -> list[int]:
    """Return the positions of those among `count` in a row whose turn it is in a `minute`, counted from anywhere.

    They are at most `most`, 1 or more; those behind them have theirs in the next minute, so that everybody's comes.
    """
    if count <= most:
        return list(range(count))
    first = minute * most % count
    return sorted((first + step) % count for step in range(most))


def together(moments: Sequence[datetime], *, gap: timedelta, most: int) -> list[range]:
    """Return the positions of moments, given in order, in groups of at most `most` with no more than `gap` in between.

    What one list of a service has is asked for together: so a list never goes through days in which nothing is awaited.
    """
    groups: list[range] = []
    for position, moment in enumerate(moments):
        last = groups[-1] if groups else None
        if last is not None and len(last) < most and moment - moments[position - 1] <= gap:
            groups[-1] = range(last.start, position + 1)
        else:
            groups.append(range(position, position + 1))
    return groups

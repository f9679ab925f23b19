"""How often something may be done: counted in a table of its own, in fixed windows (decision 0031).

For what sends a mail, tries a secret, takes a place or costs much (ASVS 2.4.1). Not in a cache: what strangers can fill
they can empty, and every process has its own. All moments are real time, whatever the festival's clock shows: in a
demonstration visitors move it.
"""

import unicodedata
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils import timezone

from festival.core.writing import writing, writing_statement
from festival.models import RateCount

TABLE = RateCount._meta.db_table
# A use that would pass the limit is not counted, so whoever asks for less afterwards may still have it.
COUNT = (
    f'INSERT INTO "{TABLE}" (key, used, ends_at) VALUES {{rows}} '  # noqa: S608 -- the name of our own table
    f'ON CONFLICT (key) DO UPDATE SET used = "{TABLE}".used + excluded.used WHERE {{room}} RETURNING key'
)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` in `seconds`; `scope` names what is counted."""

    scope: str
    limit: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Use:
    """`amount` uses of `rate` by `subject` (a mail address, a network)."""

    rate: Rate
    subject: str
    amount: int = 1

    def window(self, now: datetime) -> tuple[str, int]:
        """Return the name of the counter at `now`, and the second at which its window ends."""
        window, elapsed = divmod(int(now.timestamp()), self.rate.seconds)
        named = f"{self.rate.scope}:{self.rate.seconds}:{window}:{_normal(self.subject)}"
        return sha256(named.encode(errors="replace")).hexdigest(), int(now.timestamp()) - elapsed + self.rate.seconds


class RateLimited(Exception):
    """It was done too often: `scope` says what, `seconds` after how many it may be tried again."""

    code = "rate_limited"

    def __init__(self, *, scope: str, seconds: int) -> None:
        super().__init__(f"{scope}: try again in {seconds} seconds")
        self.scope = scope
        self.seconds = seconds

    @property
    def minutes(self) -> int:
        """How many minutes that is, rounded up."""
        return -(-self.seconds // 60)


def count(rate: Rate, subject: str, *, now: datetime) -> None:
    """Count one use of `rate` by `subject`. Raises RateLimited if the window's limit is used up."""
    count_all([Use(rate, subject)], now=now)


def count_all(uses: Iterable[Use], *, now: datetime) -> None:
    """Count several uses with one statement, those that are still allowed.

    Within a transaction that is given up afterwards nothing was counted.

    Raises:
        RateLimited: If one of them would pass its limit; of several the one that lasts longest.
    """
    wanted = {use.window(now): use for use in uses}
    counted = _count({key: (use, ends) for (key, ends), use in wanted.items() if use.amount <= use.rate.limit})
    refused = [(ends, use) for (key, ends), use in wanted.items() if key not in counted]
    if refused:
        ends, use = max(refused, key=lambda pair: pair[0])
        raise RateLimited(scope=use.rate.scope, seconds=max(1, ends - int(now.timestamp())))


def forget_old(now: datetime) -> int:
    """Remove the counters whose window is over, and return how many. Runs within `manage.py tick`."""
    with writing(public=False):
        return RateCount.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def _count(uses: dict[str, tuple[Use, int]]) -> set[str]:
    """Return the keys that were counted. In the order of keys, so that two requests never wait crosswise."""
    if not uses:
        return set()
    ordered = sorted(uses.items())
    rows = ", ".join(["(%s, %s, %s)"] * len(ordered))
    room = " OR ".join([f'(excluded.key = %s AND "{TABLE}".used + excluded.used <= %s)'] * len(ordered))
    to_database = RateCount._meta.get_field("ends_at").get_db_prep_value
    values: list[Any] = []
    for key, (use, ends) in ordered:
        values += [key, use.amount, to_database(datetime.fromtimestamp(ends, UTC), connection)]
    for key, (use, _ends) in ordered:
        values += [key, use.rate.limit]
    # Within a sale no savepoint is needed: if this fails, the sale does.
    with nullcontext() if connection.in_atomic_block else writing_statement(), connection.cursor() as cursor:
        cursor.execute(COUNT.format(rows=rows, room=room), values)
        return {key for (key,) in cursor.fetchall()}


def _normal(subject: str) -> str:
    """Return one spelling for what the eye or a mail server takes as the same."""
    return unicodedata.normalize("NFKD", subject).casefold().strip()

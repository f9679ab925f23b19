"""Giving numbers, from 1, without a hole and never twice (CGI, annexe IV, art. 50 sexies B)."""

from django.db.models import F, QuerySet

from festival.core.writing import require_transaction
from festival.models import Edition, Series


def take(kind: str, *, edition: Edition | None = None, year: int | None = None, count: int = 1) -> range:
    """Return the next `count` numbers of a kind: of `edition`, of `year`, or of all time when neither is given.

    Call it late in the transaction of the fact: from here to its end, others who want numbers of this series wait. When
    the transaction is given up, the numbers were never given.

    Raises:
        RuntimeError: Outside a transaction.
        ValueError: If `count` is below 1, or both `edition` and `year` are given.
    """
    require_transaction("Numbers are given")
    if count < 1:
        raise ValueError(f"At least one number is taken, not {count}.")
    series = _series(kind, edition, year)
    if not series.update(last=F("last") + count):
        Series.objects.bulk_create([Series(kind=kind, edition=edition, year=year)], ignore_conflicts=True)
        series.update(last=F("last") + count)
    end = series.values_list("last", flat=True).get()
    return range(end - count + 1, end + 1)


def last(kind: str, *, edition: Edition | None = None, year: int | None = None) -> int:
    """Return the last number given of a series, 0 when none was. Raises ValueError for both `edition` and `year`."""
    return _series(kind, edition, year).values_list("last", flat=True).first() or 0


def _series(kind: str, edition: Edition | None, year: int | None) -> QuerySet[Series]:
    if edition is not None and year is not None:
        raise ValueError("A series belongs to an edition or to a year, not to both.")
    return Series.objects.filter(kind=kind, edition=edition, year=year)

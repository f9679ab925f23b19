"""Reads of the published programmes. Public pages ask here, which costs no query while nothing is published.

An edition before the current one is an archive, if something of it was published. What is prepared for a later edition
is answered by nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256

from django.core.cache import cache

from festival.core.writing import site_generation
from festival.models import Edition
from festival.time import clock
from program.models import Release
from program.published.codec import parse
from program.published.snapshot import Programme

KEPT = 8


@dataclass(frozen=True, slots=True)
class Published:
    """A release as the public pages use it; `edition` is the number in the addresses of its archive."""

    pk: int
    edition: int
    number: int
    version: str
    published_at: datetime
    snapshot: str
    sha256: str
    grid_css: str
    grid_hash: str
    programme: Programme
    with_unlisted: Programme


@dataclass(frozen=True, slots=True)
class _Entry:
    """A release in the index; `fingerprint` is the hash of all that it carries."""

    edition: int
    first_day: date
    last_day: date
    day_starts_at: time
    published_at: datetime
    pk: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Index:
    """All releases, the newest of each edition first, and which edition is current since which day."""

    edition: int | None
    first_day: date
    releases: tuple[_Entry, ...]


def current_release(now: datetime) -> Published | None:
    """Return the newest release of the current edition that is public at `now`, or None before the first one."""
    index = _index()
    return next((_published(e) for e in index.releases if e.edition == index.edition and e.published_at <= now), None)


def current_programme(now: datetime) -> Programme | None:
    """Return the programme that is public at `now`, or None before the first release."""
    release = current_release(now)
    return release.programme if release else None


def current_edition() -> int | None:
    """Return the number of the edition that the site shows, or None."""
    return _index().edition


def archived_release(edition: int, now: datetime) -> Published | None:
    """Return the last release of a past edition, by its number, or None where there is no such archive."""
    return next((_published(entry) for entry in _archives(now) if entry.edition == edition), None)


def archived_releases(now: datetime) -> list[Published]:
    """Return the last release of each past edition, the newest edition first."""
    return [_published(entry) for entry in _archives(now)]


def next_publication(now: datetime) -> datetime | None:
    """Return when the current edition's first release after `now` becomes public, if one is prepared."""
    index = _index()
    coming = [e.published_at for e in index.releases if e.edition == index.edition and e.published_at > now]
    return min(coming, default=None)


def snapshot_of_version(edition: int, version: str, now: datetime) -> tuple[str, str] | None:
    """Return the snapshot and its SHA-256 of an edition's public release of that name."""
    public = Release.objects.filter(edition__number=edition, version=version, published_at__lte=now)
    return public.values_list("snapshot", "sha256").first()


def grid_sheet_by_hash(name: str) -> str | None:
    """Return the generated style sheet of that name, whichever release it came with."""
    return Release.objects.filter(grid_hash=name).values_list("grid_css", flat=True).first()


def _archives(now: datetime) -> list[_Entry]:
    """Return the newest public release of each past edition, the newest edition first."""
    index = _index()
    newest: dict[int, _Entry] = {}
    for entry in index.releases:
        if index.edition is None:
            is_past = entry.last_day < clock.festival_day_of(now, entry.day_starts_at)
        else:
            is_past = (entry.first_day, entry.edition) < (index.first_day, index.edition)
        if is_past and entry.published_at <= now:
            newest.setdefault(entry.edition, entry)
    return sorted(newest.values(), key=lambda entry: (entry.first_day, entry.edition), reverse=True)


def _index() -> _Index:
    """Return the index; asks the database once a generation."""
    key = f"program-releases:{site_generation()}"
    index: _Index | None = cache.get(key)
    if index is None:
        index = _read_index()
        cache.set(key, index, 300)
    return index


def _read_index() -> _Index:
    current = Edition.objects.current()
    rows = Release.objects.order_by("-edition__start_date", "-edition__number", "-number").values_list(
        "edition__number",
        "edition__start_date",
        "edition__end_date",
        "edition__day_starts_at",
        "published_at",
        "pk",
        "sha256",
        "unlisted",
    )
    entries = tuple(
        _Entry(number, first, last, starts_at, published_at, pk, f"{sha}:{sha256(unlisted.encode()).hexdigest()}")
        for number, first, last, starts_at, published_at, pk, sha, unlisted in rows
    )
    if current is None:
        return _Index(None, date.min, entries)
    return _Index(current.number, current.start_date, entries)


def _published(entry: _Entry) -> Published:
    return _read_release(entry.pk, entry.edition, entry.fingerprint)


# Releases never change, so what was read once stays right; the fingerprint tells apart databases that share a process.
@lru_cache(maxsize=KEPT)
def _read_release(pk: int, edition: int, _fingerprint: str) -> Published:
    row = Release.objects.get(pk=pk)
    public, with_unlisted = parse(row.snapshot, row.unlisted)
    return Published(
        row.pk,
        edition,
        row.number,
        row.version,
        row.published_at,
        row.snapshot,
        row.sha256,
        row.grid_css,
        row.grid_hash,
        public,
        with_unlisted,
    )

"""Reads of the programme. Public pages ask for `current_programme`, which costs no query while nothing is published."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache

from festival.core import generation
from program.models import Release
from program.published.codec import parse
from program.published.snapshot import Programme

KEPT = 4


@dataclass(frozen=True, slots=True)
class Published:
    """A release as the public pages use it."""

    pk: int
    number: int
    version: str
    published_at: datetime
    snapshot: str
    sha256: str
    grid_css: str
    grid_hash: str
    programme: Programme
    with_unlisted: Programme


# Releases never change, so what was parsed once stays right; the key is the content's own hash.
_parsed: OrderedDict[str, Published] = OrderedDict()


def current_release(now: datetime) -> Published | None:
    """Return the newest release that is public at `now`, or None before the first one."""
    for published_at, pk, fingerprint in _index():
        if published_at <= now:
            return _published(pk, fingerprint)
    return None


def current_programme(now: datetime) -> Programme | None:
    """Return the programme that is public at `now`, or None before the first release."""
    release = current_release(now)
    return release.programme if release else None


def next_publication(now: datetime) -> datetime | None:
    """Return when the first release after `now` becomes public, if one is prepared."""
    coming = [published_at for published_at, _pk, _fingerprint in _index() if published_at > now]
    return min(coming, default=None)


def snapshot_of_version(version: str, now: datetime) -> tuple[str, str] | None:
    """Return the snapshot of the current edition's release of that name, and its SHA-256."""
    public = Release.objects.filter(edition__is_current=True, version=version, published_at__lte=now)
    return public.values_list("snapshot", "sha256").first()


def grid_sheet_by_hash(name: str) -> str | None:
    """Return the generated style sheet of that name, whichever release it came with."""
    for release in _parsed.values():
        if release.grid_hash == name:
            return release.grid_css
    return Release.objects.filter(grid_hash=name).values_list("grid_css", flat=True).first()


def _index() -> list[tuple[datetime, int, str]]:
    """Return the current edition's releases, newest first; asks the database once a generation."""
    key = f"program-releases:{generation.current()}"
    found = cache.get(key)
    if found is None:
        rows = Release.objects.filter(edition__is_current=True).order_by("-number")
        found = [
            (at, pk, f"{sha}:{sha256(unlisted.encode()).hexdigest()}")
            for at, pk, sha, unlisted in rows.values_list("published_at", "pk", "sha256", "unlisted")
        ]
        cache.set(key, found, 300)
    return list(found)


def _published(pk: int, fingerprint: str) -> Published:
    if fingerprint in _parsed:
        _parsed.move_to_end(fingerprint)
        return _parsed[fingerprint]
    row = Release.objects.get(pk=pk)
    public, with_unlisted = parse(row.snapshot, row.unlisted)
    release = Published(
        row.pk,
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
    _parsed[fingerprint] = release
    while len(_parsed) > KEPT:
        _parsed.popitem(last=False)
    return release

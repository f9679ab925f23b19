"""Reads of the programme. Public pages ask for `current_programme`, which costs no query while nothing is published."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from festival import generation
from festival.models import Edition
from program import dayplan
from program.compiler import Row, compile_programme, occurrence_row, session_row, sessions_to_compile, speaker_row
from program.models import Occurrence, Release, Session
from program.parsing import parse, programme
from program.snapshot import Programme
from program.timetable import Clash

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


@dataclass(frozen=True, slots=True)
class LastSnapshot:
    """The two parts of the newest release, as JSON objects."""

    public: Row
    unlisted: Row


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


def last_snapshot(edition: Edition) -> LastSnapshot | None:
    """Return what the newest release of the edition carries, public or not yet."""
    row = edition.releases.order_by("-number").values_list("snapshot", "unlisted").first()
    return LastSnapshot(json.loads(row[0]), json.loads(row[1])) if row else None


def working_programme(edition: Edition, now: datetime) -> Programme:
    """Return what a release would publish now, compiled but not kept; for warnings and previews."""
    return programme(_working(edition, now))


def timetable_warnings(edition: Edition, now: datetime) -> list[tuple[Clash, list[Any]]]:
    """Return each warning about the working tables, with the occurrences it is about."""
    working = working_programme(edition, now)
    by_uuid = {occurrence.uuid: occurrence for occurrence in working.occurrences}
    return [
        (clash, [by_uuid[key] for key in (clash.first, clash.second) if key]) for clash in dayplan.warnings(working)
    ]


def next_number(edition: Edition) -> int:
    """Return the number of the edition's next occurrence. The database refuses a second one of the same number."""
    return (Occurrence.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0) + 1


def session_preview(session: Session, now: datetime) -> dict[str, Any]:
    """Return the context of the session page for an unsaved or unpublished session."""
    data = _working(session.section.edition, now)
    kept = [row for row in data["sessions"] if row["slug"] != session.slug]
    known = {row["slug"] for row in data["speakers"]}
    billed = {b.speaker.slug: b.speaker for b in session.session_speakers.all()}
    stored = sessions_to_compile().filter(pk=session.pk).first()
    placed = [occurrence_row(o, session) for o in stored.occurrences.all()] if stored else []
    uuids = {row["uuid"] for row in placed}
    for row in placed:
        row["revised_at"] = row["revised_at"] or data["release"]["published_at"]
    tag_slugs = {row["slug"] for row in data["tags"]}
    preview = programme(
        data
        | {
            "sessions": [*kept, session_row(session)],
            "tags": data["tags"]
            + [
                {"slug": t.slug, "name": {"fr": t.name_fr, "en": t.name_en}}
                for t in session.tags.all()
                if t.slug not in tag_slugs
            ],
            "speakers": data["speakers"] + [speaker_row(s) for slug, s in billed.items() if slug not in known],
            "occurrences": [row for row in data["occurrences"] if row["uuid"] not in uuids] + placed,
        }
    )
    return session_context(preview, preview.session_by_slug[session.slug]) | {"is_preview": True}


def session_context(source: Programme, session: Any) -> dict[str, Any]:
    """Return what the session page shows."""
    occurrences = source.occurrences_by_session.get(session.slug, ())
    return {
        "programme": source,
        "session": session,
        "occurrences": [(o, dayplan.surroundings(source, o)) for o in occurrences],
        "books": [book for book in source.books if session in book.sessions],
    }


def _working(edition: Edition, now: datetime) -> Row:
    compiled = compile_programme(edition).public
    moment = now.isoformat()
    for row in compiled["occurrences"]:
        row["revised_at"] = row["revised_at"] or moment
    about = {"number": 0, "version": "", "note": "", "published_at": moment}
    return compiled | {"release": about, "withdrawn": []}


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


def releases(edition: Edition, limit: int = 20) -> list[Release]:
    """Return the newest releases without their texts."""
    return list(edition.releases.only("version", "published_at", "note", "sha256")[:limit])

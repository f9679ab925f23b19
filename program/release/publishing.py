"""Publishing the programme: compile, number, freeze."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.db.models import Max

from festival.core import audit
from festival.core.writing import writing
from festival.models import Edition
from program.exceptions import CannotRelease, NothingToRelease, VersionTaken
from program.models import Occurrence, Release
from program.published import codec, day_plan, snapshot as p, week
from program.published.snapshot import Programme
from program.release import queries
from program.release.compiling import Compiled, compile_programme
from program.release.faults import faults
from program.release.grid_sheet import grid_sheet
from program.release.portraits import draw_portraits
from program.release.queries import LastRelease
from program.release.revision import revise

MACHINE = audit.Actor.system("release_programme")


def release_programme(
    *, edition: Edition, now: datetime, note: str = "", version: str = "", actor: audit.Actor = MACHINE
) -> Release:
    """Freeze the working tables into a release that is public from `now` on.

    Occurrences whose time, place or status changed since the last release get a higher sequence, and those that
    disappeared are carried as withdrawn, so that every calendar learns of it.

    Args:
        edition: The edition to release.
        now: Aware moment of publication.
        note: What changed, for people.
        version: Name such as "1.1" (see `faults.is_version_name`); the release number if empty.
        actor: Who releases, for the audit log.

    Raises:
        VersionTaken: The edition has a release of this name.
        CannotRelease: Something in it cannot be expressed in pages, feeds or data.
        NothingToRelease: Nothing has changed since the last release.
    """
    draw_portraits(edition)
    with writing(public=True):
        # The edition's row is the lock: editors who press the button together release one after the other.
        Edition.objects.select_for_update().get(pk=edition.pk)
        number = (edition.releases.aggregate(last=Max("number"))["last"] or 0) + 1
        version = version.strip() or str(number)
        if edition.releases.filter(version=version).exists():
            raise VersionTaken(version)
        last = queries.last_release(edition)
        compiled = _revised(_sound(compile_programme(edition, now=now), version), last, now)
        if last and _is_unchanged(last, compiled):
            raise NothingToRelease(version)
        moment = compiled.public.release.published_at
        about = week.Release(number=number, version=version, note=note.strip(), published_at=moment)
        release = _freeze(edition, replace(compiled, public=replace(compiled.public, release=about)), now)
        _remember_revisions(edition, compiled)
        sessions = len(compiled.public.sessions)
        facts: dict[str, audit.Fact] = {"version": version, "sha256": release.sha256, "sessions": sessions}
        audit.record("programme.released", release, actor=actor, at=now, facts=facts, edition=edition)
    return release


def _sound(compiled: Compiled, version: str) -> Compiled:
    if found := faults(compiled.public, compiled.unlisted, version=version):
        raise CannotRelease(found)
    return compiled


def _revised(compiled: Compiled, last: LastRelease | None, now: datetime) -> Compiled:
    public, unlisted = compiled.public, compiled.unlisted
    moment = public.release.published_at
    before = last.public if last else None
    listed, withdrawn = revise(
        public.occurrences, before.occurrences if before else (), before.withdrawn if before else (), now=moment
    )
    # What leaves the unlisted part was never in a feed, so nobody needs to be told.
    known = {occurrence.uuid for occurrence in before.occurrences} if before else set()
    hidden = [o for o in last.with_unlisted.occurrences if o.uuid not in known] if last else []
    others, _gone = revise(unlisted.occurrences, hidden, (), now=moment)
    return Compiled(replace(public, occurrences=listed, withdrawn=withdrawn), replace(unlisted, occurrences=others))


def _is_unchanged(last: LastRelease, compiled: Compiled) -> bool:
    as_before = replace(compiled.public, release=last.public.release)
    return last.snapshot == codec.write(as_before) and last.unlisted == codec.write(compiled.unlisted)


def _freeze(edition: Edition, compiled: Compiled, now: datetime) -> Release:
    about = compiled.public.release
    snapshot = codec.write(compiled.public)
    sheet = _sheet(compiled.public)
    return Release.objects.create(
        edition=edition,
        number=about.number,
        version=about.version,
        note=about.note,
        published_at=now,
        snapshot=snapshot,
        sha256=sha256(snapshot.encode()).hexdigest(),
        unlisted=codec.write(compiled.unlisted),
        grid_css=sheet,
        grid_hash=sha256(sheet.encode()).hexdigest()[:16],
    )


def _sheet(compiled: Programme) -> str:
    grids = [day_plan.day_grid(compiled, day_plan.on_day(compiled, day.date)) for day in compiled.days]
    return grid_sheet(
        rows=max((grid.rows for grid in grids), default=0),
        columns=max((grid.width for grid in grids), default=0),
        tracks={track.slug: track.colour for track in compiled.tracks},
    )


def _remember_revisions(edition: Edition, compiled: Compiled) -> None:
    public = compiled.public
    revised: dict[int, p.Occurrence | p.Withdrawn] = {}
    told: list[p.Occurrence | p.Withdrawn] = [*public.withdrawn, *public.occurrences, *compiled.unlisted.occurrences]
    for one in told:
        last = revised.get(one.number)
        if last is None or one.sequence >= last.sequence:
            revised[one.number] = one
    changed = []
    for occurrence in edition.occurrences.filter(number__in=revised).only("number", "sequence", "revised_at"):
        found = revised[occurrence.number]
        occurrence.sequence, occurrence.revised_at = found.sequence, found.revised_at
        changed.append(occurrence)
    Occurrence.objects.bulk_update(changed, ["sequence", "revised_at"])

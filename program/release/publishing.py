"""Publishing the programme: compile, number, freeze."""

from datetime import datetime
from hashlib import sha256

from django.db.models import Max

from festival.core import audit
from festival.core.writing import writing
from festival.models import Edition
from program.exceptions import NothingToRelease, VersionTaken
from program.models import Occurrence, Release
from program.published import day_plan
from program.published.codec import canonical, programme
from program.published.snapshot import Programme
from program.release import queries as release_queries
from program.release.compiling import Compiled, Row, compile_programme, iso
from program.release.grid_sheet import grid_sheet
from program.release.queries import LastSnapshot
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
        version: Free name such as "1.1"; the release number if empty.
        actor: Who releases, for the audit log.

    Raises:
        VersionTaken: The edition has a release of this name.
        NothingToRelease: Nothing has changed since the last release.
    """
    with writing(public=True):
        # The edition's row is the lock: editors who press the button together release one after the other.
        Edition.objects.select_for_update().get(pk=edition.pk)
        number = (edition.releases.aggregate(last=Max("number"))["last"] or 0) + 1
        version = version.strip() or str(number)
        if edition.releases.filter(version=version).exists():
            raise VersionTaken(version)
        last = release_queries.last_snapshot(edition)
        compiled, withdrawn = _revised(compile_programme(edition), last, iso(now) or "")
        if last and _is_unchanged(last, compiled, withdrawn):
            raise NothingToRelease(version)
        about = {"number": number, "version": version, "note": note.strip(), "published_at": iso(now)}
        release = _freeze(edition, compiled, about | {"format": 1}, withdrawn, now)
        _remember_revisions([*compiled.public["occurrences"], *compiled.unlisted["occurrences"]], withdrawn)
        facts = {"version": version, "sha256": release.sha256, "sessions": len(compiled.public["sessions"])}
        audit.record("programme.released", release, actor=actor, at=now, facts=facts, edition=edition)
    return release


def _revised(compiled: Compiled, last: LastSnapshot | None, now: str) -> tuple[Compiled, list[Row]]:
    public, unlisted = compiled.public, compiled.unlisted
    before = last.public if last else None
    listed, withdrawn = revise(public["occurrences"], public["sessions"], before, now=now)
    # What leaves the unlisted part was never in a feed, so nobody needs to be told.
    before = last.unlisted if last else None
    others, _gone = revise(unlisted["occurrences"], unlisted["sessions"], before, now=now)
    extra = {"occurrences": others, "withdrawn": []}
    return Compiled(public | {"occurrences": listed}, unlisted | extra), withdrawn


def _is_unchanged(last: LastSnapshot, compiled: Compiled, withdrawn: list[Row]) -> bool:
    before = {key: value for key, value in last.public.items() if key != "release"}
    return before == compiled.public | {"withdrawn": withdrawn} and last.unlisted == compiled.unlisted


def _freeze(edition: Edition, compiled: Compiled, about: Row, withdrawn: list[Row], now: datetime) -> Release:
    body = compiled.public | {"release": about, "withdrawn": withdrawn}
    snapshot = canonical(body)
    sheet = _sheet(programme(body))
    return Release.objects.create(
        edition=edition,
        number=about["number"],
        version=about["version"],
        note=about["note"],
        published_at=now,
        snapshot=snapshot,
        sha256=sha256(snapshot.encode()).hexdigest(),
        unlisted=canonical(compiled.unlisted),
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


def _remember_revisions(rows: list[Row], withdrawn: list[Row]) -> None:
    revised = {row["uuid"]: row for row in [*withdrawn, *rows]}
    changed = []
    for occurrence in Occurrence.objects.filter(uuid__in=revised).only("uuid", "sequence", "revised_at"):
        row = revised[str(occurrence.uuid)]
        occurrence.sequence = row["sequence"]
        occurrence.revised_at = datetime.fromisoformat(row["revised_at"])
        changed.append(occurrence)
    Occurrence.objects.bulk_update(changed, ["sequence", "revised_at"])

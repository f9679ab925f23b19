"""What a release is compared with, and what the next one would carry."""

from dataclasses import dataclass
from datetime import datetime

from festival.models import Edition
from program.models import Release
from program.published.codec import parse
from program.published.snapshot import Programme
from program.release.compiling import compile_programme
from program.release.faults import ReleaseFault, faults


@dataclass(frozen=True, slots=True)
class LastRelease:
    """The newest release of an edition, public or not yet: its two texts and what they say."""

    snapshot: str
    unlisted: str
    public: Programme
    with_unlisted: Programme


def last_release(edition: Edition) -> LastRelease | None:
    """Return the newest release of the edition, or None before the first."""
    row = edition.releases.order_by("-number").values_list("snapshot", "unlisted").first()
    if row is None:
        return None
    snapshot, unlisted = row
    public, with_unlisted = parse(snapshot, unlisted)
    return LastRelease(snapshot, unlisted, public, with_unlisted)


def working_programme(edition: Edition, now: datetime) -> Programme:
    """Return what a release would publish now, compiled but not kept; for warnings."""
    return compile_programme(edition, now=now).public


def obstacles(edition: Edition, now: datetime) -> list[ReleaseFault]:
    """Return what keeps the working programme from being released."""
    compiled = compile_programme(edition, now=now)
    return faults(compiled.public, compiled.unlisted, version="1")


def releases(edition: Edition, limit: int = 20) -> list[Release]:
    """Return the newest releases without their texts."""
    return list(edition.releases.only("version", "published_at", "note", "sha256")[:limit])

"""What a release is compared with, and what the next one would carry."""

import json
from dataclasses import dataclass
from datetime import datetime

from festival.models import Edition
from program.models import Release
from program.published.codec import programme
from program.published.snapshot import Programme
from program.release.compiling import (
    Row,
    compile_programme,
)


@dataclass(frozen=True, slots=True)
class LastSnapshot:
    """The two parts of the newest release, as JSON objects."""

    public: Row
    unlisted: Row


def last_snapshot(edition: Edition) -> LastSnapshot | None:
    """Return what the newest release of the edition carries, public or not yet."""
    row = edition.releases.order_by("-number").values_list("snapshot", "unlisted").first()
    return LastSnapshot(json.loads(row[0]), json.loads(row[1])) if row else None


def working_programme(edition: Edition, now: datetime) -> Programme:
    """Return what a release would publish now, compiled but not kept; for warnings and previews."""
    return programme(working_rows(edition, now))


def working_rows(edition: Edition, now: datetime) -> Row:
    """Return what a release would publish now, as the JSON object of a snapshot."""
    compiled = compile_programme(edition).public
    moment = now.isoformat()
    for row in compiled["occurrences"]:
        row["revised_at"] = row["revised_at"] or moment
    about = {"number": 0, "version": "", "note": "", "published_at": moment}
    return compiled | {"release": about, "withdrawn": []}


def releases(edition: Edition, limit: int = 20) -> list[Release]:
    """Return the newest releases without their texts."""
    return list(edition.releases.only("version", "published_at", "note", "sha256")[:limit])

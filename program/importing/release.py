"""Publishes what was loaded, after all apps have loaded what the programme shows of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from festival.core.audit import IMPORTER
from festival.importing.faults import moment, required, rows
from festival.text.languages import main_language
from festival.time import clock
from program.exceptions import NothingToRelease
from program.importing.programme import edition_of
from program.release.publishing import release_programme


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Release the programme of the edition in `data` if anything changed; the first release is dated back."""
    edition = edition_of(data)
    first = not edition.releases.exists()
    try:
        release = release_programme(
            edition=edition,
            now=_announced(data) if first else clock.now(),
            version="1.0" if first else "",
            note=_first_note() if first else "",
            actor=IMPORTER,
        )
    except NothingToRelease:
        report("The programme has not changed.")
    else:
        report(f"Release {release.version}, {len(release.snapshot) // 1024} KiB, {release.sha256[:12]}.")


def _first_note() -> str:
    with translation.override(main_language()):
        return gettext("The programme is online.")


def _announced(data: dict[str, Any]) -> datetime:
    """Return when the programme appeared: the date of the oldest post, or now."""
    published = [moment(required(row, "published", path), f"{path}.published") for path, row in rows(data, "posts")]
    return min(published, default=clock.now())

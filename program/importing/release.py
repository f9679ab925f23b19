"""Publishes what was imported, after all apps have loaded what the programme shows of them."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from festival.core import audit
from festival.core.audit import IMPORTER
from festival.importing.faults import Fault, Faults
from festival.models import Edition
from festival.text.languages import main_language
from festival.time import clock
from program.exceptions import CannotRelease, NothingToRelease
from program.importing.validation import DAY_STARTS_AT, validate
from program.release.publishing import release_programme


def release(
    edition: Edition, *, now: datetime, announced: datetime | None = None, actor: audit.Actor = IMPORTER
) -> str:
    """Release what changed and return a sentence about it; the first release is of the moment `announced`, or `now`."""
    first = not edition.releases.exists()
    try:
        made = release_programme(
            edition=edition,
            now=announced if first and announced else now,
            version="1.0" if first else "",
            note=_first_note() if first else "",
            actor=actor,
        )
    except CannotRelease as error:
        raise Faults(Fault(fault.place, fault.sentence) for fault in error.faults) from error
    except NothingToRelease:
        return _("The programme has not changed.")
    return _("Release %(version)s, %(size)d KiB, %(hash)s.") % {
        "version": made.version,
        "size": len(made.snapshot) // 1024,
        "hash": made.sha256[:12],
    }


def _first_note() -> str:
    with translation.override(main_language()):
        return _("The programme is online.")


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Release what the loaders of a larger file have written. Raises Fault before its edition was loaded."""
    file = validate(data, day_starts_at=day_starts_at(data))
    edition = Edition.objects.filter(number=file.edition.year).first()
    if edition is None:
        raise Fault("edition.year", _("there is no edition %(number)d yet") % {"number": file.edition.year})
    announced = min((post.published for post in file.posts), default=None)
    with translation.override("en"):  # as all that commands print
        line = release(edition, now=clock.now(), announced=announced)
    report(line)


def day_starts_at(data: dict[str, Any]) -> time:
    """Return when the days of the file's edition begin, which the file does not say; whatever its shape."""
    row = data.get("edition")
    year = row.get("year") if isinstance(row, dict) else None
    known = Edition.objects.filter(number=year).first() if type(year) is int and 0 < year < 65536 else None
    return known.day_starts_at if known else DAY_STARTS_AT

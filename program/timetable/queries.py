"""Reads of the working timetable, for the editors."""

from datetime import datetime
from typing import Any

from festival.models import Edition
from program.release.queries import working_programme
from program.timetable import warnings
from program.timetable.rules import Clash


def timetable_warnings(edition: Edition, now: datetime) -> list[tuple[Clash, list[Any]]]:
    """Return each warning about the working tables, with the occurrences it is about."""
    working = working_programme(edition, now)
    by_uuid = {occurrence.uuid: occurrence for occurrence in working.occurrences}
    return [
        (clash, [by_uuid[key] for key in (clash.first, clash.second) if key]) for clash in warnings.warnings(working)
    ]

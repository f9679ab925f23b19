"""Loads the English names of the programme's tags; the sessions of the file name them in French."""

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

from festival.importing.faults import Fault, required, rows
from festival.models import Edition
from program.models import Tag


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Give each tag of the file's edition its name in both languages."""
    edition = Edition.objects.get(number=required(required(data, "edition", "file"), "year", "edition"))
    known = {tag.slug: tag for tag in Tag.objects.filter(edition=edition)}
    for path, row in rows(data, "tags"):
        french, english = required(row, "fr", path), required(row, "en", path)
        tag = known.pop(slugify(french), None)
        if tag is None:
            raise Fault(f"{path}.fr", f"{french!r} is the tag of no session")
        tag.name = {"fr": french, "en": english}
        tag.save()
    if known:
        raise Fault("tags", f"{', '.join(sorted(known))}: no English name")
    report(f"{len(rows(data, 'tags'))} tags in two languages")

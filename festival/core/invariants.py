"""What must always be true of the ground floor's books; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import F
from wagtail.models import Page

from festival.core import audit
from festival.models import AuditEntry, OpeningHours, SealHead


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _chain() -> Iterator[str]:
    """Walk along the seals: no position is missing, each entry follows the one before, nothing was rewritten."""
    position, seal = 0, audit.GENESIS
    for entry in AuditEntry.objects.exclude(seal=None).order_by("position").iterator(chunk_size=1000):
        stored_position, stored_seal = entry.position or 0, entry.seal or ""
        if stored_position != position + 1:
            yield f"Audit log: positions {position + 1} to {stored_position - 1} of the chain are missing."
        elif entry.previous != seal:
            yield f"Audit log: entry {entry.pk} does not follow the entry before it."
        if stored_seal != audit.seal_of(entry, position=stored_position, previous=entry.previous or ""):
            yield f"Audit log: entry {entry.pk} ({entry.verb}) was changed after it was sealed."
        position, seal = stored_position, stored_seal
    head = SealHead.objects.filter(pk=1).first()
    end = (head.position, head.seal) if head else (0, audit.GENESIS)
    if end != (position, seal):
        yield f"Audit log: the chain ends at position {position}, and should end at {end[0]}."


def _hours() -> Iterator[str]:
    """A part of the week is open on days of its own edition."""
    strangers = OpeningHours.objects.exclude(section__edition=F("day__edition")).select_related("day", "section")
    for hours in strangers:
        yield f"Opening hours: {hours} on {hours.day} is a part of another edition."


def _tree() -> Iterator[str]:
    """The tree of pages is whole: every page hangs below another one, and says how many hang below it."""
    _letters, _steps, orphans, wrong_depth, wrong_count = Page.find_problems()
    for rule, pks in (
        ("hangs below no page", orphans),
        ("is at another depth than it says", wrong_depth),
        ("does not count the pages below it", wrong_count),
    ):
        for page in Page.objects.filter(pk__in=pks).order_by("path"):
            yield f"Pages: {page.url_path} {rule}; `manage.py fixtree` mends it."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_chain, _hours, _tree)

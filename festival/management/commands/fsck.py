"""Check every invariant of the books."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    """Prints a line per violation and exits with 1 when there is one."""

    help = "Recount stock, numbers, totals, scans and scores; name everything that does not add up."

    def handle(self, **options: Any) -> None:
        """Run the checks of `FSCK_CHECKS` in order, then tell what `FSCK_REMARKS` find, which is no violation."""
        found = 0
        for name in settings.FSCK_CHECKS:
            for line in import_string(name)():
                self.stderr.write(self.style.ERROR(line))
                found += 1
        for name in settings.FSCK_REMARKS:
            for line in import_string(name)():
                self.stdout.write(self.style.WARNING(line))
        if found:
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS(f"All is well: {len(settings.FSCK_CHECKS)} checks, no violation."))

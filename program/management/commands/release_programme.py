"""Releases the programme of the current edition, or of another one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from festival.models import Edition
from festival.time import clock
from program.exceptions import NothingToRelease, VersionRefused, VersionTaken
from program.release.publishing import release_programme
from program.timetable import queries


class Command(BaseCommand):
    """`manage.py release_programme [--edition NUMBER] [--note TEXT] [--name VERSION]`."""

    help = "Freeze the working programme into a new public release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take edition, note and name; Django keeps `--version` for itself."""
        parser.add_argument("--edition", type=int, help="number of the edition; the current one if not given")
        parser.add_argument("--note", default="", help="what changed, for everyone")
        parser.add_argument("--name", default="", help="version name; the release number if empty")

    def handle(self, *args: Any, edition: int | None, note: str, name: str, **options: Any) -> None:
        """Print the warnings, then release."""
        found = Edition.objects.filter(number=edition).first() if edition else Edition.objects.current()
        if found is None:
            raise CommandError(f"There is no edition {edition}." if edition else "There is no current edition.")
        now = clock.now()
        for clash, about in queries.timetable_warnings(found, now):
            self.stderr.write(f"{clash.kind}: " + " / ".join(occurrence.session.slug for occurrence in about))
        try:
            release = release_programme(edition=found, now=now, note=note, version=name)
        except VersionRefused as error:
            raise CommandError(f"“{error}” cannot name a release: use letters, digits, dots and hyphens.") from error
        except VersionTaken as error:
            raise CommandError(f"A release named {error} exists already.") from error
        except NothingToRelease:
            self.stdout.write("Nothing has changed since the last release.")
            return
        self.stdout.write(f"Released {release.version}, sha256 {release.sha256}.")

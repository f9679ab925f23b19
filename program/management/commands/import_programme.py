"""Imports a programme from a file in the form of the demonstration's."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from festival.importing import edition
from festival.importing.faults import Fault
from program.importing import programme, release


class Command(BaseCommand):
    """`manage.py import_programme FILE`."""

    help = "Load edition, venues, people and sessions from a JSON file; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Load the file; a fault names its place and leaves the database as it was."""
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            with transaction.atomic():
                edition.load(data, self.stdout.write)
                programme.load(data, self.stdout.write)
                release.load(data, self.stdout.write)
        except (OSError, json.JSONDecodeError, UnicodeDecodeError, Fault) as error:
            raise CommandError(str(error)) from error

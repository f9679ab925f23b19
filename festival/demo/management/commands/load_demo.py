"""Load the demonstration week."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

DEMO = Path(__file__).resolve().parents[2]
# Each loader builds on the ones before it.
LOADERS = (
    "festival.importing.edition",
    "program.importing.programme",
    "festival.demo.tag_names",
    "festival.demo.shop.ticketing",
    "program.importing.release",
    "festival.demo.awards",
    "festival.demo.accounts",
    "festival.demo.pages",
)


class Command(BaseCommand):
    """Idempotent: running it again brings the data back to the file and adds nothing."""

    help = "Load the demo week from festival/demo/festival.json (or another file of the same shape)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", nargs="?", type=Path, default=DEMO / "festival.json")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load part by part in one transaction, saying what is done; name the exact place of a fault."""
        from festival.importing.faults import Fault  # noqa: PLC0415 -- the command knows no app before it runs

        try:
            data = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        try:
            with transaction.atomic():
                for name in LOADERS:
                    import_module(name).load(data, self._report)
        except Fault as fault:
            raise CommandError(f"{file}: {fault}") from fault

    def _report(self, line: str) -> None:
        self.stdout.write(f"  {line}")

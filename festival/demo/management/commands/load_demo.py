"""Load the demonstration week."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

DEMO = Path(__file__).resolve().parents[2]
# Each loader builds on the ones before it.
LOADERS = (
    "program.importing.programme",
    "festival.demo.shop.ticketing",
    "program.importing.release",
    "festival.demo.awards",
    "festival.demo.accounts",
    "festival.demo.pages",
    "festival.demo.shop.paying",
    "festival.demo.shop.pot",
)


class Command(BaseCommand):
    """Idempotent: running it again brings the data back to the file and adds nothing."""

    help = "Load the demo week from festival/demo/festival.json (or another file of the same shape)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", nargs="?", type=Path, default=DEMO / "festival.json")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load part by part in one transaction, saying what is done; name the exact place of a fault."""
        from festival.importing.faults import Fault, Faults  # noqa: PLC0415 -- the command knows no app before it runs
        from festival.importing.reading import read_file  # noqa: PLC0415

        try:
            data = read_file(file)
            import_module("festival.demo.demo_file").validate(data)
            with transaction.atomic():
                for name in LOADERS:
                    import_module(name).load(data, self._report)
        except (Fault, Faults) as fault:
            raise CommandError("\n".join(f"{file}: {line}" for line in str(fault).splitlines())) from fault

    def _report(self, line: str) -> None:
        self.stdout.write(f"  {line}")

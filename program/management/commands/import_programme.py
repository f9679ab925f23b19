"""Imports a programme from a file; `docs/reference/import-file.md` says what may stand in it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from festival.importing.changes import Table
from festival.importing.faults import Faults
from festival.importing.reading import read_file
from festival.time import clock
from program.importing.programme import Imported, import_programme
from program.importing.programme_file import ProgrammeFile


class Command(BaseCommand):
    """`manage.py import_programme FILE [--dry-run] [--keep]`, or `--schema` alone."""

    help = "Import edition, venues, people and sessions from a JSON file, all or nothing, and release what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to import it."""
        parser.add_argument("file", type=Path, nargs="?", help="JSON in UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--keep", action="store_true", help="leave what the file has no more as it is")
        parser.add_argument("--schema", action="store_true", help="print the JSON schema of a file")

    def handle(self, *args: Any, file: Path | None, dry_run: bool, keep: bool, schema: bool, **options: Any) -> None:
        """Import; each fault is a line with its place, and then the database is as it was."""
        with override("en"):  # the terminal speaks English, whatever the site does
            if schema:
                self.stdout.write(json.dumps(ProgrammeFile.model_json_schema(), ensure_ascii=False, indent=2))
            elif file is None:
                raise CommandError("Name a file, or ask for --schema.")
            else:
                self._import(file, dry_run=dry_run, keep=keep)

    def _import(self, file: Path, *, dry_run: bool, keep: bool) -> None:
        try:
            done = import_programme(read_file(file), now=clock.now(), is_dry_run=dry_run, keep=keep)
        except Faults as faults:
            raise CommandError(str(faults)) from faults
        if dry_run:
            self.stdout.write("Nothing is written. An import would do this:")
        for line in _said(done):
            self.stdout.write(line)


def _said(done: Imported) -> list[str]:
    lines = [f"{name}: {_happened(table)}" for name, table in done.changes.tables.items() if table]
    lines = lines or ["The file changes nothing."]
    return [*lines, *(f"Note: {note}" for note in done.notes), done.released]


def _happened(table: Table) -> str:
    changed = [f"{name}: {', '.join(sorted(keys))}" for name, keys in table.changed.items()]
    parts = {"created": table.created, "changed": changed, "removed": table.removed}
    return ", ".join(f"{len(names)} {word} ({'; '.join(names)})" for word, names in parts.items() if names)

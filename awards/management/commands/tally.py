"""Count the scorecards of a file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.exceptions import MalformedDossier
from awards.results.dossier import fingerprint, to_dict
from awards.results.dossier_file import parse, read_dossier, write_result
from awards.results.tally import CODE_VERSION, METHOD, count


class Command(BaseCommand):
    """Needs no database, so that anyone can recompute a result from the file that goes with it."""

    help = "Count the scorecards of a festival file, of its awards part alone, or of the dossier of a frozen result."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--method", choices=[METHOD], default=METHOD, help="how to count")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON instead of a table")

    def handle(self, *, file: Path, as_json: bool, **options: Any) -> None:
        """Print the result; the same file always gives the same bytes."""
        try:
            written = _counted(file.read_bytes())
        except (OSError, MalformedDossier) as error:
            raise CommandError(f"{file}: {error}") from error
        if as_json:
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))
            return
        for row in written["by_project"]:
            score = "" if row["score_100"] is None else f"{row['score_100']:.2f}"
            finalist = "finalist" if row["finalist"] else ""
            self.stdout.write(
                f"{row['category']:<12} {row['rank'] or '-':>3} {score:>7} {row['valid_evaluations']:>3} "
                f"{row['project']:<32} {finalist}".rstrip()
            )
        for tie in written["ties"]:
            self.stdout.write(f"tie in {tie['category']}: {', '.join(tie['projects'])}, decided by {tie['decided_by']}")


def _counted(content: bytes) -> dict[str, Any]:
    dossier = read_dossier(parse(content))
    return {
        "method": METHOD,
        "code_version": CODE_VERSION,
        "input_sha256": fingerprint(to_dict(dossier)),
        **write_result(dossier, count(dossier)),
    }

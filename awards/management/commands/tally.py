"""Count the scorecards or the ballots of a file."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.ballots import tally as ballots
from awards.counting import answers
from awards.counting.chances import SEED
from awards.counting.reading import looks_like_table, read_table
from awards.exceptions import MalformedDossier
from awards.exceptions.counting import MalformedTable
from awards.results.dossier import METHODS, fingerprint, to_dict
from awards.results.dossier_file import own_parts, parse, read_dossier, write_result, write_rows
from awards.results.tally import CODE_VERSION, METHOD, count


class Command(BaseCommand):
    """Needs no database, so that anyone can recompute a result from the file that goes with it."""

    help = (
        "Count a table (juror,entry,category,score or ballot,entry,grade or ballot,entry,rank), a festival file, its "
        "awards part alone, or the dossier of a frozen result."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the method and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--method", choices=list(answers.METHODS), help="how to count (the file's own, or mean)")
        parser.add_argument("--seed", type=int, default=SEED, help="of the drawn orders of the mixed model")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON instead of a table")

    def handle(self, *, file: Path, method: str | None, seed: int, as_json: bool, **options: Any) -> None:
        """Print the result; the same file always gives the same bytes."""
        if not 0 <= seed < 2**32:
            raise CommandError(f"--seed: {seed} is not between 0 and {2**32 - 1}")
        try:
            answer = _counted(file.read_bytes(), method, seed)
        except (OSError, MalformedDossier, MalformedTable) as error:
            raise CommandError(f"{file}: {error}") from error
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for line in _printed(answer["rows"]):
            self.stdout.write(line)
        if "finalists" in answer:
            self.stdout.write(f"finalists: {', '.join(answer['finalists'])}")
        for tie in answer.get("ties", []):
            self.stdout.write(f"tie in {tie['category']}: {', '.join(tie['projects'])}, decided by {tie['decided_by']}")


def _counted(content: bytes, method: str | None, seed: int) -> dict[str, Any]:
    if looks_like_table(content):
        return answers.of_table(read_table(content), method or METHOD, seed=seed)
    data = parse(content)
    if _holds_ballots(data):
        return _of_ballots(data, method)
    given = read_dossier(data)
    chosen = next((known for known in METHODS if known == (method or given.method)), None)
    if chosen is None:
        raise MalformedDossier("the dossier", f"it holds marks, which {method} does not count")
    dossier = replace(given, method=chosen)
    result = count(dossier)
    counted = write_rows(dossier, result, seed) | {"input_sha256": fingerprint(to_dict(given))}
    return counted | {"code_version": CODE_VERSION} | write_result(dossier, result)


def _holds_ballots(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("input"), dict) and "votes" in data["input"]


def _of_ballots(data: dict[str, Any], method: str | None) -> dict[str, Any]:
    """Count the dossier of a frozen round without weighted marks."""
    given, names = own_parts(data, ballots.METHODS.values(), ballots.CODE_VERSION)
    if method not in (None, given["method"]):
        raise MalformedDossier("method", f"it was counted by {given['method']!r}")
    try:
        rows = ballots.written(ballots.count(given), names)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise MalformedDossier("the dossier", f"it has another shape than a frozen result ({error})") from error
    told = {"method": given["method"], "parameters": data["parameters"], "input_sha256": data["input_sha256"]}
    finalists = [row["entry"] for row in rows if row["finalist"]]
    return told | {"rows": rows, "code_version": ballots.CODE_VERSION, "finalists": finalists}


def _printed(rows: list[dict[str, Any]]) -> list[str]:
    """Return a table with the columns that have anything to say; numbers stand to the right."""
    names = [name for name in rows[0] if any(_is_said(row[name]) for row in rows)]
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(names))]
    is_text = [isinstance(rows[0][name], str) for name in names]
    return [
        "  ".join(
            cell.ljust(width) if text else cell.rjust(width)
            for cell, width, text in zip(line, widths, is_text, strict=True)
        ).rstrip()
        for line in cells
    ]


def _is_said(value: Any) -> bool:
    return value not in (None, "") and not isinstance(value, list | dict)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else str(value)

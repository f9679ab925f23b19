"""The last step of `make test`: which lines and branches did the tests reach, and is that enough?

Each part of the tests leaves its measure in `var/coverage/`; here they are put together. The thresholds and the list of
rules stand in pyproject.toml. One line a file that falls short, and exit 1.
"""

import json
import sys
import tempfile
import tomllib
from pathlib import Path

import coverage

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ROOT / "var" / "coverage"
RULES = "Rules are plain Python"
SHOWN = 15  # places a file


def faults(report: dict, project: dict) -> list[str]:
    """Return a line for each shortfall of coverage's JSON report, by the thresholds of pyproject.toml."""
    least = project["tool"]["kermesse"]["coverage"]
    contracts = project["tool"]["importlinter"]["contracts"]
    modules = next(contract for contract in contracts if contract["name"] == RULES)["source_modules"]
    rules = {f"{module.replace('.', '/')}.py" for module in modules}
    lines = [f"{name}: a rule that was not measured" for name in sorted(rules - report["files"].keys())]
    for name, file in sorted(report["files"].items()):
        asked, reached = least["rules" if name in rules else "each"], file["summary"]["percent_covered"]
        if reached < asked:
            lines.append(f"{name}: {reached:.1f} % of {asked} %; not reached: {_places(file)}")
    together = report["totals"]["percent_covered"]
    if together < least["all"]:
        lines.append(f"all files together: {together:.1f} % of {least['all']} %; the poorest are")
        lines += [f"  {name}: {file['summary']['percent_covered']:.1f} %" for name, file in _poorest(report["files"])]
    return lines


def _places(file: dict) -> str:
    """Name missing lines, and branches as `from->to`; `exit` leaves the function."""
    lines = [str(line) for line in file["missing_lines"]]
    branches = [f"{start}->{end if end > 0 else 'exit'}" for start, end in file["missing_branches"]]
    places = [*lines, *branches]
    return ", ".join(places[:SHOWN]) + (f" and {len(places) - SHOWN} more" if len(places) > SHOWN else "")


def _poorest(files: dict) -> list[tuple[str, dict]]:
    """Return the files that hold most of what is missing."""
    return sorted(files.items(), key=lambda item: -item[1]["summary"]["missing_lines"])[:20]


def measured() -> dict:
    """Put the measures together and return coverage's JSON report."""
    parts = [str(path) for path in sorted(MEASURES.glob("*")) if path.is_file()]
    with tempfile.TemporaryDirectory() as folder:
        together = coverage.Coverage(data_file=f"{folder}/data", config_file=str(ROOT / "pyproject.toml"))
        together.combine(parts, strict=True, keep=True)
        together.json_report(outfile=f"{folder}/report.json")
        return json.loads(Path(folder, "report.json").read_text())


def main() -> int:
    """Print what falls short."""
    report = measured()
    lines = faults(report, tomllib.loads((ROOT / "pyproject.toml").read_text()))
    sys.stdout.write(
        "\n".join([*lines, f"Coverage: {report['totals']['percent_covered']:.1f} % of lines and branches\n"])
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

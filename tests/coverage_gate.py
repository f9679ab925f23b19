"""The last step of `make test`: which lines and branches did the tests reach, and is that enough?

Rules are measured line by line and branch by branch, each by the test file of its own name alone; everything else line
by line, by all tests together (`sys.monitoring` counts lines for nothing; branches would make the tests half as slow
again). The thresholds and the list of rules stand in pyproject.toml. One line a file that falls short, and exit 1.

`python -m tests.coverage_gate rules` prints the test files of the rules.
"""

import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import coverage

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ROOT / "var" / "coverage"
RULES = "Rules are plain Python"
SHOWN = 15  # places a file


def faults(files: dict, project: dict) -> list[str]:
    """Return a line for each shortfall, by the thresholds of pyproject.toml.

    Args:
        files: Of each file, by name, what coverage's JSON report says.
        project: pyproject.toml.
    """
    least = project["tool"]["kermesse"]["coverage"]
    rules = {f"{module.replace('.', '/')}.py" for module in rule_modules(project)}
    lines = [f"{name}: a rule that was not measured" for name in sorted(rules - files.keys())]
    for name, file in sorted(files.items()):
        asked = 0 if name.startswith(tuple(least["apart"])) else least["each"]
        asked, reached = least["rules"] if name in rules else asked, file["summary"]["percent_covered"]
        if reached < asked:
            lines.append(f"{name}: {reached:.1f} % of {asked} %; not reached: {_places(file)}")
    if (reached := together(files)) < least["all"]:
        lines.append(f"all files together: {reached:.1f} % of {least['all']} %; the poorest are")
        lines += [f"  {name}: {file['summary']['percent_covered']:.1f} %" for name, file in _poorest(files)]
    return lines


def together(files: dict) -> float:
    """Return how many percent of all lines, and of the branches that were measured, were reached."""
    summaries = [file["summary"] for file in files.values()]
    reached = sum(it["covered_lines"] + it.get("covered_branches", 0) for it in summaries)
    there = sum(it["num_statements"] + it.get("num_branches", 0) for it in summaries)
    return 100 * reached / there


def rule_modules(project: dict) -> list[str]:
    """Return the dotted names of the rules, from the contract that keeps them plain."""
    contracts = project["tool"]["importlinter"]["contracts"]
    modules: list[str] = next(contract for contract in contracts if contract["name"] == RULES)["source_modules"]
    return modules


def rule_tests(project: dict) -> list[str]:
    """Return the test file of each rule."""
    names = [module.rpartition(".") for module in rule_modules(project)]
    return [f"tests/{package.replace('.', '/')}/test_{name}.py" for package, _, name in names]


def _places(file: dict) -> str:
    """Name missing lines, and branches as `from->to`; `exit` leaves the function."""
    lines = [str(line) for line in file["missing_lines"]]
    branches = [f"{start}->{end if end > 0 else 'exit'}" for start, end in file.get("missing_branches", [])]
    places = [*lines, *branches]
    return ", ".join(places[:SHOWN]) + (f" and {len(places) - SHOWN} more" if len(places) > SHOWN else "")


def _poorest(files: dict) -> list[tuple[str, dict]]:
    """Return the files that hold most of what is missing."""
    return sorted(files.items(), key=lambda item: -item[1]["summary"]["missing_lines"])[:20]


def _measured(folder: Path) -> dict[str, Any]:
    """Put the measures of a folder together and return what coverage reports of each file."""
    parts = [str(path) for path in sorted(folder.glob("*")) if path.is_file()]
    with tempfile.TemporaryDirectory() as scratch:
        whole = coverage.Coverage(data_file=f"{scratch}/data", config_file=str(ROOT / "pyproject.toml"))
        whole.combine(parts, strict=True, keep=True)
        whole.json_report(outfile=f"{scratch}/report.json")
        files: dict[str, Any] = json.loads(Path(scratch, "report.json").read_text())["files"]
    return files


def main(arguments: list[str]) -> int:
    """Print what falls short, or the tests of the rules."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    if arguments == ["rules"]:
        sys.stdout.write(" ".join(rule_tests(project)) + "\n")
        return 0
    rules = {f"{module.replace('.', '/')}.py" for module in rule_modules(project)}
    of_rules = {name: file for name, file in _measured(MEASURES / "rules").items() if name in rules}
    files = _measured(MEASURES / "lines") | of_rules
    lines = faults(files, project)
    sys.stdout.write("\n".join([*lines, f"Coverage: {together(files):.1f} %\n"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The gate of `make test` refuses what falls short, and says where."""

import tomllib

import pytest

from tests import coverage_gate

PROJECT = {
    "tool": {
        "kermesse": {"coverage": {"rules": 100, "each": 80, "all": 90, "apart": ["app/demo/"]}},
        "importlinter": {"contracts": [{"name": coverage_gate.RULES, "source_modules": ["app.tally"]}]},
    }
}


def _files(**percent):
    return {
        f"app/{name.replace('__', '/')}.py": {
            "summary": {
                "percent_covered": reached,
                "covered_lines": reached,
                "num_statements": 100,
                "missing_lines": 1,
            },
            "missing_lines": [7],
            "missing_branches": [[3, -1], [5, 9]],
        }
        for name, reached in percent.items()
    }


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        (_files(tally=100, views=80), []),
        (_files(tally=99.9, views=90), ["app/tally.py: 99.9 % of 100 %; not reached: 7, 3->exit, 5->9"]),
        (_files(tally=100, models=100, views=79), ["app/views.py: 79.0 % of 80 %; not reached: 7, 3->exit, 5->9"]),
        (_files(views=100), ["app/tally.py: a rule that was not measured"]),
        (_files(tally=100, views=100, demo__loader=70), []),
        (
            _files(tally=100, views=80, models=80, urls=80),
            ["all files together: 85.0 % of 90 %; the poorest are"]
            + [
                f"  app/{name}.py: {it}.0 %"
                for name, it in (("tally", 100), ("views", 80), ("models", 80), ("urls", 80))
            ],
        ),
    ],
)
def test_what_falls_short_is_one_line(files, lines):
    assert coverage_gate.faults(files, PROJECT) == lines


def test_branches_count_where_they_were_measured():
    files = _files(views=100)
    files["app/views.py"]["summary"] |= {"covered_branches": 0, "num_branches": 100}

    assert coverage_gate.together(files) == 50


def test_each_rule_has_the_test_file_of_its_name():
    project = tomllib.loads((coverage_gate.ROOT / "pyproject.toml").read_text())

    assert [name for name in coverage_gate.rule_tests(project) if not (coverage_gate.ROOT / name).exists()] == []

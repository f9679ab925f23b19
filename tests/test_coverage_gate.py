"""The gate of `make test` refuses what falls short, and says where."""

import pytest

from tests import coverage_gate

PROJECT = {
    "tool": {
        "kermesse": {"coverage": {"rules": 100, "each": 80, "all": 90}},
        "importlinter": {"contracts": [{"name": coverage_gate.RULES, "source_modules": ["app.tally"]}]},
    }
}


def _report(together=95, **percent):
    files = {
        f"app/{name}.py": {
            "summary": {"percent_covered": reached, "missing_lines": 1},
            "missing_lines": [7],
            "missing_branches": [[3, -1], [5, 9]],
        }
        for name, reached in percent.items()
    }
    return {"files": files, "totals": {"percent_covered": together}}


@pytest.mark.parametrize(
    ("report", "lines"),
    [
        (_report(tally=100, views=80), []),
        (_report(tally=99.9, views=90), ["app/tally.py: 99.9 % of 100 %; not reached: 7, 3->exit, 5->9"]),
        (_report(tally=100, views=79), ["app/views.py: 79.0 % of 80 %; not reached: 7, 3->exit, 5->9"]),
        (_report(views=100), ["app/tally.py: a rule that was not measured"]),
        (
            _report(together=89.9, tally=100),
            ["all files together: 89.9 % of 90 %; the poorest are", "  app/tally.py: 100.0 %"],
        ),
    ],
)
def test_what_falls_short_is_one_line(report, lines):
    assert coverage_gate.faults(report, PROJECT) == lines

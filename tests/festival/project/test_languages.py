"""The languages and the zone of the installation: other ones, and malformed ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def run(*command, **variables):
    """Run Python with other settings; return the code it ended with and what it said."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.week
def test_a_festival_elsewhere_speaks_its_languages_and_keeps_its_time():
    options = ("-q", "-p", "no:randomly", "-p", "no:xdist")

    code, said = run(
        *("-m", "pytest", *options, "tests/festival/project/abroad.py"),
        LANGUAGES="ca,es",
        TIME_ZONE="Atlantic/Canary",
    )

    assert code == 0, said


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"LANGUAGES": "ca,tlh"}, "LANGUAGES names “tlh”, which is not the code of a language Django knows."),
        ({"LANGUAGES": ","}, "LANGUAGES must name at least one language, for example LANGUAGES=fr,en."),
        ({"LANGUAGES": "fr,fr"}, "LANGUAGES names the language “fr” twice."),
        ({"TIME_ZONE": "Atlantic/Atlantis"}, "TIME_ZONE names “Atlantic/Atlantis”, which is no time zone"),
    ],
)
def test_what_cannot_be_stops_the_start_with_one_line(variables, sentence):
    code, said = run("-c", "import tests.settings", **variables)

    assert code == 1
    assert sentence in said.splitlines()[-1]

"""There is a sentence for whatever can happen."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from tickets.payments.settling import Outcome
from tickets.statements import wording
from tickets.statements.entries import Fault

READERS = Path(wording.__file__).parent
CODES = {
    code
    for name in ("camt", "mt940", "bank_csv", "reading")
    for line in (READERS / f"{name}.py").read_text().splitlines()
    if re.search(r"fault\(|whole_file\(", line) and "def " not in line
    for code in re.findall(r"\"([a-z_0-9]{3,})\"", line)
}


def test_the_codes_were_found():
    assert {"xml_forbidden", "balance_differs", "no_headings", "too_large"} <= CODES


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_fault_has_its_sentence(code, language):
    with translation.override(language):
        assert wording.fault(Fault(1, code)).endswith(".")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_names_its_order(outcome):
    assert "K7M4QX2V" in wording.outcome(outcome, "K7M4QX2V")

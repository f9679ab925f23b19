"""Every verb of the code is said in words on the screen of the audit log."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from festival.cms import audit_viewsets
from tests.factories.festival import audit_entry

ROOT = Path(__file__).parents[3]
RECORDING = {"record", "record_change", "_record", "Act"}
ITS_NAME = re.compile(r"(?:[a-z_]+\.)?([a-z_]+)")


def verbs():
    """Return the second word of each verb that some call in our code records, with the file."""
    files = [path for app in ("festival", "program", "tickets", "awards") for path in (ROOT / app).rglob("*.py")]
    found = {}
    for path in (path for path in files if "node_modules" not in path.parts):
        for text in _recorded(ast.parse(path.read_text())):
            if match := ITS_NAME.fullmatch(text):
                found[match[1]] = path.name
    return found


def _recorded(tree):
    """Yield the texts that stand as verbs in the calls that record."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in RECORDING:
            for argument in call.args[:2]:
                if not isinstance(argument, ast.Call):
                    yield from (one.value for one in ast.walk(argument) if isinstance(getattr(one, "value", None), str))


def test_each_verb_of_the_code_has_its_words():
    found = verbs()

    assert len(found) > 30
    assert {verb: place for verb, place in found.items() if verb not in audit_viewsets.ACTS} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Order: order placed"), ("fr", "Commande\xa0: commande passée")]
)
def test_what_was_done_is_said_in_the_reader_s_language(language, words):
    with override(language):
        assert audit_viewsets.act(audit_entry(verb="order.placed", subject_type="tickets.order")) == words


@pytest.mark.django_db
def test_what_an_older_version_wrote_is_shown_as_it_is():
    with override("en"):
        assert audit_viewsets.act(audit_entry(verb="order.sung", subject_type="tickets.order")) == "order.sung"
        assert audit_viewsets.act(audit_entry(verb="order.changed", subject_type="gone.table")) == "Gone.table: change"

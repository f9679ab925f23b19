"""A copy of what was sent in, in words."""

import pytest
from django.utils.translation import override

from awards.applying.report import lines_of
from awards.models import EntryRevision
from tests.factories.awards import EntryFactory

pytestmark = pytest.mark.django_db
ASKED = {"question": "", "slug": "", "version": 1, "label": {"fr": "Combien ?", "en": "How many?"}, "shown": []}


def revision(**changes):
    snapshot = {
        "category": {"uuid": "", "name": {"fr": "Fabriquer", "en": "Making"}},
        "facts": {
            "title": "Oven", "legal_form": "scop", "country": "FR", "language": "fr",
            "founded": 2019, "community_size": 12000, "website": "", "video": None,
        },
        "answers": [
            ASKED | {"kind": "number", "value": 4000},
            ASKED | {"kind": "date", "value": "2027-01-15"},
            ASKED | {"kind": "choice", "value": "a", "shown": [{"fr": "Oui", "en": "Yes"}]},
            ASKED | {"kind": "budget", "value": [{"label": "Oven", "cents": -120000}]},
            ASKED | {"kind": "text", "value": "Words."},
        ],
        "files": [{"name": "plan.pdf"}],
    }  # fmt: skip
    return EntryRevision(entry=EntryFactory(), number=1, snapshot=changes or snapshot, sha256="0" * 64)


def test_every_answer_is_there_in_the_reader_s_language():
    with override("en"):
        lines = lines_of(revision())
    assert lines[:7] == [
        ("Category", "Making"),
        ("Title of the project", "Oven"),
        ("Legal form", "Scop, a workers’ co-operative"),
        ("Country", "France"),
        ("Language of this application", "French"),
        ("Year of the beginning", "2019"),
        ("People in the community", "12,000"),
    ]
    assert [words for _label, words in lines[7:]][2] == "Yes"
    assert "15 January 2027" in lines[8][1].replace("\N{NO-BREAK SPACE}", " ")
    assert lines[10][1].startswith("Oven")
    assert lines[-1] == ("File", "plan.pdf")


def test_nothing_is_left_of_what_was_erased():
    assert lines_of(revision(erased=True)) == []

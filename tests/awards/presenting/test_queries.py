"""What is told of a call is asked of the database once a generation, and nothing of another call is in it."""

import pytest

from awards.models import RulesVersion
from awards.presenting.queries import prospectus_of
from festival.core.writing import writing
from tests.factories.awards import CallFactory, QuestionFactory, at, both

pytestmark = pytest.mark.django_db


def test_a_prospectus_is_one_call_s_and_follows_what_is_published(django_assert_num_queries):
    call, other = CallFactory(), CallFactory()
    QuestionFactory(call=other)
    text = both("Texte", "Text")
    for day, version in enumerate(("0.8", "0.9", "1.0"), 1):
        adopted_at = at(f"2026-11-0{day}T10:00")
        RulesVersion.objects.create(call=call, version=version, text=text, adopted_at=adopted_at)
    told = prospectus_of(call)
    assert told.questions == ()
    assert [kept.version for kept in told.earlier] == ["0.9", "0.8"]
    with django_assert_num_queries(0):
        prospectus_of(call)
    with writing(public=True):
        QuestionFactory(call=call)
    assert len(prospectus_of(call).questions) == 1

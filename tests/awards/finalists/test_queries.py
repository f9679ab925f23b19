"""Which results are to be told, and to whom."""

import pytest

from awards.finalists.queries import due, to_tell
from awards.models import FinalistLetter, Tally
from tests.factories.awards import AFTER, EntryFactory, first_round
from tests.factories.deciding import frozen

pytestmark = pytest.mark.django_db


def test_to_tell_is_every_project_of_the_round_with_what_it_was_told_before():
    call = frozen().call
    EntryFactory(call=call, slug="draft", state="draft")
    tally = Tally.objects.select_related("round").get()
    told = to_tell(tally)
    assert [(item.entry.slug, item.is_finalist, item.is_news) for item in told] == [
        ("a", True, True),
        ("b", True, True),
        ("c", False, True),
    ]
    for item, was in zip(told, (True, False, False), strict=True):
        FinalistLetter.objects.create(tally=tally, entry=item.entry, is_finalist=was, told_at=AFTER)
    assert [item.is_news for item in to_tell(tally)] == [False, True, False]


def test_due_is_no_vote_of_the_public():
    call = frozen().call
    judged = first_round(call)
    assert due(judged.announced_at) == [Tally.objects.get().pk]
    judged.kind = "public"
    judged.save()
    assert due(judged.announced_at) == []

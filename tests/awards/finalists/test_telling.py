"""Each applicant is told once whether their project is a finalist, before everybody, and never two opposite things."""

from datetime import timedelta

import pytest
from django.core import mail

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell_due as announce_due
from awards.finalists.queries import due
from awards.finalists.telling import tell, tell_due
from awards.models import Applicant, Entry, FinalistLetter, Tally
from awards.results.deliberation import NOT_YET, Publication, freeze_result, publish
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.awards import AFTER, EntryFactory, first_round
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MS = timedelta(milliseconds=1)


@pytest.fixture
@remembered
def chair():
    return frozen()


def planned(chair):
    """When the finalists become public."""
    return first_round(chair.call).announced_at


def sent():
    return {message.to[0]: message for message in mail.outbox}


def test_tell_due_waits_for_its_moment_and_tells_once(chair, run_outbox):
    assert [tell_due(planned(chair) - DAY - MS), tell_due(planned(chair) - DAY), tell_due(planned(chair))] == [0, 1, 0]
    run_outbox()
    assert sorted(sent()) == ["a@example.org", "b@example.org", "c@example.org"]
    assert len(mail.outbox) == 3
    assert AuditEntry.objects.get(verb="finalists.told").facts["mails"] == 3


def test_tell_says_no_more_than_what_concerns_the_project(chair, run_outbox, settings):
    settings.FESTIVAL_CLOCK = "2027-04-07T12:00"
    Applicant.objects.filter(email="a@example.org").update(language="en")
    tell_due(planned(chair) - DAY)
    run_outbox()
    letters = sent()
    assert "Congratulations" in letters["a@example.org"].body
    assert "April" in letters["a@example.org"].body
    assert "est finaliste" in letters["b@example.org"].body
    assert "ne fait pas partie" in letters["c@example.org"].body
    for address, message in letters.items():
        assert "Juror" not in message.body
        assert not any(f"Projet {slug}" in message.body for slug in {"a", "b", "c"} - {address[0]})


def test_tell_without_a_moment_tells_nobody(chair):
    tally = Tally.objects.get()
    publish(tally_id=tally.pk, publication=NOT_YET, actor=Actor.of_user(chair.user), now=AFTER)
    assert tell_due(planned(chair)) == 0
    assert not tell(tally_id=tally.pk, now=planned(chair))
    moved = Publication(moment=planned(chair) + 9 * DAY)
    publish(tally_id=tally.pk, publication=moved, actor=Actor.of_user(chair.user), now=AFTER)
    assert due(planned(chair) + 8 * DAY) == [tally.pk]
    assert due(planned(chair) + 8 * DAY - MS) == []


def test_tell_leaves_out_who_left_the_contest_and_whom_nobody_can_write_to(chair, run_outbox):
    chair.call.entries.filter(slug="c").update(state=Entry.State.WITHDRAWN)
    EntryFactory(call=chair.call, slug="by-hand")
    tell_due(planned(chair))
    run_outbox()
    assert sorted(sent()) == ["a@example.org", "b@example.org"]
    assert FinalistLetter.objects.get(entry__slug="by-hand").mail is None


def test_tell_of_a_newer_result_corrects_where_it_differs(chair, run_outbox):
    tell_due(planned(chair))
    run_outbox()
    mail.outbox.clear()
    chair.call.entries.filter(slug="b").update(state=Entry.State.DISQUALIFIED)
    freeze_result(
        round_id=first_round(chair.call).pk,
        by=chair.user,
        publication=Publication(moment=planned(chair)),
        now=planned(chair),
    )
    assert tell_due(planned(chair)) == 1
    run_outbox()
    assert sorted(sent()) == ["c@example.org"]
    assert "corriger" in sent()["c@example.org"].body
    assert "est finaliste" in sent()["c@example.org"].body


def test_a_mail_that_waits_is_not_sent_once_another_result_is_frozen(chair, run_outbox):
    tell_due(planned(chair))
    freeze_result(round_id=first_round(chair.call).pk, by=chair.user, now=planned(chair))
    run_outbox()
    assert mail.outbox == []


def test_the_winners_are_no_news_to_who_knows_that_they_are_out(chair, run_outbox):
    tell_due(planned(chair))
    won(chair)
    plan(call_id=chair.call.pk, plan=Plan(TELL, PUBLIC), by=chair.user, now=DECIDED)
    run_outbox()
    mail.outbox.clear()
    announce_due(TELL)
    run_outbox()
    assert sorted(sent()) == ["a@example.org", "b@example.org"]

"""What a vote shows at each moment; before it is announced, nothing of how it goes."""

import pytest

from awards.models import Entry
from awards.voting import queries
from awards.voting.closing import freeze_vote
from tests.awards.voting.conftest import ANNOUNCED, CLOSED, OPEN, by_ticket, cast, later, send

pytestmark = pytest.mark.django_db


def test_there_is_a_vote_once_finalists_are_public(ballot_box):
    assert queries.vote_at(now=ballot_box.follows.announced_at - (OPEN - OPEN.replace(hour=11))) is None

    found = queries.vote_at(now=OPEN)

    assert found.round == ballot_box
    assert sorted(entry.slug for entry in found.entries) == ["first", "second"]
    assert (found.is_open, found.is_to_come) == (True, False)
    assert queries.vote_at(now=later(ballot_box.opens, seconds=-1)).is_to_come
    assert not queries.vote_at(now=CLOSED).is_open


def test_a_finalist_that_left_the_contest_is_on_no_ballot(ballot_box):
    Entry.objects.filter(slug="first").update(state=Entry.State.WITHDRAWN)

    assert [entry.slug for entry in queries.finalists_of(ballot_box, now=OPEN)] == ["second"]


def test_finalists_are_those_of_the_round_that_it_follows_or_of_any(ballot_box):
    assert queries.finalists_of(ballot_box, now=later(ballot_box.follows.announced_at, seconds=-1)) == []
    ballot_box.follows = None

    assert {entry.slug for entry in queries.finalists_of(ballot_box, now=OPEN)} == {"first", "second"}


def test_the_result_is_there_from_its_moment_on(ballot_box):
    cast(ballot_box, "x", first=4, second=1)
    cast(ballot_box, "y", first=3)
    assert queries.result_of(queries.vote_at(now=CLOSED)) is None
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)

    assert queries.result_of(queries.vote_at(now=later(ANNOUNCED, seconds=-1))) is None
    result = queries.result_of(queries.vote_at(now=ANNOUNCED))

    assert (result.ballots, [entry.slug for entry in result.winners]) == (2, ["first"])
    assert [(line.entry.slug, line.row.rank, line.row.grades) for line in result.lines] == [
        ("first", 1, 2),
        ("second", 2, 1),
    ]
    assert result.lines[0].shares == (0, 0, 0, 5000, 5000)


def test_a_ballot_whose_grades_are_gone_does_not_count(ballot_box):
    cast(ballot_box, "x", first=4)

    assert queries.counted_ballots(ballot_box) == [{str(Entry.objects.get(slug="first").uuid): 4}]


def test_keys_say_nothing_and_networks_are_forgotten_by_the_day(ballot_box):
    key = queries.voter_key(ballot_box, "mail zoe@example.org")

    assert (len(key), "zoe" in key) == (64, False)
    assert queries.network_key("192.0.2.7", now=OPEN) != queries.network_key("192.0.2.7", now=later(OPEN, days=1))
    assert queries.network_key("", now=OPEN) == ""


def test_gone_tickets_are_asked_for_where_one_has_voted(ballot_box):
    assert queries.tickets_gone(ballot_box) == set()

    ballot = by_ticket(ballot_box, "CCCC-CCCC", first=1)

    assert queries.tickets_gone(ballot_box) == {ballot.ticket}


def test_a_link_leads_to_its_ballot_and_a_void_one_is_told_by_its_reason(ballot_box):
    ballot = by_ticket(ballot_box, first=1)
    assert queries.ballot_of_link(ballot.uuid, ballot_box) == ballot
    assert queries.grades_of(ballot) == {str(Entry.objects.get(slug="first").uuid): 1}
    sent = send(ballot_box, email="new@example.org", first=1)
    assert queries.ballot_of_link(sent.uuid, ballot_box) is None

    ballot_box.public_ballots.update(state="void", state_reason="burst")

    assert queries.voided(ballot_box) == {"burst": 1}
    assert queries.counted_ballots(ballot_box) == []

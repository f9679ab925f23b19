"""One ballot a voter, confirmed by its link, changed until the end, and never after it."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from awards.exceptions.voting import EmptyBallot, NewerBallot, NoTicket, NotOnBallot, TicketUsed, VoteNotOpen, WayClosed
from awards.models import PublicBallot, PublicGrade, SentBallot
from awards.voting import casting
from awards.voting.closing import freeze_vote
from festival.models import AuditEntry, OutgoingMail
from tests.awards.voting.conftest import CLOSED, OPEN, TICKETS, by_ticket, cast, grades, later, send, uuid_of

pytestmark = pytest.mark.django_db


def kept(box):
    return {
        ballot.voter: {grade.entry.slug: grade.value for grade in ballot.grades.select_related("entry")}
        for ballot in box.public_ballots.all()
    }


def test_nothing_counts_before_the_link_was_opened(ballot_box):
    sent = send(ballot_box, first=4)

    assert not PublicBallot.objects.exists()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.fact_id) == ("vote.confirm", "zoe@example.org", "fr", str(sent.pk))
    assert "zoe" not in f"{sent.voter} {sent.domain} {sent.grades}"

    ballot = casting.confirm(uuid=sent.uuid, now=later(OPEN, minutes=5))

    assert kept(ballot_box) == {sent.voter: {"first": 4}}
    assert (ballot.state, ballot.domain, ballot.network) == ("valid", "example.org", "n")
    told = AuditEntry.objects.get(verb="ballot.counted")
    assert (told.actor, told.facts) == ("voter", {"round": str(ballot_box.uuid)})


def test_opening_the_link_again_changes_nothing(ballot_box):
    sent = send(ballot_box, first=4)
    first = casting.confirm(uuid=sent.uuid, now=OPEN)

    again = casting.confirm(uuid=sent.uuid, now=later(OPEN, days=1))

    assert (again.pk, again.confirmed_at) == (first.pk, OPEN)
    assert AuditEntry.objects.filter(verb__startswith="ballot.").count() == 1


@pytest.mark.parametrize("email", ["zoe@example.org", "ZOE@example.org", "zoe+fest@example.org"])
def test_another_ballot_of_the_same_mailbox_takes_the_place_of_the_first(ballot_box, email):
    casting.confirm(uuid=send(ballot_box, first=4, second=1).uuid, now=OPEN)
    newer = send(ballot_box, email=email, now=later(OPEN, hours=1), second=3)

    casting.confirm(uuid=newer.uuid, now=later(OPEN, hours=2))

    assert kept(ballot_box) == {newer.voter: {"second": 3}}
    assert AuditEntry.objects.filter(verb="ballot.changed").count() == 1


def test_an_older_link_does_not_take_the_place_of_a_newer_ballot(ballot_box):
    older = send(ballot_box, first=0)
    newer = send(ballot_box, now=later(OPEN, minutes=1), first=4)
    casting.confirm(uuid=newer.uuid, now=later(OPEN, minutes=2))

    with pytest.raises(NewerBallot):
        casting.confirm(uuid=older.uuid, now=later(OPEN, minutes=3))

    assert kept(ballot_box) == {newer.voter: {"first": 4}}


def test_another_voter_and_another_vote_have_other_keys(ballot_box):
    one, other = send(ballot_box, first=4), send(ballot_box, email="bo@example.org", first=1)

    assert one.voter != other.voter
    assert len(one.voter) == 64


@pytest.mark.parametrize(
    ("given", "refused"), [({}, EmptyBallot), ({"third": 4}, NotOnBallot), ({"first": 5}, NotOnBallot)]
)
def test_a_ballot_grades_finalists_in_the_words_that_there_are(ballot_box, given, refused):
    with pytest.raises(refused):
        send(ballot_box, **given)
    with pytest.raises(refused):
        cast(ballot_box, "x", **given)

    assert not SentBallot.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(("milliseconds", "is_open"), [(-1, True), (0, True), (1, False)])
def test_the_end_holds_to_the_millisecond(ballot_box, milliseconds, is_open):
    at = ballot_box.closes + dt.timedelta(milliseconds=milliseconds)
    sent = send(ballot_box, first=4)

    if is_open:
        cast(ballot_box, "x", now=at, first=1)
        casting.confirm(uuid=sent.uuid, now=at)
    else:
        for try_it in (lambda: cast(ballot_box, "x", now=at, first=1), lambda: casting.confirm(uuid=sent.uuid, now=at)):
            with pytest.raises(VoteNotOpen):
                try_it()

    assert ballot_box.public_ballots.count() == (2 if is_open else 0)


def test_before_it_opens_nobody_votes(ballot_box):
    with pytest.raises(VoteNotOpen):
        send(ballot_box, now=ballot_box.opens - dt.timedelta(milliseconds=1), first=4)


def test_a_vote_that_was_counted_takes_no_ballot_on_its_way(ballot_box):
    cast(ballot_box, "x", first=4)
    ballot_box.closes = OPEN
    ballot_box.save()
    freeze_vote(round_id=ballot_box.pk, by=None, now=later(OPEN, seconds=1))
    ballot_box.closes = later(OPEN, hours=1)
    ballot_box.save()

    with pytest.raises(VoteNotOpen):
        cast(ballot_box, "y", now=OPEN, first=1)


def test_what_was_never_sent_is_not_there(ballot_box):
    with pytest.raises(SentBallot.DoesNotExist):
        casting.confirm(uuid=uuid.uuid4(), now=OPEN)


def test_ballots_that_nobody_confirmed_are_forgotten(ballot_box):
    send(ballot_box, first=4)
    fresh = send(ballot_box, now=later(OPEN, days=1), first=4)

    assert casting.forget_unconfirmed(later(OPEN, days=2)) == 1
    assert list(SentBallot.objects.values_list("pk", flat=True)) == [fresh.pk]


def test_grades_are_one_thing_with_their_ballot(ballot_box):
    cast(ballot_box, "x", first=4, second=2)
    cast(ballot_box, "x", now=CLOSED - dt.timedelta(days=1), second=2)

    assert list(PublicGrade.objects.values_list("entry__slug", "value")) == [("second", 2)]
    assert grades(ballot_box, first=1) == {uuid_of(ballot_box, "first"): 1}


def test_a_ticket_votes_at_once_and_a_mail_of_its_holder_is_the_same_ballot(ballot_box):
    first = by_ticket(ballot_box, first=4)
    assert (first.domain, first.state, len(first.ticket)) == ("example.org", "valid", 64)

    sent = send(ballot_box, email="ZOE+fest@example.org", now=later(OPEN, minutes=1), second=1)
    second = casting.confirm(uuid=sent.uuid, now=later(OPEN, minutes=2))

    assert (second.pk, second.ticket) == (first.pk, "")
    assert kept(ballot_box) == {first.voter: {"second": 1}}


def test_two_tickets_of_one_mailbox_are_one_ballot_and_another_s_is_another(ballot_box):
    by_ticket(ballot_box, first=4)
    by_ticket(ballot_box, "BBBB-BBBB", now=later(OPEN, minutes=1), first=2)
    by_ticket(ballot_box, "CCCC-CCCC", now=later(OPEN, minutes=1), first=0)

    assert sorted(grades["first"] for grades in kept(ballot_box).values()) == [0, 2]


def test_a_ticket_that_was_passed_on_votes_once(ballot_box, monkeypatch):
    by_ticket(ballot_box, first=4)
    monkeypatch.setitem(TICKETS, "AAAA-AAAA", ("1", "ida@example.org"))

    with pytest.raises(TicketUsed):
        by_ticket(ballot_box, now=later(OPEN, hours=1), first=0)

    assert [grades["first"] for grades in kept(ballot_box).values()] == [4]


def test_what_is_no_ticket_casts_nothing(ballot_box):
    with pytest.raises(NoTicket):
        by_ticket(ballot_box, "DDDD-DDDD", first=4)
    with pytest.raises(EmptyBallot):
        by_ticket(ballot_box)
    with pytest.raises(VoteNotOpen):
        by_ticket(ballot_box, now=CLOSED, first=4)
    assert not PublicBallot.objects.exists()


@pytest.mark.parametrize(("voters", "closed"), [("mail", "ticket"), ("ticket", "mail")])
def test_the_round_says_who_votes(ballot_box, voters, closed):
    ballot_box.voters = voters
    ballot_box.save()
    ways = {"ticket": by_ticket, "mail": send}

    with pytest.raises(WayClosed):
        ways[closed](ballot_box, first=4)
    ways[voters](ballot_box, first=4)


def test_without_a_shop_nobody_votes_by_ticket(ballot_box, settings):
    settings.VOTER_OF_TICKET = ""

    with pytest.raises(WayClosed):
        by_ticket(ballot_box, first=4)


def test_on_its_own_page_a_ballot_changes_and_stays_what_it_is(ballot_box):
    ballot = by_ticket(ballot_box, first=4)
    PublicBallot.objects.update(state="void", state_reason="network")
    given = {"ballot": ballot, "network": "m"}

    casting.change(**given, grades=grades(ballot_box, second=2), now=later(OPEN, hours=1))

    changed = PublicBallot.objects.get()
    assert kept(ballot_box) == {ballot.voter: {"second": 2}}
    assert (changed.ticket, changed.network, changed.state) == (ballot.ticket, "m", "void")
    with pytest.raises(EmptyBallot):
        casting.change(**given, grades={}, now=later(OPEN, hours=2))
    with pytest.raises(VoteNotOpen):
        casting.change(**given, grades=grades(ballot_box, first=1), now=CLOSED)


def test_the_link_of_a_ballot_that_counts_stays(ballot_box):
    sent = send(ballot_box, first=4)
    casting.confirm(uuid=sent.uuid, now=OPEN)

    assert casting.forget_unconfirmed(later(OPEN, days=5)) == 0
    assert SentBallot.objects.get() == sent


@pytest.mark.parametrize(
    "tamper",
    [
        lambda ballot: PublicBallot.objects.update(state="void", state_reason="other"),
        lambda ballot: PublicBallot.objects.update(sealed_at=None),
        lambda ballot: PublicBallot.objects.update(network="x"),
        lambda ballot: ballot.delete(),
        lambda ballot: PublicGrade.objects.update(value=0),
        lambda ballot: PublicGrade.objects.all().delete(),
        lambda ballot: PublicGrade.objects.create(
            ballot=ballot, entry=ballot.round.call.entries.get(slug="second"), value=4
        ),
        lambda ballot: PublicBallot.objects.create(
            round=ballot.round, voter="y", sent_at=CLOSED, confirmed_at=later(CLOSED, hours=1)
        ),
    ],
)
def test_the_database_keeps_what_was_counted(ballot_box, tamper):
    ballot = cast(ballot_box, "x", first=4)
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)
    ballot.refresh_from_db()

    with pytest.raises(IntegrityError), transaction.atomic():
        tamper(ballot)


def test_in_a_rehearsal_the_clock_goes_back_and_one_votes_again(ballot_box):
    cast(ballot_box, "x", first=4)
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)

    cast(ballot_box, "x", now=later(OPEN, hours=1), first=1)
    cast(ballot_box, "y", now=later(OPEN, hours=1), first=1)
    freeze_vote(round_id=ballot_box.pk, by=None, now=later(CLOSED, hours=1))

    assert set(PublicBallot.objects.values_list("sealed_at", flat=True)) == {later(CLOSED, hours=1)}

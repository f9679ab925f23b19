"""Ballots, pairs and the chair's table over HTTP, without any script."""

from datetime import timedelta

import pytest

from awards.models import JuryBallot, PairAnswer
from tests.factories.awards import AFTER, JurorFactory
from tests.factories.ballots import ballot_round, prefer, vote

pytestmark = pytest.mark.django_db
BALLOT, PAIRS, BOARD = "/jury/prix/ballot/", "/jury/prix/pairs/", "/jury/prix/chair/ballots/"


def text(response):
    return " ".join(response.content.decode().split())


def test_ballot_of_grades_asks_for_what_is_missing_and_keeps_what_was_chosen(at_the_desk, during, juror):
    ballot_round("grade", call=juror.call)
    assert text(at_the_desk.get(BALLOT)).count('type="radio"') == 18
    response = at_the_desk.post(BALLOT, {"version": 0, "entry-a": "4", "submit": "1"})
    assert response.status_code == 422
    assert text(response).count(" checked") == 1
    assert response.context["form"].errors.keys() == {"entry-b", "entry-c"}
    whole = {"version": 0, "entry-a": "4", "entry-b": "2", "entry-c": "0", "submit": "1"}
    assert at_the_desk.post(BALLOT, whole).url == BALLOT
    assert JuryBallot.objects.get().state == "submitted"
    assert text(at_the_desk.get(BALLOT)).count(" checked") == 3


def test_ballot_of_ranks_is_partial_and_a_stale_tab_changes_nothing(at_the_desk, during, juror):
    ballot_round("rank", call=juror.call)
    at_the_desk.post(BALLOT, {"version": 0, "entry-a": "1", "entry-b": "", "draft": "1"})
    stale = at_the_desk.post(BALLOT, {"version": 0, "entry-a": "", "entry-b": "1", "submit": "1"})
    assert stale.status_code == 409
    assert 'name="version" value="1"' in text(stale)
    assert JuryBallot.objects.get().lines.get().entry.slug == "a"
    assert at_the_desk.post(BALLOT, {"version": 1, "entry-a": "7", "submit": "1"}).status_code == 422


def test_ballot_of_approvals_says_how_many(at_the_desk, during, juror):
    ballot_round("approve", call=juror.call, most_approved=1)
    response = at_the_desk.post(BALLOT, {"version": 0, "entry-a": "on", "entry-b": "on", "submit": "1"})
    assert response.status_code == 422
    assert at_the_desk.post(BALLOT, {"version": 0, "entry-a": "on", "submit": "1"}).status_code == 302
    assert sorted(JuryBallot.objects.get().lines.values_list("value", flat=True)) == [0, 0, 1]


def test_ballot_of_checks(at_the_desk, during, juror):
    ballot_round("check", call=juror.call)
    sent = {"version": 0, "entry-a": "1", "entry-b": "0", "entry-c": "1", "submit": "1"}
    assert at_the_desk.post(BALLOT, sent).status_code == 302


def test_ballot_by_the_scale_of_the_rounds_rubric(at_the_desk, during, juror):
    ballot_round("grade", call=juror.call, rubric=juror.call.rubrics.get())
    assert "Exemplaire" in text(at_the_desk.get(BALLOT))


def test_pairs_are_answered_skipped_and_taken_back(at_the_desk, during, juror):
    ballot_round("pairwise", call=juror.call)
    assert at_the_desk.get(BALLOT).url == PAIRS
    one, other = at_the_desk.get(PAIRS).context["asked"].pair
    sent = {"one": one.pk, "other": other.pk}
    at_the_desk.post(PAIRS, sent | {"winner": other.pk})
    assert PairAnswer.objects.get().winner == other
    at_the_desk.post(PAIRS, {"undo": "1"})
    assert not PairAnswer.objects.standing().exists()
    at_the_desk.post(PAIRS, sent | {"skip": "1"})
    assert PairAnswer.objects.standing().get().winner is None
    at_the_desk.post(PAIRS, {"one": "x", "other": "2"})
    assert PairAnswer.objects.standing().count() == 1
    assert at_the_desk.get(f"{PAIRS}?with=c").context["asked"].pair[0].slug == "c"


def test_pairs_are_not_for_ballots(at_the_desk, during, juror):
    ballot_round("rank", call=juror.call)
    assert at_the_desk.get(PAIRS).url == BALLOT


@pytest.mark.parametrize(("mode", "values"), [("grade", (3, 2, 1)), ("rank", (1, 2, 3)), ("approve", (1, 0, 0))])
def test_board_shows_the_table_once_the_chairs_own_ballot_is_in(in_the_chair, during, chair, mode, values):
    judged = ballot_round(mode, call=chair.call)
    given = dict(zip("abc", values, strict=True))
    vote(judged, JurorFactory(call=chair.call), **given)
    assert "<table" not in text(in_the_chair.get(BOARD))
    vote(judged, chair, **given)
    assert in_the_chair.get(BOARD).context["lines"][0].rank == 1
    assert "<table" in text(in_the_chair.get(BOARD))


def test_board_of_pairs_is_for_after_the_round(in_the_chair, during, chair, settings):
    judged = ballot_round("pairwise", call=chair.call)
    prefer(judged, JurorFactory(call=chair.call), "a", "b")
    assert "<table" not in text(in_the_chair.get(BOARD))
    settings.FESTIVAL_CLOCK = "2027-04-06T10:00"
    assert "<table" in text(in_the_chair.get(BOARD))


def test_pages_without_such_a_round_say_so(at_the_desk, during, juror):
    assert at_the_desk.get(BALLOT).status_code == 200
    assert at_the_desk.get(BOARD).status_code == 403


@pytest.fixture
def voted(juror, chair):
    """A round of approval that is over, in which both have voted."""
    judged = ballot_round("approve", call=juror.call)
    for each in (juror, chair):
        vote(judged, each, a=1, b=0, c=0)
    judged.closes, judged.finalists_per_category = AFTER - timedelta(hours=1), 1
    judged.save()
    return judged


def test_the_chair_freezes_gives_out_the_dossier_and_publishes(in_the_chair, after, voted):
    assert "Figer ce résultat" in text(in_the_chair.get(BOARD))
    assert in_the_chair.post(BOARD, {"when": ""}).status_code == 422
    assert in_the_chair.post(BOARD, {"when": "later"}).url == BOARD
    tally = voted.tallies.get()
    assert tally.input_sha256 in text(in_the_chair.get(BOARD))
    dossier = in_the_chair.get(f"{BOARD}{tally.uuid}.json")
    assert (dossier.json()["method"], dossier.json()["input_sha256"]) == ("approval", tally.input_sha256)
    assert in_the_chair.get(f"{BOARD}{tally.uuid}/publication/").status_code == 200
    assert in_the_chair.post(f"{BOARD}{tally.uuid}/publication/", {"when": "now"}).url == BOARD
    tally.refresh_from_db()
    assert tally.announced_at is not None


def test_freezing_without_all_ballots_asks_why(in_the_chair, after, voted):
    JurorFactory(call=voted.call, name="Muette Silence")
    assert "Muette Silence" in text(in_the_chair.get(BOARD))
    assert in_the_chair.post(BOARD, {"when": "later"}).status_code == 422
    assert in_the_chair.post(BOARD, {"when": "later", "reason": "Malade."}).status_code == 302


def test_while_the_round_runs_nothing_is_frozen(in_the_chair, during, juror):
    judged = ballot_round("approve", call=juror.call)
    assert in_the_chair.post(BOARD, {"when": "later"}).status_code == 422
    assert not judged.tallies.exists()


def test_a_dossier_of_another_round_is_not_found(in_the_chair, after, voted):
    assert in_the_chair.get(f"{BOARD}{voted.uuid}.json").status_code == 404

"""The chair's screen of decisions."""

import pytest

from awards.models import Decision, Presence
from tests.factories.awards import AFTER, JurorFactory, first_round
from tests.factories.deciding import DeliberationFactory, PrizeFactory, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LIST = "/jury/prix/chair/decisions/"
GOLD = "/jury/prix/chair/decisions/gold/"


@pytest.fixture
@remembered
def chair():
    return frozen()


@pytest.fixture
def screen(client, chair, settings):
    settings.FESTIVAL_CLOCK = "2027-04-06T12:00"
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(chair.user)
    return client


def entry(chair, slug):
    return chair.call.entries.get(slug=slug).pk


@pytest.mark.parametrize("address", [LIST, GOLD])
def test_decisions_are_for_the_chair_only(client, screen, chair, address):
    assert screen.get(address).status_code == 200
    other = JurorFactory(call=chair.call)
    client.force_login(other.user)
    assert client.get(address).status_code == 403


def test_prize_records_a_decision_by_the_result(screen, chair):
    answer = screen.post(GOLD, {"kind": "winner", "entry": entry(chair, "a")})
    assert answer.url == LIST
    assert Decision.objects.get().follows_tally
    assert "suit le résultat figé" in screen.get(LIST).content.decode()


def test_prize_keeps_what_was_typed_when_it_is_refused(screen, chair):
    answer = screen.post(GOLD, {"kind": "winner", "entry": entry(chair, "b"), "reason": "Le plus utile."})
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Le plus utile." in content
    assert "délibération" in content
    assert screen.post(GOLD, {"kind": "winner", "entry": ""}).status_code == 422


def test_prize_from_a_stale_tab_changes_nothing(screen, chair):
    first = won(chair)
    room = DeliberationFactory(round=first_round(chair.call))
    Presence.objects.create(deliberation=room, juror=chair, came_at=AFTER)
    typed = {"kind": "winner", "entry": entry(chair, "b"), "reason": "Relu.", "replaces": first.pk}
    assert screen.post(GOLD, typed).status_code == 302
    assert screen.post(GOLD, typed).status_code == 409
    assert Decision.objects.count() == 2


def test_prize_begins_with_the_decision_that_is_replaced(screen, chair):
    first = won(chair)
    form = screen.get(f"{GOLD}?replaces={first.pk}").context["form"]
    assert form["entry"].value() == str(first.entry_id)
    assert screen.get(f"{GOLD}?replaces=x").context["form"].initial == {}


def test_undo_needs_a_reason(screen, chair):
    first = won(chair)
    address = f"{GOLD}take-back/"
    screen.post(address, {"decision": first.pk, "reason": ""})
    screen.post(address, {"decision": 0, "reason": "Rien."})
    assert Decision.objects.standing().exists()
    assert screen.post(address, {"decision": first.pk, "reason": "Erreur."}).url == LIST
    assert not Decision.objects.standing().exists()
    screen.post(address, {"decision": first.pk, "reason": "Encore."})
    assert Decision.objects.count() == 2


def test_decisions_cost_the_same_for_one_prize_and_for_three(screen, chair, django_assert_num_queries):
    won(chair)
    screen.get(LIST)
    with django_assert_num_queries(QUERIES):
        screen.get(LIST)
    for _each in range(2):
        PrizeFactory(call=chair.call)
    with django_assert_num_queries(QUERIES):
        screen.get(LIST)


QUERIES = 10

"""Arranging the evening."""

import pytest

from awards.ceremony.placing import Details, add, change, lay_out, move, remove
from festival.models import AuditEntry
from tests.factories.deciding import DECIDED, PrizeFactory, frozen
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    found = frozen()
    PrizeFactory(call=found.call, slug="silver", sort_order=2)
    return found


def order(chair):
    return [step.title or step.prize.slug for step in chair.call.ceremony_steps.order_by("place", "pk")]


def test_lay_out_puts_each_prize_at_the_end_once(chair):
    add(call_id=chair.call.pk, details=Details("Accueil", "Nadia"), by=chair.user, now=DECIDED)
    assert lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED) == 2
    assert lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED) == 0
    assert order(chair) == ["Accueil", "gold", "silver"]
    assert AuditEntry.objects.filter(verb="ceremony.laid_out").count() == 1


def test_move_changes_places_and_stops_at_the_ends(chair):
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    gold = chair.call.ceremony_steps.get(prize__slug="gold")
    move(step_id=gold.pk, up=True)
    assert order(chair) == ["gold", "silver"]
    move(step_id=gold.pk, up=False)
    move(step_id=gold.pk, up=False)
    assert order(chair) == ["silver", "gold"]


def test_change_keeps_the_name_of_a_prize_and_finalists_to_prizes(chair):
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    film = add(call_id=chair.call.pk, details=Details("Film"), by=chair.user, now=DECIDED)
    prize = chair.call.ceremony_steps.get(prize__slug="gold")
    typed = Details("Titre", "Nadia", "Micro 2", names_finalists=True)
    for step in (film, prize):
        change(step_id=step.pk, details=typed, by=chair.user, now=DECIDED)
        step.refresh_from_db()
    assert (film.title, film.presenter, film.note, film.names_finalists) == ("Titre", "Nadia", "Micro 2", False)
    assert (prize.title, prize.names_finalists) == ("", True)


def test_remove_takes_a_step_out_and_a_prize_can_come_back(chair):
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    gold = chair.call.ceremony_steps.get(prize__slug="gold")
    for _again in range(2):
        remove(step_id=gold.pk, by=chair.user, now=DECIDED)
    assert order(chair) == ["silver"]
    assert AuditEntry.objects.filter(verb="ceremony.step_removed").count() == 1
    assert lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED) == 1

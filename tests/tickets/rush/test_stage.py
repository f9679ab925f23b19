"""The invented shop sells."""

import pytest

from tests.factories.tickets import NOW
from tickets.catalogue import queries
from tickets.models import Quota
from tickets.orders.ticket_office import build_office
from tickets.rush import stage

pytestmark = pytest.mark.django_db


def test_it_sells_a_free_day_and_a_pass(shop):
    office = build_office(queries.offers(now=NOW))

    assert [form.offer.product.slug for form in office.forms] == ["free"]
    assert list(office.basket.offers) == ["pass"]
    assert {quota.size for quota in Quota.objects.all()} == {2}


def test_the_next_round_has_as_many_places_again(shop):
    Quota.objects.update(taken=0)
    stage.refill(shop, places=5)

    assert {quota.size for quota in Quota.objects.all()} == {5}

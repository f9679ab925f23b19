"""A guest is found by the secret of the link."""

import pytest

from tests.factories.tickets import NOW
from tests.tickets.selfservice.test_inviting import guests
from tickets.catalogue.terms import Refusal
from tickets.delivery import queries as delivery_queries
from tickets.models import Product
from tickets.selfservice.queries import guest_by_secret, refuse_renaming

pytestmark = pytest.mark.django_db


def test_a_guest_is_found_by_the_whole_secret(village):
    guest, _other = guests(village)
    assert guest_by_secret(guest.secret) == guest
    assert guest_by_secret(guest.secret[:-1]) is None
    assert guest_by_secret("") is None


@pytest.mark.parametrize(
    ("change", "why"),
    [({}, None), ({"named": False}, Refusal.NO_NAME), ({"transferable": False}, Refusal.ONE_PERSON)],
)
def test_a_guest_may_change_a_name_that_counts(village, change, why):
    Product.objects.update(**{"named": True} | change)
    guest, _other = guests(village)
    mine = [one for one in delivery_queries.tickets_of(guest.order) if one.line.guest_id == guest.pk]

    assert refuse_renaming(guest, mine, now=NOW) == why

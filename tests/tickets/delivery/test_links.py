"""The two addresses of a guest: one to hand on, one of their own."""

import pytest

from tests.factories.tickets import NOW
from tests.tickets.selfservice.test_inviting import guests
from tickets.delivery import links

pytestmark = pytest.mark.django_db


def test_the_own_address_is_nobodys_before_it_is_filled_in(village, settings):
    guest, other = guests(village)
    assert links.invitation(guest) == f"{settings.BASE_URL}/fr/billetterie/invite/{guest.secret}/"
    assert not links.is_own_token(guest, links.own_token(guest))

    guest.name, guest.email, guest.language, guest.filled_at = "Ada", "ada@example.org", "en", NOW
    assert links.is_own_token(guest, links.own_token(guest))
    assert not links.is_own_token(guest, links.own_token(other))
    assert links.own_address(guest).startswith(f"{settings.BASE_URL}/en/tickets/guest/{guest.secret}/own/")

"""A guest is found by the secret of the link."""

import pytest

from tests.tickets.selfservice.test_inviting import guests
from tickets.selfservice.queries import guest_by_secret

pytestmark = pytest.mark.django_db


def test_a_guest_is_found_by_the_whole_secret(village):
    guest, _other = guests(village)
    assert guest_by_secret(guest.secret) == guest
    assert guest_by_secret(guest.secret[:-1]) is None
    assert guest_by_secret("") is None

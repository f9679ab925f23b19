"""The link of an invitation."""

import uuid

from awards.seats.links import token, uuid_of


def test_a_link_leads_back_to_its_invitation_alone():
    key = uuid.uuid4()
    assert uuid_of(token(key)) == key
    assert uuid_of(token(key)[:-1]) is None
    assert uuid_of("") is None
    assert key.hex in token(key)

"""The link of a ballot: ours or nobody's."""

from uuid import uuid4

import pytest
from django.core.signing import Signer

from awards.voting import links


def test_a_link_leads_to_its_ballot_and_names_nobody():
    uuid = uuid4()

    assert links.uuid_of(links.token(uuid)) == uuid
    assert set(links.token(uuid)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


@pytest.mark.parametrize(
    "made", ["", "abc", "4b0f5e7e98ec426b96dde2bc510d9027.x", Signer(salt="awards.voting.links", sep=".").sign("no")]
)
def test_what_we_did_not_make_leads_nowhere(made):
    assert links.uuid_of(made) is None
    assert links.uuid_of(links.token(uuid4())[:-1]) is None

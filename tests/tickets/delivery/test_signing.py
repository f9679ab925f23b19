"""Keys: stored encrypted, published, withdrawn."""

import base64

import pytest
from django.test import override_settings

from festival.core.audit import Actor
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, TicketFactory, ZoneFactory
from tickets.delivery import queries as delivery_queries, signing, tokens
from tickets.exceptions import KeySecretMissing
from tickets.models import SigningKey

pytestmark = pytest.mark.django_db
ME = Actor.system("test")


def signed(ticket):
    return tokens.parse(signing.tokens_for(delivery_queries.tickets_of(ticket.line.order))[0])


def test_a_ticket_says_its_edition_number_issue_product_and_day(village):
    ticket = TicketFactory(product=village, issue=3)

    parts = signed(ticket).parts

    assert parts == tokens.Parts(
        kid=0, edition=2027, ticket=ticket.number, issue=3, product=village.number, zoneset=0, days=0b10
    )


def test_a_ticket_for_all_days_says_all_days(village):
    village.admission = "all_days"
    village.save()

    assert signed(TicketFactory(product=village, day=None)).parts.days == 0b110


def test_a_ticket_says_which_zones_it_opens(village):
    for slug, number in (("presse", 1), ("coulisses", 3)):
        ZoneFactory(edition=village.edition, slug=slug, number=number, products=[village])
    ZoneFactory(edition=village.edition, slug="camping", number=2)

    assert signed(TicketFactory(product=village)).parts.zoneset == 0b101


def test_anyone_can_verify_with_the_published_key(village, client):
    token = signed(TicketFactory(product=village))

    (key,) = client.get("/api/v1/ticket-keys.json").json()["keys"]

    assert (key["edition"], key["kid"], key["revoked_at"]) == (2027, 0, None)
    assert tokens.verify(token, base64.urlsafe_b64decode(key["x"] + "="))


def test_a_new_key_signs_and_the_old_one_still_verifies(village):
    ticket = TicketFactory(product=village)
    old = signed(ticket)

    signing.create_key(edition=village.edition, actor=ME, now=NOW)

    assert signed(ticket).parts.kid == 1
    assert tokens.verify(old, bytes(SigningKey.objects.get(kid=0).public))


def test_the_private_half_is_not_in_the_database(village):
    key = SigningKey.objects.get()
    private = signing._open(bytes(key.private_encrypted), "").private_bytes_raw()

    assert private not in bytes(key.private_encrypted)


def test_there_are_sixteen_keys_at_most():
    edition = EditionFactory()
    for _ in range(16):
        signing.create_key(edition=edition, actor=ME, now=NOW)

    with pytest.raises(ValueError, match="sixteen"):
        signing.create_key(edition=edition, actor=ME, now=NOW)


def test_without_a_secret_no_key_is_made():
    with override_settings(TICKET_KEY_SECRET=""), pytest.raises(KeySecretMissing, match="TICKET_KEY_SECRET is not set"):
        signing.create_key(edition=EditionFactory(), actor=ME, now=NOW)


def test_the_demonstration_needs_no_secret():
    with override_settings(TICKET_KEY_SECRET="", DEMO=True):
        assert signing.create_key(edition=EditionFactory(), actor=ME, now=NOW).kid == 0


def test_another_secret_does_not_open_the_key(village):
    ticket = TicketFactory(product=village)
    signing._open.cache_clear()

    with (
        override_settings(TICKET_KEY_SECRET=base64.urlsafe_b64encode(b"x" * 32).decode()),
        pytest.raises(KeySecretMissing, match="not the secret"),
    ):
        signed(ticket)

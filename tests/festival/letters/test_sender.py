"""Who our mails come from."""

import pytest

from festival.letters.sender import from_edition
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db


def test_the_festival_writes_from_the_address_of_the_installation(settings):
    settings.DEFAULT_FROM_EMAIL = "Kermesse <bonjour@joursc.example.org>"
    edition = EditionFactory(name={"fr": "Les Jours, communs"}, organiser_name="", organiser_email="orga@example.org")

    who = from_edition(edition)

    assert who == {"from_email": '"Les Jours, communs" <bonjour@joursc.example.org>', "reply_to": ["orga@example.org"]}


def test_without_an_edition_or_an_organiser_it_is_the_installation(settings):
    settings.DEFAULT_FROM_EMAIL = "bonjour@joursc.example.org"

    assert from_edition(None) == {"from_email": "bonjour@joursc.example.org", "reply_to": []}
    named = EditionFactory(number=2029, is_current=False, organiser_name="Fête", organiser_email="orga@example.org")
    assert from_edition(named)["reply_to"] == ["=?utf-8?b?RsOqdGU=?= <orga@example.org>"]
    assert from_edition(EditionFactory(organiser_email=""))["reply_to"] == []

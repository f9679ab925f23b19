"""Whoever is named in the settings hears of a new edition."""

import datetime as dt

import pytest

from festival.core import editions
from tests.factories.festival import EditionFactory
from tickets.models import SigningKey

NOW = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)
heard = []


def listen(*, edition, now):
    heard.append((edition.number, now))


@pytest.mark.django_db
def test_everyone_named_is_told(settings):
    settings.EDITION_CREATED = [f"{__name__}.listen", f"{__name__}.listen"]

    editions.announce(EditionFactory(), now=NOW)

    assert heard == [(2027, NOW), (2027, NOW)]


@pytest.mark.django_db
def test_an_edition_gets_its_signing_key_once():
    edition = EditionFactory()

    editions.announce(edition, now=NOW)
    editions.announce(edition, now=NOW)

    assert SigningKey.objects.filter(edition=edition).count() == 1


@pytest.mark.django_db
def test_without_the_secret_the_edition_is_made_all_the_same(settings, caplog):
    settings.TICKET_KEY_SECRET = ""

    editions.announce(EditionFactory(), now=NOW)

    assert not SigningKey.objects.exists()
    assert "TICKET_KEY_SECRET is not set" in caplog.text

"""Numbers of zones: eight bits in the code of a ticket, each for one zone for ever."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories.festival import EditionFactory
from tests.factories.tickets import ZoneFactory
from tickets.models import Zone

pytestmark = pytest.mark.django_db


def cleaned(edition, slug):
    zone = Zone(edition=edition, slug=slug, name=slug)
    zone.full_clean()
    zone.save()
    return zone


def test_each_zone_gets_the_first_free_number():
    edition = EditionFactory()
    first, second, third = (cleaned(edition, slug) for slug in ("camping", "coulisses", "presse"))
    second.delete()

    assert (first.number, third.number, cleaned(edition, "loges").number) == (1, 3, 2)
    assert cleaned(EditionFactory(number=2028, is_current=False), "camping").number == 1


def test_a_number_stays():
    zone = cleaned(EditionFactory(), "camping")
    zone.name = {"fr": "Camping", "en": "Camping"}

    zone.full_clean()

    assert zone.number == 1


def test_a_ninth_is_refused_in_words():
    edition = EditionFactory()
    for number in range(8):
        cleaned(edition, f"zone-{number}")

    with pytest.raises(ValidationError, match="huit zones au plus"):
        cleaned(edition, "neuvieme")


@pytest.mark.parametrize("number", [0, 9])
def test_the_database_knows_eight_bits(number):
    with pytest.raises(IntegrityError), transaction.atomic():
        ZoneFactory(number=number)

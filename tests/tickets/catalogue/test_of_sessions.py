"""What the programme asks of the shop."""

import pytest

from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import ProductFactory, QuotaFactory
from tickets.catalogue import of_sessions
from tickets.models import Quota

pytestmark = pytest.mark.django_db


@pytest.mark.unsound  # places are taken that nobody bought
def test_the_programme_asks_for_places_once(django_assert_num_queries):
    said = {(20, 17): "", (20, 18): "", (20, 19): "last", (20, 20): "full", (2, 1): "last", (2000, 1900): ""}
    rows = dict(zip(OccurrenceFactory.create_batch(len(said)), said, strict=True))
    for occurrence, (size, taken) in rows.items():
        QuotaFactory(products=[], occurrence=occurrence)
        Quota.objects.filter(occurrence=occurrence).update(taken=taken, size=size)
    nowhere = OccurrenceFactory()

    with django_assert_num_queries(1):
        found = of_sessions.places_of_occurrences([*(row.uuid for row in rows), nowhere.uuid])

    assert found == {row.uuid: said[stock] for row, stock in rows.items()}


def test_the_programme_asks_for_the_products_of_sessions():
    opened, closed = SessionFactory(), SessionFactory()
    for number, slug in enumerate(("pass", "jour", "cache")):
        product = ProductFactory(slug=slug, sort_order=9 - number, is_listed=slug != "cache")
        product.sessions.add(opened)

    assert of_sessions.products_of_sessions([opened.uuid, closed.uuid]) == {opened.uuid: ["jour", "pass"]}


@pytest.mark.unsound  # places are taken that nobody bought
def test_the_importer_hears_how_many_places_are_taken():
    occurrence, nobody = OccurrenceFactory.create_batch(2)
    QuotaFactory(edition=occurrence.session.edition, products=[], occurrence=occurrence, size=12)
    Quota.objects.update(taken=3)

    assert of_sessions.taken_of_occurrences([occurrence.uuid, nobody.uuid]) == {occurrence.uuid: 3}

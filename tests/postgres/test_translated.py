"""The lookups of translated fields, as on SQLite, and what only PostgreSQL refuses or does."""

import pytest
from django.db import connection, models, transaction

from festival.text.texts import Text
from tests.festival.text import lookups
from tests.festival.text.app.models import Shelf


@pytest.fixture(autouse=True)
def undone(postgres):
    """Undo what the test writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


CHECKS = [name for name in dir(lookups) if name.startswith("check_") and "alone" not in name]


@pytest.mark.parametrize("name", CHECKS)
def test_lookups(name):
    assert connection.vendor == "postgresql"
    getattr(lookups, name)()


def test_one_language_alone_needs_no_choice(settings):
    lookups.check_one_language_alone_needs_no_choice(settings)


def test_the_column_is_jsonb():
    Shelf.objects.create(title="Le quai")

    with connection.cursor() as cursor:
        cursor.execute("SELECT PG_TYPEOF(title)::text FROM texts_shelf")
        assert cursor.fetchall() == [("jsonb",)]


def test_rows_are_written_in_every_way_of_the_orm():
    first, second = Shelf.objects.bulk_create([Shelf(title="Un"), Shelf(title="Deux")])
    first.title = first.title.replaced({"en": "One"})
    Shelf.objects.bulk_update([first], ["title"])
    Shelf.objects.filter(pk=second.pk).update(title={"en": "Two"}, note=models.F("title"))
    second.refresh_from_db()

    assert Shelf.objects.get(pk=first.pk).title == Text({"fr": "Un", "en": "One"})
    assert (second.title, second.note) == (Text({"en": "Two"}), Text("Deux"))

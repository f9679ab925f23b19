"""The week, its parts, days and phases of a sound file are written."""

import datetime as dt

import pytest
from django.utils.translation import override

from festival.importing import edition
from festival.importing.changes import Changes
from festival.importing.faults import Faults
from festival.models import Edition, OpeningHours
from program.importing.validation import validate
from tests.factories.festival import EditionFactory
from tests.factories.importing import small_file
from tests.factories.program import paris
from tests.factories.tickets import TicketFactory

pytestmark = pytest.mark.django_db
NOW = paris("2031-01-01T10:00")


def write(*changes):
    happened = Changes()
    return edition.write(validate(small_file(*changes)), happened, now=NOW), happened


def test_the_edition_of_the_file_is_the_one_that_is_shown():
    before = EditionFactory()

    made, changes = write()

    before.refresh_from_db()
    assert Edition.objects.current() == made
    assert (made.number, made.days.count(), made.phases.count(), made.organiser_name) == (2031, 2, 1, "Ons Huis")
    assert not before.is_current
    assert "2027" in str(changes.notes[0])


def test_written_again_nothing_changes():
    write()

    _made, changes = write()

    assert not changes


def test_doors_may_close_after_midnight():
    write()

    assert OpeningHours.objects.order_by("day__date").values_list("opens", "closes")[1] == (dt.time(18), dt.time(1))


def test_hours_and_texts_are_brought_back_to_the_file():
    write()

    made, changes = write(("edition", "days", 1, "hours"), [], ("edition", "name"), {"fr": "Deux"})

    assert str(made.name) == "Deux"
    assert OpeningHours.objects.get().day.date == dt.date(2031, 3, 29)
    assert changes.tables["days"].changed == {"2031-03-30": {"hours"}}
    assert changes.tables["edition"].changed == {"2031": {"name"}}


def test_the_short_name_of_another_edition_is_taken():
    EditionFactory(slug="2031")

    with pytest.raises(Faults, match=r"edition\.id: "):
        write()


def test_what_is_gone_is_removed_by_name():
    made, _changes = write()
    made.days.get(date="2031-03-30").hours.all().delete()
    changes = Changes()

    stayed = edition.remove(
        made, {"days": [dt.date(2031, 3, 30)], "phases": ["calls"], "sections": ["markt"]}, changes, keeps=["festival"]
    )

    assert stayed == {"days": [], "phases": [], "sections": ["markt"]}
    assert (made.days.count(), made.phases.count(), made.sections.count()) == (1, 0, 1)


def test_the_first_day_stays_once_tickets_count_from_it():
    made, _changes = write()
    TicketFactory(order__edition=made, product__edition=made)

    with override("en"), pytest.raises(Faults) as faults:
        write(("edition", "start_date"), "2031-03-28")

    assert str(faults.value).startswith("edition.start_date: stays ")

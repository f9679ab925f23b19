"""The week, its parts, days and phases from a file; `tests/program/importing` tries a whole file."""

import copy
import datetime as dt

import pytest

from festival.importing import edition
from festival.importing.faults import Fault
from festival.models import AuditEntry, Edition, OpeningHours
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db

BOTH = {"fr": "Foire", "en": "Fair"}
FILE = {
    "edition": {
        "id": "2031", "year": 2031, "start_date": "2031-03-30", "end_date": "2031-03-31", "city": "Bruges",
        "country": "BE", "currency": "EUR", "name": BOTH, "theme": BOTH, "tagline": BOTH, "summary": BOTH,
        "organiser": {"name": "Ons Huis", "host": {"name": "Ons Net"}},
        "days": [
            {"date": "2031-03-30", "hours": [{"section": "markt", "opens": "10:00", "closes": "19:00"}]},
            {"date": "2031-03-31", "hours": [{"section": "markt", "opens": "18:00", "closes": "01:00"}]},
        ],
        "phases": [
            {"id": "calls", "opens": "2030-12-01T10:00", "closes": "2031-01-15T18:00", "label": BOTH},
        ],
    },
    "sections": [
        {
            "id": "markt", "colour": "#fbd226", "shape": "half-disc", "start": "2031-03-30", "end": "2031-03-31",
            "name": BOTH, "summary": BOTH,
        },
    ],
}  # fmt: skip


def load(data=FILE):
    lines = []
    edition.load(data, lines.append)
    return lines


def changed(*place, to):
    data = copy.deepcopy(FILE)
    target = data
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = to
    return data


def test_the_edition_of_the_file_is_the_one_that_is_shown():
    before = EditionFactory()

    assert load() == ["Edition 2031: 2 days, 1 phases."]

    entry = AuditEntry.objects.get(verb="edition.imported")
    assert (entry.actor, entry.subject_id, entry.edition) == (
        "system:import", str(Edition.objects.current().pk), "2031",
    )  # fmt: skip
    before.refresh_from_db()
    assert Edition.objects.current().number == 2031
    assert not before.is_current


def test_doors_may_close_after_midnight():
    load()

    assert OpeningHours.objects.order_by("day__date").values_list("opens", "closes")[1] == (dt.time(18), dt.time(1))


def test_loading_again_brings_the_rows_back_to_the_file():
    load()
    load(changed("edition", "days", 1, "hours", to=[]))

    assert Edition.objects.count() == 1
    assert OpeningHours.objects.get().day.date == dt.date(2031, 3, 30)


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("edition", "end_date"), "2031-03-29", "edition.end_date"),
        (("edition", "organiser"), {}, "edition.organiser.host"),
        (("edition", "year"), "soon", "edition.year"),
        (("sections", 0, "shape"), "cube", "sections[0].shape"),
        (("edition", "days", 1, "hours", 0, "section"), "kelder", "edition.days[1].hours[0].section"),
        (("edition", "phases", 0, "closes"), "2030-11-01", "edition.phases[0].closes"),
    ],
)
def test_a_fault_names_its_place_and_nothing_is_written(place, value, path):
    with pytest.raises(Fault) as caught:
        load(changed(*place, to=value))

    assert caught.value.path == path
    assert not Edition.objects.exists()

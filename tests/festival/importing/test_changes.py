"""Rows are written only where they differ, and what happened is remembered."""

import pytest
from django.utils.translation import override

from festival.importing.changes import Changes
from festival.importing.faults import Fault
from festival.models import Phase
from tests.factories.festival import DayFactory, EditionFactory, SectionFactory
from tests.factories.program import ExhibitorFactory, paris

pytestmark = pytest.mark.django_db

VALUES = {"label": {"fr": "Appel"}, "opens": paris("2027-01-01T10:00"), "closes": paris("2027-02-01T10:00")}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def put(changes, row=None, path="edition.phases[0]", **values):
    return changes.put(row, Phase, path, VALUES | values, {"slug": "call", "edition": EditionFactory()})


def test_a_row_is_made_then_left_alone_then_changed(django_assert_num_queries):
    first = Changes()
    row = put(first)
    row.refresh_from_db()
    second = Changes()
    EditionFactory()
    with django_assert_num_queries(1):  # the factory's own
        put(second, row)
    third = Changes()
    put(third, row, label={"fr": "Appel", "en": "Call"})

    assert first.tables["phases"].created == ["call"]
    assert (bool(first), bool(second)) == (True, False)
    assert third.tables["phases"].changed == {"call": {"label"}}
    assert str(Phase.objects.get().label) == "Call"


def test_what_a_row_refuses_is_a_fault_at_its_place():
    with pytest.raises(Fault, match=r"edition\.phases\[3\]\.slug"):
        Changes().put(None, Phase, "edition.phases[3]", VALUES, {"slug": "é", "edition": EditionFactory()})
    assert not Phase.objects.exists()


def test_nothing_said_is_the_default_of_the_column():
    section = SectionFactory(label="Gratuit", dark_colour="#ffffff")
    Changes().put(section, type(section), "sections[0]", {"label": None, "dark_colour": None}, {"slug": section.slug})

    section.refresh_from_db()
    assert (str(section.label), section.dark_colour) == ("", "")


def test_lists_are_compared_as_sets():
    stand, day = ExhibitorFactory(), DayFactory()
    changes = Changes()

    changes.put_list("exhibitors[0]", stand.slug, "days", stand.days, [day])
    changes.put_list("exhibitors[0]", stand.slug, "days", stand.days, [day])
    changes.put_list("exhibitors[1]", "other", "days", stand.days, iter([day]))

    assert changes.tables["exhibitors"].changed == {stand.slug: {"days"}}


def test_what_nothing_refers_to_goes_and_the_rest_stays_with_a_note():
    edition = EditionFactory()
    free, used = SectionFactory(slug="fest"), SectionFactory()
    DayFactory(hours__section=used)
    changes = Changes()

    stayed = changes.drop(edition.sections, ["fest", "village", "none"], "sections", "slug", keeps=["festival"])

    assert (stayed, changes.tables["sections"].removed) == (["village"], [free.slug])
    assert [str(note) for note in changes.notes] == [
        "sections: “village” is not in the file but stays, as it is in use: 1 opening hours"
    ]


def test_what_people_hold_on_to_is_a_fault():
    stand, day = ExhibitorFactory(), DayFactory(hours=False)
    stand.days.add(day)
    changes = Changes()

    assert not changes.remove(day, "days", "2027-05-02", keeps=["festival"])
    (found,) = changes.faults
    assert str(found).startswith("days: “2027-05-02” is not in the file, but in use: 1 exhibitor")
    assert "--keep" in str(found)

"""The parts that only the demonstration has are checked with the rest, before anything is loaded."""

import copy
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from festival.demo.demo_file import validate
from festival.importing.faults import Faults
from festival.models import Edition
from tests.factories.importing import put

DATA = json.loads((Path(settings.BASE_DIR) / "festival" / "demo" / "festival.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def faults_of(*places_and_values):
    data = copy.deepcopy(DATA)
    for place, value in zip(places_and_values[::2], places_and_values[1::2], strict=True):
        put(data, place, value)
    with pytest.raises(Faults) as caught:
        validate(data)
    return [str(fault) for fault in caught.value.faults]


def test_the_demonstration_is_sound():
    validate(copy.deepcopy(DATA))


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (
            ("ticketing", "tickets", 0, "price_cents"),
            -1,
            "ticketing.tickets[0].price_cents: -1 is too small: 0 at least",
        ),
        (("ticketing", "tickets", 1, "tiers", 0, "cents"), 5, "ticketing.tickets[1].tiers[0].cents: is no key"),
        (("ticketing", "quotas", 0, "products"), ["rien"], "ticketing.quotas[0].products[0]: “rien” is not known"),
        (
            ("ticketing", "tickets", 0, "sale_opens"),
            "2027-03-28T02:30",
            "ticketing.tickets[0].sale_opens: “2027-03-28T02:30” does",
        ),
        (("ticketing",), None, "ticketing: is missing"),
        (
            ("awards", "assignments", 0, "jurors", 0),
            "personne",
            "awards.assignments[0].jurors[0]: “personne” is not known",
        ),
        (
            ("awards", "projects", 1, "website"),
            "javascript:x",
            "awards.projects[1].website: “javascript:x” is no address",
        ),
        (
            ("awards", "projects", 1, "id"),
            DATA["awards"]["projects"][0]["id"],
            "awards.projects[1].id: “la-perceuse-du-palier” is",
        ),
        (("awards", "jurors", 0, "email"), "a", "awards.jurors[0].email: “a” is no mail address"),
        (
            ("awards", "sample_evaluations", 0, "submitted_at"),
            "2027-03-28T02:58:00",
            "awards.sample_evaluations[0].submitted_at",
        ),
        (("pages", 0, "title"), {"en": "About"}, "pages[0].title.fr: is missing"),
        (("rooms", 0, "colour"), "red", "rooms[0].colour: “red” is no colour"),
    ],
)
def test_a_fault_has_its_place(place, value, fault):
    assert [found for found in faults_of(place, value) if found.startswith(fault)]


def test_all_parts_are_told_at_once():
    found = faults_of(("rooms", 0, "colour"), "red", ("awards", "scale", 0, "value"), "0", ("faq", 0, "id"), "É")

    assert [fault.split(":")[0] for fault in found] == ["rooms[0].colour", "awards.scale[0].value", "faq[0].id"]


@pytest.mark.django_db
def test_the_loader_says_them_a_line_each_and_loads_nothing(tmp_path):
    data = copy.deepcopy(DATA)
    put(data, ("awards", "scale", 0, "value"), "0")
    put(data, ("sessions", 3, "room"), "cave")
    file = tmp_path / "week.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("load_demo", file)

    lines = str(caught.value).splitlines()
    assert [line.removeprefix(f"{file}: ").split(":")[0] for line in lines] == [
        "sessions[3].room", "awards.scale[0].value"
    ]  # fmt: skip
    assert not Edition.objects.exists()

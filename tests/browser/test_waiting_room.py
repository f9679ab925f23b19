"""The waiting room in a rush: one buyer at once, the next one waits without JavaScript and is let in."""

import re

import pytest
from playwright.sync_api import expect

OFFICE, ROOM = "/fr/billetterie/", re.compile("/fr/billetterie/file-d-attente/")
SWITCH = """
from festival.core.writing import writing
from festival.models import Edition
from tickets.models import WaitingPlace, WaitingRoom
with writing(public=True):
    WaitingPlace.objects.all().delete()
    WaitingRoom.objects.update_or_create(edition=Edition.objects.current(), defaults={{"is_on": {}, "most_inside": 1}})
"""


def standing_still(route):
    """Answer without the header by which the page looks again: it would do so while it is looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "refresh"})


@pytest.fixture
def one_at_once(site):
    """Switch it on for one buyer at once, and off again."""
    site.manage("shell", "--command", SWITCH.format(True))
    yield
    site.manage("shell", "--command", SWITCH.format(False))


def test_the_second_waits_until_the_first_has_a_ticket(one_at_once, open_page, axe):
    first, second = (open_page(java_script_enabled=False) for _ in range(2))
    first.goto(OFFICE)
    first.goto(OFFICE)  # the second step takes the room
    expect(first.get_by_role("button", name="Je m’inscris")).to_be_visible()

    second.goto(OFFICE)
    second.wait_for_url(ROOM)
    expect(second.get_by_text("C’est bientôt votre tour.")).to_be_visible(timeout=15_000)
    first.get_by_label("Prénom et nom").fill("Première Venue")
    first.get_by_label("Adresse de courriel").fill("premiere@example.org")
    first.get_by_role("button", name="Je m’inscris").click()
    first.wait_for_url(re.compile("/fr/commande/"))

    expect(second.get_by_role("button", name="Je m’inscris")).to_be_visible(timeout=40_000)  # by itself


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_a_small_phone(one_at_once, site, open_page, axe, scheme):
    inside = open_page()
    inside.goto(OFFICE)
    inside.goto(OFFICE)
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)
    page.route(ROOM, standing_still)
    page.goto(f"{OFFICE}file-d-attente/")
    page.goto(f"{OFFICE}file-d-attente/")
    expect(page.get_by_text("C’est bientôt votre tour.")).to_be_visible()

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

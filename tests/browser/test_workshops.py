"""A place in a session, as visitors have it: booked, changed their mind, waited for, and taken by the next."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import next_page

REPAIR = "/fr/programme/seances/velos-cargos/"
FULL = "/fr/programme/seances/levain-partage/"
BOOKED = re.compile("/fr/commande/")


def _fill(page, name, address):
    page.get_by_label("Prénom et nom").fill(name)
    page.get_by_label("Adresse de courriel").fill(address)


def _link_in(site, address, words):
    """Return the first address of our own in the newest mail to somebody whose subject has these words."""
    mails = [mail for mail in site.mails() if address in mail["To"] and words in mail["Subject"]]
    text = mails[-1].get_body(("plain",)).get_content()
    return re.search(rf"{re.escape(site.url)}\S+", text)[0].removeprefix(site.url)


@pytest.mark.parametrize("script", [True, False])
def test_a_place_is_booked_and_given_back(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto(REPAIR)
    page.get_by_role("link", name="Réserver ma place").click()
    _fill(page, "Camille Exemple", f"velo-{script}@example.org")
    page.get_by_role("button", name="Réserver ma place").click()

    page.wait_for_url(BOOKED)
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")
    page.get_by_role("link", name=re.compile("rendre ma place")).click()
    page.get_by_role("button", name=re.compile("^Oui")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("annulée")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_pages_of_a_booking_are_accessible_and_fit(open_page, axe, scheme, width):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in (REPAIR, FULL):
        page.goto(address)
        with next_page(page):
            page.locator(".placing a.cta").first.click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _fill(page, "Ada Exemple", f"{scheme}@example.org")
    page.get_by_role("button", name="Me prévenir si une place se libère").click()
    expect(page.get_by_role("status").first).to_contain_text("Vous êtes sur la liste d’attente")


def test_a_place_that_comes_free_goes_to_the_first_in_line(open_page, site):
    holder, waiting = open_page(), open_page()
    waiting.goto(FULL)
    waiting.get_by_role("link", name="Me prévenir si une place se libère").click()
    _fill(waiting, "Bo Attend", "bo@example.org")
    waiting.get_by_role("button", name="Me prévenir si une place se libère").click()
    expect(waiting.get_by_text("Vous êtes sur la liste d’attente").first).to_be_visible()
    waiting.goto(_link_in(site, "bo@example.org", "Liste d’attente"))
    expect(waiting.get_by_role("button", name="Quitter la liste d’attente")).to_be_visible()

    site.manage("shell", "-c", _GIVE_BACK_ONE_PLACE_FOR_EACH_WHO_WAITS)
    site.manage("tick")
    holder.goto(_link_in(site, "bo@example.org", "Une place s’est libérée"))
    holder.get_by_role("button", name="Confirmer ma place").click()

    holder.wait_for_url(BOOKED)
    expect(holder.get_by_text("Bo Attend").first).to_be_visible()


_GIVE_BACK_ONE_PLACE_FOR_EACH_WHO_WAITS = """
from festival.core.audit import Actor
from festival.time import clock
from tickets.models import Order, WaitingEntry
from tickets.orders import cancelling
held = Order.objects.filter(lines__occurrence__session__slug="levain-partage", state="paid").order_by("pk")
for order in list(held)[:WaitingEntry.objects.filter(state="waiting").count()]:
    cancelling.cancel(order=order, actor=Actor.system("test"), now=clock.now(), tell=False)
"""

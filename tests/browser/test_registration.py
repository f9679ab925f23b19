"""Registering for the free day as a visitor does: with the keyboard alone, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import mails
from tests.browser.conftest import next_page

OFFICE = "/fr/billetterie/"


def _tab_to(page, name):
    """Press Tab until the control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('name')") == name:
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def _register(page, name="Camille Exemple", address="camille@example.org", places="1"):
    page.goto(OFFICE)
    page.get_by_label("Nombre de places").select_option(places)
    page.get_by_label("Prénom et nom").fill(name)
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_role("button", name="Je m’inscris").click()
    page.wait_for_url(re.compile("/fr/commande/"))


def test_the_keyboard_alone_registers_and_mends_a_mistake(page):
    page.goto(OFFICE)
    _tab_to(page, "day")
    page.keyboard.press("ArrowRight")
    _tab_to(page, "name")
    page.keyboard.type("Zoé L’Écluse")
    _tab_to(page, "email")
    page.keyboard.type("zoe@exemple")
    page.keyboard.press("Enter")

    expect(page.locator(".err", has_text="Il manque la fin de l’adresse")).to_be_visible()
    expect(page.locator("[name=email]:focus")).to_have_count(1)
    assert page.get_by_label("Prénom et nom").input_value() == "Zoé L’Écluse"
    page.keyboard.press("End")
    page.keyboard.type(".org")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/fr/commande/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")
    expect(page.get_by_text("Zoé L’Écluse").first).to_be_visible()
    expect(page.get_by_text("lundi 3").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ticket_is_accessible_and_fits_a_small_phone(open_page, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)
    _register(page, address=f"{scheme}@example.org")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_registering_needs_no_javascript(open_page):
    page = open_page(java_script_enabled=False)

    _register(page, address="sans-script@example.org")

    expect(page.get_by_role("img", name=re.compile("QR"))).to_be_visible()


def test_a_ticket_is_passed_on_and_another_given_back_without_javascript(open_page, site):
    page = open_page(java_script_enabled=False)
    _register(page, address="groupe@example.org", places="3")
    first, second = page.get_by_role("article").nth(0), page.get_by_role("article").nth(1)
    numbers = [re.search(r"n°\s(\d+)", one.inner_text())[1] for one in (first, second)]

    page.get_by_role("list", name=re.compile(f"n°\\s{numbers[0]}$")).get_by_role("link", name="Céder").click()
    page.get_by_label("Prénom et nom").fill("Zoé Martin")
    page.get_by_label("Adresse de courriel").fill("zoe@exemple")
    page.get_by_role("button", name="Céder").click()
    expect(page.get_by_text("Il manque la fin de l’adresse")).to_be_visible()
    page.get_by_label("Adresse de courriel").fill("cession@example.org")
    page.get_by_role("button", name="Céder").click()
    expect(page.get_by_text("cédé à Zoé Martin")).to_be_visible()

    page.get_by_role("list", name=re.compile(f"n°\\s{numbers[1]}$")).get_by_role("link", name="Rendre").click()
    page.get_by_role("button", name="Oui").click()
    expect(page.get_by_role("img", name=re.compile("QR"))).to_have_count(1)

    mail = next(mail for mail in site.mails() if "cession@example.org" in mail["To"])
    page.goto(re.search(r"http\S+/commande/\S+", str(mails.attached(mail, "text/plain")))[0])
    expect(page.get_by_text("Zoé Martin").first).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("QR"))).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_ticket_are_accessible_and_fit_a_small_phone(open_page, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)
    _register(page, address=f"deux-{scheme}@example.org", places="2")
    order = page.url

    for link in ("Céder", "Rendre cette place"):
        page.goto(order)
        with next_page(page):
            page.get_by_role("link", name=re.compile(link)).first.click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if page.get_by_label("Prénom et nom").count():
            with next_page(page):
                page.get_by_role("button", name="Céder").click()
            expect(page.locator("[name=name]")).to_be_focused()
            assert axe(page) == []
            page.goto(order)


def test_the_mail_brings_a_ticket_that_can_be_scanned(page, site, sign_in):
    _register(page, name="Billet Courriel", address="courriel@example.org")
    mail = next(mail for mail in site.mails() if "courriel@example.org" in mail["To"])
    code = mails.qr_text(mail)
    assert "BEGIN:VEVENT" in str(mails.attached(mail, "text/calendar"))

    sign_in(page, "accueil@demo.example.org", anew=True)  # a session is a phone
    page.goto("/scan/")
    if page.get_by_label("Nom de ce téléphone").count():
        page.get_by_role("radio", name=re.compile("entrée nord")).check(force=True)
        page.get_by_label("Nom de ce téléphone").fill("Essai")
        page.get_by_role("button", name="Ouvrir le scanner").click()
    for tone in ("yes", "again"):
        page.get_by_label("Code sous le carré").fill(code)
        page.get_by_role("button", name="Vérifier").click()
        expect(page.locator("#verdict")).to_have_attribute("data-tone", tone)
        page.goto("/scan/door/")

"""The office invites; somebody accepts on a phone, gets an account, and begins at the jury's pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import mails
from tests.browser.conftest import next_page

OFFICE = "editorial@demo.example.org"
CHAIR = "marguerite-delahousse-naim@jury.example.org"
SECRET = "lampions-de-juin-29"


@pytest.fixture
def invited(page, site, sign_in):
    """Return the link of the mail that the office sends to somebody from the screen of the call."""

    def invite(name, address):
        sign_in(page, OFFICE)
        page.goto("/demo/clock/jury/?next=/cms/call/")
        with next_page(page):
            page.locator("table a[href*='/call/edit/']", has_text="2027").first.click()
        with next_page(page):
            page.locator("a[href$='/jury/'][href*='/cms/call/']").click()
        page.locator("[name=people]").fill(f"{name}, {address}")
        with next_page(page):
            page.locator("button[value=invite]").click()
        expect(page.locator("table.listing")).to_contain_text(name)
        mail = next(mail for mail in site.mails() if address in mail["To"])
        return re.search(r"http\S+/invitation/\S+", str(mails.attached(mail, "text/plain")))[0]

    return invite


def test_somebody_accepts_on_a_phone_and_begins(invited, phone, axe):
    link = invited("Inès Ravel", "ines@ravel.example.net")
    phone.goto("/demo/clock/jury/?next=/fr/")
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("être du jury"))
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_label(re.compile("Combien de projets")).fill("12")
    with next_page(phone):
        phone.get_by_role("button", name="Oui, je serai du jury").tap()
    expect(phone.get_by_label(re.compile("Combien de projets"))).to_have_value("12")  # the terms were left out
    phone.get_by_label("J’accepte ces conditions").check()
    with next_page(phone):
        phone.get_by_role("button", name="Oui, je serai du jury").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("Merci"))
    assert axe(phone) == []
    for field in ("new_password1", "new_password2"):
        phone.locator(f"[name={field}]").fill(SECRET)
    with next_page(phone):
        phone.get_by_role("button", name="Choisir ce mot de passe").tap()
    phone.get_by_label("Courriel").fill("ines@ravel.example.net")
    phone.get_by_label("Mot de passe").fill(SECRET)
    phone.get_by_role("button", name="Me connecter", exact=True).tap()
    phone.wait_for_url(re.compile(r"/jury/prix-2027/"))


def test_the_chair_sees_and_adds_conflicts(page, sign_in, axe):
    sign_in(page, CHAIR)
    page.goto("/demo/clock/jury/?next=/jury/prix-2027/chair/conflicts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conflits d’intérêts")
    assert axe(page) == []
    with next_page(page):
        page.get_by_role("button", name="Écarter ce membre du jury").click()
    expect(page.get_by_text("Choisissez un projet.").first).to_be_visible()
    assert axe(page) == []

"""Asking for the press pass with a document, and the office's answer, as visitors and the office see them."""

import re

import pytest
from playwright.sync_api import expect

FORM = "/fr/billetterie/demande/presse/"
PDF = {"name": "carte.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


def _apply(page, address):
    page.goto(FORM)
    page.get_by_label("Prénom et nom").fill("Zoé Presse")
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_label("Qui êtes-vous").fill("Journaliste inventée")
    page.get_by_label("Votre document").set_input_files(PDF)
    page.get_by_role("button", name="J’envoie ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous avons votre demande")


def _open_request(page, name):
    page.goto(f"/cms/approvals/?q={name}")
    page.locator("main td a").first.click()
    page.wait_for_url(re.compile("/approvals/inspect/"))


def test_asked_for_accepted_and_the_ticket_is_there(open_page, site, sign_in):
    page = open_page(java_script_enabled=False)
    page.goto(FORM)
    page.get_by_label("Votre document").set_input_files(PDF)
    page.get_by_label("Prénom et nom").fill("Zoé Presse")
    page.get_by_label("Adresse de courriel").fill("presse@example.org")
    page.get_by_role("button", name="J’envoie ma demande").click()
    expect(page.get_by_text("Nous avons votre fichier")).to_be_visible()
    page.get_by_label("Qui êtes-vous").fill("Journaliste inventée")
    page.get_by_role("button", name="J’envoie ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous avons votre demande")
    expect(page.get_by_text("carte.pdf")).to_be_visible()
    order = page.url

    office = sign_in(open_page(), "admin@demo.example.org")
    _open_request(office, "presse@example.org")
    with office.expect_download() as downloaded:
        office.get_by_role("link", name="carte.pdf").click()
    assert downloaded.value.suggested_filename == "carte.pdf"
    office.get_by_role("button", name="Accepter").click()
    expect(office.get_by_text("les billets sont en route")).to_be_visible()

    page.goto(order)
    expect(page.get_by_role("heading", name="Votre billet est prêt")).to_be_visible()
    assert any(one["To"] == "presse@example.org" and "billet" in one["Subject"] for one in site.mails())


def test_refused_with_a_reason(open_page, site, sign_in):
    page = open_page()
    _apply(page, "refus@example.org")
    order = page.url
    office = sign_in(open_page(), "admin@demo.example.org")
    _open_request(office, "refus@example.org")
    office.get_by_label("Raison").fill("La carte n’est plus valable.")
    office.get_by_role("button", name="Refuser").click()
    expect(office.get_by_text("les places sont de nouveau libres")).to_be_visible()

    page.goto(order)
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’a pas été acceptée")
    expect(page.get_by_text("La carte n’est plus valable.")).to_be_visible()
    mail = [one for one in site.mails() if one["To"] == "refus@example.org"][-1]
    assert "La carte n’est plus valable." in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_small_phone(open_page, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)
    page.goto(FORM)
    expect(page.get_by_role("button", name="J’envoie ma demande")).to_be_visible()
    assert axe(page) == []
    _apply(page, f"presse-{scheme}@example.org")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

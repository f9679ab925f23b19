"""Giving into the pot and getting a ticket of it, as two visitors do; what the first gave is what the second gets."""

import re

import pytest
from playwright.sync_api import expect

OFFICE = "/fr/billetterie/"
POT = "/fr/billetterie/solidaire/"


def _left(page):
    page.goto(POT)
    said = page.get_by_text("La caisse peut donner")
    expect(said).to_be_visible()
    return int(re.search(r"\d+", said.inner_text())[0])


def _ask(page, address):
    page.goto(POT)
    page.get_by_label("Prénom et nom").fill("Ada Personne")
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_role("button", name="Je demande mon billet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre billet est en route")


def test_a_ticket_of_the_pot_is_a_ticket_like_any_other(open_page, site):
    page = open_page(java_script_enabled=False)
    before = _left(page)
    _ask(page, "caisse@example.org")

    mail = next(one for one in site.mails() if one["To"] == "caisse@example.org")
    body = mail.get_body(("plain",)).get_content()
    assert "Pass Fest 3 jours" in body
    assert "caisse" not in body.replace("caisse@example.org", "").casefold()
    page.goto(re.search(r"https?://\S+/commande/\S+", body)[0])
    expect(page.get_by_role("heading", name="Votre billet est prêt")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^60.€$"))).to_be_visible()
    assert _left(page) == before - 1

    page.goto(re.search(r"https?://\S+/commande/\S+", body)[0])
    page.get_by_role("link", name="Rendre ma place").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rendre")
    page.get_by_role("button", name="Oui").click()
    expect(page.get_by_text("Vos places sont de nouveau libres")).to_be_visible()
    assert _left(page) == before


def test_a_gift_is_ordered_and_once_it_is_paid_the_pot_gives_more(open_page, site, sign_in):
    page = open_page(java_script_enabled=False)
    before = _left(page)
    page.goto(OFFICE)
    page.locator("[name^=billet-suspendu-][name$=-amount]").fill("120")
    page.get_by_role("button", name="Je continue avec mon choix").last.click()
    page.wait_for_url(re.compile("/details/"))
    page.get_by_label("Prénom et nom").fill("Maëlle Exemple")
    page.get_by_label("Adresse de courriel").fill("don@example.org")
    page.get_by_role("button", name="Continuer vers le paiement").click()
    page.wait_for_url(re.compile("/pay/"))
    page.locator("[name=way][value=transfer]").check(force=True)
    page.get_by_label(re.compile("conditions de vente")).check()
    page.get_by_role("button", name="Commander avec obligation de paiement").click()
    page.wait_for_url(re.compile("/fr/commande/[^/]+/[^/]+/$"))
    order = page.url
    assert _left(page) == before

    office = sign_in(open_page(), "admin@demo.example.org")
    office.goto(f"/cms/order/?q={order.split('/')[-3]}")
    office.get_by_role("link", name=order.split("/")[-3]).click()
    office.get_by_role("link", name=re.compile("argent est arrivé|Money has come")).click()
    office.wait_for_url(re.compile("/received/"))
    office.locator("main form [type=submit], main form button").last.click()
    office.wait_for_url(re.compile("/inspect/"))

    page.goto(order)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert _left(page) == before + 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_small_phone(open_page, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)
    page.goto(POT)
    expect(page.get_by_role("button", name="Je demande mon billet")).to_be_visible()
    assert axe(page) == []
    _ask(page, f"pot-{scheme}@example.org")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_alone_asks(page):
    page.goto(POT)
    page.get_by_label("Prénom et nom").focus()
    page.keyboard.type("Zoé Clavier")
    page.keyboard.press("Tab")
    page.keyboard.type("clavier-caisse@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre billet est en route")

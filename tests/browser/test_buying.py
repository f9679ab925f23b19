"""Buying two products by transfer as a visitor does: without JavaScript, with the keyboard alone, on a phone."""

import re

import pytest
from playwright.sync_api import expect

OFFICE = "/fr/billetterie/"


def _tab_to(page, name):
    """Press Tab until the control of this name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if re.fullmatch(name, page.evaluate("document.activeElement?.getAttribute('name')") or ""):
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def _choose(page, *, count="1"):
    """Take passes at the fair price, and lunch on Thursday."""
    page.goto(OFFICE)
    page.get_by_label("Combien ? Pass Fest 3 jours, prix au choix, Prix juste").select_option(count)
    page.locator("[name=dejeuner-days]").nth(1).check(force=True)
    page.get_by_label("Combien par jour ? Déjeuner de saison (par jour)").select_option("1")
    page.get_by_role("button", name="Je continue avec mon choix").click()
    page.wait_for_url(re.compile("/details/"))


def _say_who(page, name="Zoé Ünal", address="zoe@example.org"):
    page.get_by_label("Prénom et nom").fill(name)
    page.get_by_label("Adresse de courriel").fill(address)
    page.get_by_label("Végétarien").check()
    page.get_by_role("group", name="Des allergies").get_by_label("Non").check()
    page.get_by_role("button", name="Continuer vers le paiement").click()
    page.wait_for_url(re.compile("/pay/"))


def _order(page):
    page.locator("[name=way][value=transfer]").check(force=True)
    page.get_by_label(re.compile("conditions de vente")).check()
    page.get_by_role("button", name="Commander avec obligation de paiement").click()
    page.wait_for_url(re.compile("/fr/commande/[^/]+/[^/]+/$"))


def test_two_products_are_bought_by_transfer_without_javascript(open_page):
    page = open_page(java_script_enabled=False)

    _choose(page, count="2")
    expect(page.get_by_text("2 × Pass Fest")).to_be_visible()
    page.get_by_label("Nom sur le billet 2").fill("Ada Lý")
    _say_who(page)
    expect(page.get_by_text("Vos places sont gardées encore")).to_be_visible()
    page.get_by_role("button", name="Il me faut plus de temps").click()
    expect(page.get_by_text("vingt minutes de plus")).to_be_visible()
    page.get_by_role("button", name="Commander avec obligation de paiement").click()
    expect(page.get_by_text("Merci de lire et d’accepter")).to_be_visible()
    _order(page)

    expect(page.get_by_text("FR76 3000 6000 0112 3456 7890 189")).to_be_visible()
    expect(page.get_by_role("img", name="QR code qui remplit le virement")).to_be_visible()
    expect(page.get_by_text(re.compile("232.€")).first).to_be_visible()


def test_the_keyboard_alone_buys(page):
    page.goto(OFFICE)
    _tab_to(page, r"pass-fest-\d+")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    _tab_to(page, "dejeuner-days")
    page.keyboard.press("Space")
    _tab_to(page, r"dejeuner-\d+")
    page.keyboard.press("ArrowDown")
    for _ in range(12):
        page.keyboard.press("Tab")
        if "Je continue" in page.evaluate("document.activeElement?.textContent ?? ''"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/details/"))

    _tab_to(page, "name")
    page.keyboard.type("Zoé Ünal")
    _tab_to(page, "email")
    page.keyboard.type("clavier@example.org")
    for key in ("Space", "ArrowDown"):  # the first meal; no allergies
        _tab_to(page, r"q\d+-\d+")
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/pay/"))

    _tab_to(page, "way")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "terms")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/fr/commande/[^/]+/[^/]+/$"))

    expect(page.get_by_role("heading", name="Par virement")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_step_is_accessible_and_fits_a_small_phone(open_page, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, is_mobile=True, has_touch=True)

    def fits():
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(OFFICE)
    fits()
    _choose(page)
    fits()
    _say_who(page, address=f"{scheme}@example.org")
    fits()
    _order(page)
    fits()

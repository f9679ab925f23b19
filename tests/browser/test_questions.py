"""A lunch is bought with its diets without JavaScript; a group of three fills in its own on phones."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lunch_is_bought_with_its_diet_without_javascript(open_page, axe, scheme):
    page = open_page(java_script_enabled=False, color_scheme=scheme)
    page.goto("/fr/billetterie/")
    page.locator("[name=dejeuner-days]").nth(1).check(force=True)
    page.get_by_label("Combien par jour ? Déjeuner de saison (par jour)").select_option("1")
    page.get_by_role("button", name="Je continue avec mon choix").click()
    page.wait_for_url(re.compile("/details/"))
    page.get_by_label("Prénom et nom").fill("Zoé Ünal")
    page.get_by_label("Adresse de courriel").fill(f"midi-{scheme}@example.org")
    expect(page.get_by_label("Gluten")).to_be_hidden()
    page.get_by_role("group", name="Des allergies").get_by_label("Oui").check()
    expect(page.get_by_label("Gluten")).to_be_visible()
    page.get_by_label("Autre chose").check()
    page.get_by_role("button", name="Continuer vers le paiement").click()

    expect(page.get_by_text("Merci de répondre à cette question.")).to_have_count(2)
    expect(page.get_by_label("Autre chose")).to_be_checked()
    page.get_by_label("Végan", exact=True).check()
    page.get_by_label("Dites-nous laquelle").fill("Céleri")
    page.get_by_role("button", name="Continuer vers le paiement").click()
    page.wait_for_url(re.compile("/pay/"))
    page.locator("[name=way][value=transfer]").check(force=True)
    page.get_by_label(re.compile("conditions de vente")).check()
    page.get_by_role("button", name="Commander avec obligation de paiement").click()
    page.wait_for_url(re.compile("/fr/commande/[^/]+/[^/]+/$"))

    page.get_by_role("link", name="Modifier mes réponses").click()
    expect(page.get_by_label("Dites-nous laquelle")).to_have_value("Céleri")
    page.get_by_role("group", name="Des allergies").get_by_label("Non").check()
    page.get_by_role("button", name="Garder mes réponses").click()
    expect(page.get_by_text("Vos réponses sont gardées")).to_be_visible()
    page.get_by_role("link", name="Modifier mes réponses").click()
    expect(page.get_by_role("group", name="Des allergies").get_by_label("Non")).to_be_checked()


def test_a_group_of_three_fills_in_its_own_on_phones(open_page, site, axe):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}
    buyer = open_page(**options)
    buyer.goto("/en/tickets/")
    buyer.get_by_label("Have you got a code?").fill("INTERVENANT")
    buyer.locator("select[name^=pass-fest-]").nth(0).select_option("3")
    buyer.get_by_role("button", name="Continue with what I chose").click()
    buyer.wait_for_url(re.compile("/details/"))
    buyer.get_by_label("First name and surname").fill("Zoé Ünal")
    buyer.get_by_label("E-mail address").fill("groupe@example.org")
    buyer.get_by_label("Each person fills in their own, by a link").check()
    expect(buyer.get_by_label("Name on ticket 1")).to_be_hidden()
    assert axe(buyer) == []
    buyer.get_by_role("button", name="Get my tickets").click()
    buyer.wait_for_url(re.compile("/en/order/[^/]+/[^/]+/$"))

    expect(buyer.get_by_text("still missing")).to_have_count(3)
    assert axe(buyer) == []
    assert buyer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link = buyer.get_by_label("Link for person 2").input_value()

    ada = open_page(**options)
    ada.goto(link)
    expect(ada.get_by_role("heading", level=1)).to_contain_text("ticket for you")
    assert axe(ada) == []
    ada.get_by_role("button", name="Get my ticket").click()
    expect(ada.get_by_text("The name is missing")).to_be_visible()
    ada.get_by_label("First name and surname").fill("Ada Lý")
    ada.get_by_label("E-mail address").fill("ada@example.org")
    ada.get_by_role("button", name="Get my ticket").click()
    ada.wait_for_url(re.compile("/own/"))
    expect(ada.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    assert axe(ada) == []

    ada.get_by_role("link", name="Change the name").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Change the name on your ticket")
    assert axe(ada) == []
    assert ada.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ada.get_by_label("First name and surname").fill("Ada Lyon")
    ada.get_by_role("button", name="Change the name").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("The ticket of Ada Lyon")

    ada.goto(link)
    expect(ada.get_by_role("heading", level=1)).to_contain_text("The ticket of Ada Lyon")
    expect(ada.get_by_role("button", name="Get my ticket")).to_have_count(0)
    buyer.reload()
    expect(buyer.get_by_text("still missing")).to_have_count(2)
    expect(buyer.get_by_text("Ada Lyon")).to_be_visible()
    assert [mail["To"] for mail in site.mails() if mail["To"] == "ada@example.org"]

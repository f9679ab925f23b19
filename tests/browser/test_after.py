"""After buying: a lunch for a pass that is there, the pass for a friend; on a phone and in the dark.

By hand of nobody but the holder; with and without scripts.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_paying import ORDER, _order_a_pass, open_shop, shop

__all__ = ["open_shop", "shop"]


def _buy(page, address):
    _order_a_pass(page, address)
    page.locator("[value=pay]").click()
    page.wait_for_url(ORDER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")
    return page.url


@pytest.mark.parametrize("script", [True, False])
def test_a_lunch_is_added_and_shown_with_the_ticket(open_shop, axe, script):
    page = open_shop(java_script_enabled=script, viewport={"width": 390, "height": 800})
    order = _buy(page, f"repas-{script}@example.org")

    page.get_by_role("link", name="Ajouter un repas").first.click()
    page.wait_for_url(re.compile("/add/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Compléter")
    if script:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("form.basket select").first.select_option("1")
    days = page.locator("form.basket article").first.locator("input[type=checkbox]:enabled")
    if days.count():
        days.first.check(force=True)
    page.locator("form.basket button.cta").last.click()
    page.wait_for_url(re.compile("/pay/$"))
    page.locator("[name=way][value=stripe]").check(force=True)
    page.locator("[name=terms]").check()
    page.locator("form:has([name=terms]) button.cta").click()
    page.wait_for_url(re.compile("/pay/cs_test_"))
    page.locator("[value=pay]").click()
    page.wait_for_url(ORDER)

    page.goto(order)
    expect(page.get_by_role("heading", name="Aussi dans cette commande")).to_be_visible()
    expect(page.get_by_role("heading", name="Acheté ensuite")).to_be_visible()


def test_a_paid_pass_goes_to_a_friend_and_back_to_who_paid(open_shop, axe, shop):
    page = open_shop(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    order = _buy(page, "payeuse@example.org")

    page.get_by_role("link", name="Céder").first.click()
    page.wait_for_url(re.compile("/pass-on/$"))
    page.locator("form [name=name]").fill("Zoé Martin")
    page.locator("form [name=email]").fill("amie@example.org")
    page.locator("form:has([name=email]) button.cta").click()
    page.wait_for_url(order)
    expect(page.get_by_role("heading", level=1)).to_contain_text("cédé")
    assert axe(page) == []

    mail = next(mail for mail in shop.mails() if "amie@" in mail["To"])
    link = re.search(r"https?://\S+/commande/\S+/", mail.get_body(("plain",)).get_content())[0]
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")
    expect(page.get_by_role("heading", name="Aussi dans cette commande")).to_have_count(0)

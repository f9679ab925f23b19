"""A pass is paid on the page of the payment service: refused first, then paid; with and without scripts."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from festival.demo.stripe_server.serving import serving
from tests.browser.conftest import watching
from tests.browser.installation import Site

ORDER = re.compile("/fr/commande/")


@pytest.fixture(scope="module")
def shop(tmp_path_factory, demo_template):
    """The demo week in a database of its own, and what stands in for Stripe beside it."""
    folder = tmp_path_factory.mktemp("shop")
    shutil.copyfile(demo_template, folder / "site.sqlite3")
    shutil.copytree(demo_template.parent / "demo" / "media", folder / "media", dirs_exist_ok=True)
    with serving(key="sk_test_demonstration", secret="whsec_demonstration") as server:
        site = Site(folder, DEMO="1", FESTIVAL_CLOCK="start:2027-05-02T11:30", STRIPE_API_BASE=server.url)
        site.also = server.url
        with site.serving():
            server.deliveries.url = f"{site.url}/api/v1/stripe/events"
            site.stripe = server
            yield site


@pytest.fixture
def open_shop(browser, shop):
    with watching(browser, shop) as opened:
        yield opened


def _order_a_pass(page, address):
    page.goto("/fr/billetterie/")
    prices = page.locator("select[name^=pass-fest-]")
    prices.nth(1).select_option("1")
    page.locator("form:has(select[name^=pass-fest-]) button.cta:not(.ghost)").click()
    page.wait_for_url(re.compile("/details/"))
    page.locator("form [name=name]").fill("Camille Exemple")
    page.locator("form [name=email]").fill(address)
    page.locator("form:has([name=email]) button.cta").first.click()
    page.wait_for_url(re.compile("/pay/$"))
    page.locator("[name=way][value=stripe]").check(force=True)
    page.locator("[name=terms]").check()
    page.locator("form:has([name=terms]) button.cta").click()
    page.wait_for_url(re.compile("/pay/cs_test_"))


@pytest.mark.parametrize("script", [True, False])
def test_refused_then_paid(open_shop, shop, script):
    page = open_shop(java_script_enabled=script, viewport={"width": 390, "height": 800})
    _order_a_pass(page, f"carte-{script}@example.org")

    page.locator("[value=refuse]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[value=pay]").click()

    page.wait_for_url(ORDER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")
    shop.stripe.deliveries.settle()
    mails = [mail for mail in shop.mails() if f"carte-{script}@" in mail["To"]]
    assert len([mail for mail in mails if any("pdf" in part.get_content_type() for part in mail.walk())]) == 1


def test_back_without_paying_and_again(open_shop):
    page = open_shop()
    _order_a_pass(page, "retour@example.org")

    page.locator("a.back").click()
    page.wait_for_url(ORDER)
    page.locator("a.cta[href*='/pay/cs_test_']").click()
    page.locator("[value=pay]").click()

    page.wait_for_url(ORDER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("prêt")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_pages_are_accessible_and_fit(open_shop, axe, shop, scheme, width):
    page = open_shop(viewport={"width": width, "height": 800}, color_scheme=scheme)
    _order_a_pass(page, f"{scheme}@example.org")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("a.back").click()
    page.wait_for_url(ORDER)
    page.goto(f"{page.url}paid/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

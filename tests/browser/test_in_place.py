"""What changes is exchanged in place: totals, what is left, faults. The same without JavaScript, by a button."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_buying import OFFICE, _choose, _tab_to

PASS = "Combien ? Pass Fest 3 jours, prix au choix, Prix juste"
LUNCH = "Combien par jour ? Déjeuner de saison (par jour)"


def _stays(page):
    """Mark the page; return a function that says whether it is still the same one."""
    page.evaluate("window.marked = true")
    return lambda: page.evaluate("window.marked === true")


def _focused(page):
    return page.evaluate("document.activeElement?.getAttribute('name')")


def test_the_total_follows_the_choice_and_the_focus_stays(page, axe):
    page.goto(OFFICE)
    same = _stays(page)
    quote = page.locator("#quote")

    page.get_by_label(PASS).focus()
    page.get_by_label(PASS).select_option("2")
    expect(quote).to_contain_text("2 × Pass Fest")
    expect(quote.locator(".total")).to_contain_text("220")
    assert re.fullmatch(r"pass-fest-\d+", _focused(page))

    page.locator("[name=dejeuner-days]").nth(1).check(force=True)
    page.get_by_label(LUNCH).select_option("1")
    expect(quote.locator(".total")).to_contain_text("232")
    expect(quote).to_have_attribute("role", "status")
    page.get_by_label(PASS).select_option("0")
    expect(quote.locator(".total")).to_contain_text("12")
    expect(quote).not_to_contain_text("Pass Fest")

    assert same()
    assert axe(page) == []
    assert page.locator("[name=dejeuner-days]").nth(1).is_checked()


def test_what_is_missing_is_told_beside_the_field_while_choosing(page):
    page.goto(OFFICE)
    same = _stays(page)

    page.get_by_label(LUNCH).select_option("1")

    expect(page.get_by_text("Choisissez votre jour.")).to_be_visible()
    page.locator("[name=dejeuner-days]").nth(1).check(force=True)
    expect(page.get_by_text("Choisissez votre jour.")).to_have_count(0)
    expect(page.get_by_label(LUNCH)).to_have_value("1")
    assert same()


def test_without_javascript_a_button_says_the_total(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(OFFICE)
    page.get_by_label(PASS).select_option("2")
    page.get_by_role("button", name="Afficher le total").click()

    expect(page.locator("#quote .total")).to_contain_text("220")
    expect(page.get_by_label(PASS)).to_have_value("2")
    page.get_by_role("button", name="Je continue avec mon choix").click()
    page.wait_for_url(re.compile("/details/"))


def test_the_button_for_those_without_scripts_is_not_shown_to_others(page):
    page.goto(OFFICE)
    expect(page.get_by_role("button", name="Je continue avec mon choix").last).to_be_visible()
    expect(page.get_by_role("button", name="Afficher le total")).to_be_hidden()


def test_details_are_checked_as_they_are_filled_in(page):
    _choose(page)
    same = _stays(page)
    name, address = page.get_by_label("Prénom et nom"), page.get_by_label("Adresse de courriel")

    name.fill("Zoé Ünal")
    address.fill("zoe@exemple")
    page.get_by_label("Végétarien").check()

    fault = page.locator("#id_email_error")
    expect(fault).to_be_visible()
    expect(page.locator("body > [aria-live=polite]")).to_contain_text(fault.text_content().strip())
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_value("Zoé Ünal")
    expect(page.get_by_label("Végétarien")).to_be_checked()
    expect(page.locator(".err")).to_have_count(1)  # what nobody has been in is not told of
    assert re.fullmatch(r"q\d+-\d+", _focused(page))

    address.fill("zoe@example.org")
    address.blur()
    expect(fault).to_have_count(0)
    assert same()


def test_a_form_sent_with_faults_stays_and_leads_to_the_first(page, axe):
    _choose(page)
    same = _stays(page)
    page.get_by_label("Adresse de courriel").fill("zoe@example.org")
    page.get_by_role("button", name="Continuer vers le paiement").click()

    expect(page.locator("#id_name_error")).to_be_visible()
    expect(page.get_by_label("Prénom et nom")).to_be_focused()
    expect(page.get_by_label("Adresse de courriel")).to_have_value("zoe@example.org")
    assert same()
    assert axe(page) == []

    page.get_by_role("button", name="Il me faut plus de temps").click()
    expect(page.get_by_text("vingt minutes de plus")).to_be_visible()
    expect(page.get_by_label("Adresse de courriel")).to_have_value("zoe@example.org")
    assert same()


def test_by_keyboard_what_is_typed_is_never_taken(page):
    _choose(page)
    _tab_to(page, "name")
    page.keyboard.type("Zoé Ünal")
    page.keyboard.press("Tab")
    page.keyboard.type("clavier@example.org")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.type(" Martin", delay=60)

    expect(page.get_by_label("Adresse de courriel")).to_have_value("clavier@example.org")
    expect(page.get_by_label("Prénom et nom")).to_have_value("Zoé Ünal Martin")
    assert _focused(page) == "name"


def test_what_is_left_stays_true_while_somebody_looks(open_page, site):
    page = open_page()
    page.clock.install()
    page.goto(OFFICE)
    same = _stays(page)
    label = page.locator("label:has([name=dejeuner-days])").nth(2)
    day = label.locator("input")
    expect(day).to_be_enabled()

    site.manage("shell", "-c", _SELL_OUT_ONE_LUNCH)
    try:
        page.clock.fast_forward(60_000)
        expect(label).to_contain_text("complet")
        expect(day).to_be_disabled()
        assert same()
    finally:
        site.manage("shell", "-c", _FREE_IT_AGAIN)


_SELL_OUT_ONE_LUNCH = """
from django.db.models import F
from tickets.models import Quota
lunches = Quota.objects.filter(products__slug="dejeuner").exclude(day=None).order_by("day__date")
Quota.objects.filter(pk=lunches[2].pk).update(size=F("taken"))
"""
_FREE_IT_AGAIN = """
from django.db.models import F
from tickets.models import Quota
lunches = Quota.objects.filter(products__slug="dejeuner").exclude(day=None).order_by("day__date")
Quota.objects.filter(pk=lunches[2].pk).update(size=F("taken") + 150)
"""


@pytest.mark.parametrize("script", [True, False])
def test_a_booking_with_faults_is_mended_and_leads_to_its_ticket(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto("/fr/programme/seances/velos-cargos/")
    page.get_by_role("link", name="Réserver ma place").click()
    page.get_by_label("Prénom et nom").fill("Camille Exemple")
    same = _stays(page) if script else None
    page.get_by_role("button", name="Réserver ma place").click()

    expect(page.locator(".err").first).to_be_visible()
    expect(page.get_by_label("Prénom et nom")).to_have_value("Camille Exemple")
    assert not script or same()
    page.get_by_label("Adresse de courriel").fill(f"place-{script}@example.org")
    page.get_by_role("button", name="Réserver ma place").click()
    page.wait_for_url(re.compile("/fr/commande/"))


def test_a_form_is_sent_whole_where_the_answer_cannot_be_shown(browser, site):
    page = browser.new_context(base_url=site.url, locale="fr-FR").new_page()  # its script complains
    page.set_default_timeout(60_000)
    _choose(page)
    page.route("**/details/", lambda route: route.abort() if _is_of_script(route) else route.continue_())
    page.get_by_label("Prénom et nom").fill("Zoé Ünal")
    page.get_by_label("Adresse de courriel").fill("zoe@example.org")
    page.get_by_label("Végétarien").check()
    page.get_by_role("group", name="Des allergies").get_by_label("Non").check()
    page.get_by_role("button", name="Continuer vers le paiement").click()

    page.wait_for_url(re.compile("/pay/"))
    page.context.close()


def _is_of_script(route):
    return "hx-request" in route.request.headers

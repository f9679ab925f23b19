"""A juror at work: by keyboard alone, on a phone, without scripts; drafts that save themselves."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, next_page

JUROR = "elzbieta-kowalczenko@jury.example.org"
CHAIR = "marguerite-delahousse-naim@jury.example.org"
COMMENTING = "corentin-plougastou@jury.example.org"
CARD = "/jury/prix-2027/entries/caution-commune/"
SHEET = "/jury/prix-2027/entries/graines-de-donnees/"
SAVED = re.compile("Brouillon enregistré à")


@pytest.fixture
def at_the_desk(sign_in):
    """Return a function that signs a page in and moves its clock to the time when the jury is at work."""

    def seated(page, email=JUROR, moment="jury"):
        sign_in(page, email)
        page.goto(f"/demo/clock/{moment}/?next=/jury/")
        return page

    return seated


def at_work(page):
    """Move the page's clock to the time when the jury is at work."""
    page.goto("/demo/clock/jury/?next=/jury/")
    return page


def focus_by_tab(page, selector, limit=80):
    """Press Tab until the focus is on what `selector` names."""
    for _ in range(limit):
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_a_juror_scores_with_the_keyboard_alone(page, at_the_desk):
    at_the_desk(page)
    focus_by_tab(page, f'a[href="{SHEET}"]')
    with next_page(page):
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(SHEET))
    focus_by_tab(page, 'input[name="mark-impact"]')
    for mark in "43214":
        page.keyboard.press(mark)
    expect(page.locator("textarea[name=comment]")).to_be_focused()
    page.keyboard.type("Clear licence, thin community.")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    focus_by_tab(page, 'button[name="submit"]')
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Graines de données")
    page.goto(SHEET)
    marks = ["impact", "communaute", "ouverture", "viabilite", "essaimage"]
    assert [page.locator(f'[name="mark-{slug}"]:checked').input_value() for slug in marks] == list("43214")
    expect(page.locator("textarea[name=comment]")).to_have_value("Clear licence, thin community.")


def test_a_draft_saves_itself_on_a_phone(phone, at_the_desk, axe):
    at_the_desk(phone, COMMENTING)
    phone.goto(CARD)
    phone.locator('label:has([name="mark-ouverture"][value="3"])').tap()
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    phone.reload()
    expect(phone.locator('[name="mark-ouverture"][value="3"]')).to_be_checked()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(phone) == []


def test_two_windows_show_both_versions_and_the_juror_chooses(page, at_the_desk, axe):
    at_the_desk(page, COMMENTING)
    page.goto(CARD)
    other = page.context.new_page()
    other.goto(CARD)
    other.locator('label:has([name="mark-viabilite"][value="4"])').click()
    expect(other.locator("[data-saved]")).to_have_text(SAVED)
    page.locator("textarea[name=comment]").fill("Écrit dans la première fenêtre.")
    expect(page.locator("[data-saved]")).to_contain_text("deux versions")
    expect(page.locator("[data-versions]")).to_be_visible()
    expect(page.locator('[data-version="mine"]')).to_contain_text("Écrit dans la première fenêtre.")
    expect(page.get_by_role("button", name="Garder en brouillon")).to_be_visible()
    assert axe(page) == []
    page.locator('[data-take="mine"]').click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator("textarea[name=comment]")).to_have_value("Écrit dans la première fenêtre.")
    expect(page.locator('[name="mark-viabilite"][value="4"]')).to_be_checked()


def test_a_draft_that_is_not_saved_says_so_and_is_not_left_by_a_wrong_tap(page, at_the_desk):
    at_the_desk(page, COMMENTING)
    page.goto(CARD)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.clear_cookies(name="sessionid")
    page.locator("textarea[name=comment]").fill("")  # other tests write on this card too
    page.locator("textarea[name=comment]").press_sequentially("Personne ne l’a encore.")
    expect(page.locator("[data-saved]")).to_contain_text("Gardé sur cet appareil")
    page.locator('a[href="/jury/prix-2027/"]').first.click()
    expect(page.locator("textarea[name=comment]")).to_have_value("Personne ne l’a encore.")
    assert asked == ["beforeunload"]


def test_an_offline_juror_types_closes_the_tab_signs_in_again_and_every_word_is_there(browser, site, sign_in):
    """Offline from the first key, the session ended meanwhile, the tab gone; nothing was ever saved before."""
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    page = at_work(sign_in(context.new_page(), COMMENTING))
    page.goto(CARD)
    context.set_offline(True)
    words = [f"mot{number}" for number in range(120)]
    page.locator("textarea[name=comment]").fill("")  # other tests write on this card too
    page.locator("textarea[name=comment]").press_sequentially(" ".join(words[:60]))
    expect(page.locator("[data-saved]")).to_contain_text("pas de réseau")
    page.locator("textarea[name=comment]").press_sequentially(" " + " ".join(words[60:]))
    page.locator('label:has([name="mark-ouverture"][value="5"])').click()
    expect(page.locator("[data-saved]")).to_contain_text("Gardé sur cet appareil")
    page.close()
    context.set_offline(False)
    context.clear_cookies(name="sessionid")
    again = context.new_page()
    again.goto(CARD)
    expect(again).to_have_url(re.compile("login"))
    again.get_by_label("Courriel").fill(COMMENTING)
    again.get_by_label("Mot de passe").fill(PASSWORD)
    again.get_by_role("button", name="Me connecter", exact=True).click()
    expect(again).to_have_url(re.compile(CARD))
    expect(again.locator("textarea[name=comment]")).to_have_value(" ".join(words))
    expect(again.locator('[name="mark-ouverture"][value="5"]')).to_be_checked()
    expect(again.locator("[data-saved]")).to_have_text(SAVED)
    again.reload()
    expect(again.locator("textarea[name=comment]")).to_have_value(" ".join(words))
    assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kermesse.card')).length") == 0
    context.close()


def test_another_juror_in_the_same_browser_sees_nothing_of_what_was_typed(browser, site, sign_in):
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    page = at_work(sign_in(context.new_page(), COMMENTING))
    page.goto(CARD)
    context.set_offline(True)
    page.locator("textarea[name=comment]").fill("Seulement pour moi.")
    expect(page.locator("[data-saved]")).to_contain_text("pas de réseau")
    context.clear_cookies(name="sessionid")
    context.set_offline(False)
    other = at_work(sign_in(context.new_page(), JUROR))
    other.goto("/jury/prix-2027/")
    other.locator(".readings a").first.click()
    expect(other.locator("textarea[name=comment]")).not_to_have_value("Seulement pour moi.")
    # The first page goes on trying; it never becomes a card of the one who is signed in now.
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-saved]")).not_to_have_text(SAVED)
    assert "Seulement pour moi." in page.evaluate("Object.values(localStorage).join()")
    context.close()


def test_signing_out_says_what_the_site_does_not_have(browser, site, sign_in):
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    page = at_work(sign_in(context.new_page(), COMMENTING, anew=True))
    page.goto(CARD)
    context.set_offline(True)
    page.locator("textarea[name=comment]").fill("Jamais envoyé.")
    expect(page.locator("[data-saved]")).to_contain_text("pas de réseau")
    page.close()
    context.set_offline(False)
    leaving = context.new_page()
    leaving.goto("/fr/compte/logout/")
    expect(leaving.locator("[data-unsent] a")).to_have_attribute("href", CARD)
    leaving.get_by_role("button", name="Me déconnecter").click()
    leaving.wait_for_url(lambda url: "logout" not in url)
    assert leaving.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kermesse.card')).length") == 0
    context.close()


def test_without_scripts_what_was_sent_after_the_session_ended_is_back_after_signing_in(open_page, at_the_desk):
    page = at_the_desk(open_page(java_script_enabled=False), COMMENTING)
    page.goto(CARD)
    page.locator("textarea[name=comment]").fill("Envoyé trop tard.")
    page.locator('label:has([name="mark-impact"][value="2"])').click()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Garder en brouillon").click()
    page.get_by_label("Courriel").fill(COMMENTING)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Me connecter", exact=True).click()
    expect(page.locator("textarea[name=comment]")).to_have_value("Envoyé trop tard.")
    expect(page.locator('[name="mark-impact"][value="2"]')).to_be_checked()
    page.get_by_role("button", name="Garder en brouillon").click()
    expect(page.locator(".messages")).to_contain_text("Brouillon de")
    expect(page.locator("textarea[name=comment]")).to_have_value("Envoyé trop tard.")


def test_scoring_works_without_scripts(open_page, at_the_desk):
    page = at_the_desk(open_page(java_script_enabled=False), COMMENTING)
    page.goto(CARD)
    page.get_by_role("button", name="Rendre").click()
    expect(page.locator(".error-summary")).to_contain_text("Choisissez une note.")
    page.get_by_role("button", name="Garder en brouillon").click()
    expect(page.locator(".messages")).to_contain_text("Brouillon de")


def test_handing_in_an_incomplete_card_says_what_is_missing_and_goes_on_saving(phone, at_the_desk):
    at_the_desk(phone, COMMENTING)
    phone.goto(CARD)
    with next_page(phone):
        phone.get_by_role("button", name="Rendre", exact=True).tap()
    expect(phone.locator(".error-summary")).to_be_focused()
    expect(phone.locator(".error-summary")).to_contain_text("Choisissez une note.")
    phone.locator("textarea[name=comment]").fill("Il manque encore des notes.")
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    phone.goto(CARD)
    expect(phone.locator("textarea[name=comment]")).to_have_value("Il manque encore des notes.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chair_s_page_has_no_fault(open_page, at_the_desk, axe, scheme):
    page = at_the_desk(open_page(color_scheme=scheme), CHAIR, moment="village")
    page.goto("/jury/prix-2027/chair/")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page de la présidence")
    assert axe(page) == []

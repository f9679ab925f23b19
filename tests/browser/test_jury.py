"""A juror at work: by keyboard alone, on a phone, without scripts; drafts that save themselves."""

import re

import pytest
from playwright.sync_api import expect

JUROR = "elzbieta-kowalczenko@jury.example.org"
CHAIR = "marguerite-delahousse-naim@jury.example.org"
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
    at_the_desk(phone, "corentin-plougastou@jury.example.org")
    phone.goto("/jury/prix-2027/entries/caution-commune/")
    phone.locator('label:has([name="mark-ouverture"][value="3"])').tap()
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    phone.reload()
    expect(phone.locator('[name="mark-ouverture"][value="3"]')).to_be_checked()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(phone) == []


def test_two_windows_notice_each_other(page, open_page, at_the_desk):
    at_the_desk(page, "corentin-plougastou@jury.example.org")
    page.goto("/jury/prix-2027/entries/caution-commune/")
    other = page.context.new_page()
    other.goto("/jury/prix-2027/entries/caution-commune/")
    other.locator('label:has([name="mark-viabilite"][value="4"])').click()
    expect(other.locator("[data-saved]")).to_have_text(SAVED)
    page.locator("textarea[name=comment]").fill("Écrit dans la première fenêtre.")
    expect(page.locator("[data-saved]")).to_contain_text("autre fenêtre")
    expect(page.locator("textarea[name=comment]")).to_have_value("Écrit dans la première fenêtre.")


def test_a_draft_that_is_not_saved_says_so_and_is_not_left_by_a_wrong_tap(page, at_the_desk):
    at_the_desk(page, "corentin-plougastou@jury.example.org")
    page.goto("/jury/prix-2027/entries/caution-commune/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.clear_cookies(name="sessionid")
    page.locator("textarea[name=comment]").press_sequentially("Personne ne l’a encore.")
    expect(page.locator("[data-saved]")).to_contain_text("votre connexion a expiré")
    page.locator('a[href="/jury/prix-2027/"]').first.click()
    expect(page.locator("textarea[name=comment]")).to_have_value("Personne ne l’a encore.")
    assert asked == ["beforeunload"]


def test_scoring_works_without_scripts(open_page, at_the_desk):
    page = at_the_desk(open_page(java_script_enabled=False), "corentin-plougastou@jury.example.org")
    page.goto("/jury/prix-2027/entries/caution-commune/")
    page.get_by_role("button", name="Rendre").click()
    expect(page.locator(".error-summary")).to_contain_text("Choisissez une note de 0 à 5.")
    page.get_by_role("button", name="Garder en brouillon").click()
    expect(page.locator(".messages")).to_contain_text("Brouillon de")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chair_s_page_has_no_fault(open_page, at_the_desk, axe, scheme):
    page = at_the_desk(open_page(color_scheme=scheme), CHAIR, moment="village")
    page.goto("/jury/prix-2027/chair/")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page de la présidence")
    assert axe(page) == []

"""A juror works through the whole queue by keyboard alone, loses the network on the way, and is told the truth."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, next_page
from tests.browser.test_jury import COMMENTING, SAVED, focus_by_tab

READER = "nour-al-khaznadar@jury.example.org"
HOME = "/jury/prix-2027/"
WAITING = 4
# A pair of the reader's is copied for each project of the round that is not theirs and that no conflict bars.
SEEN = """SELECT pair.* FROM awards_assignment pair JOIN awards_juror juror ON juror.id = pair.juror_id
  WHERE juror.email = ? ORDER BY pair.id LIMIT 1"""
UNSEEN = """SELECT DISTINCT entry_id FROM awards_assignment WHERE round_id = :round AND entry_id NOT IN
  (SELECT entry_id FROM awards_assignment WHERE juror_id = :juror) ORDER BY entry_id"""
LISTEN = """() => {
  window.told = [];
  const place = document.querySelector("[data-saved]");
  new MutationObserver(() => window.told.push(place.textContent)).observe(place, {childList: true, subtree: true});
}"""


@pytest.fixture
def waiting(site):
    """Leave the reader projects to judge, in a round that shows the others' marks once one's own are in."""
    with closing(sqlite3.connect(site.folder / "site.sqlite3", timeout=30)) as database:
        database.row_factory = sqlite3.Row
        with database:
            given = _give(database, WAITING)
            database.execute("UPDATE awards_round SET peers_visible = 1")
        yield given
        with database:
            database.execute("UPDATE awards_round SET peers_visible = 0")


def _give(database, wanted):
    """Give the reader so many more projects. Returns how many it became."""
    pair = dict(database.execute(SEEN, (READER,)).fetchone())
    unseen = database.execute(UNSEEN, {"round": pair["round_id"], "juror": pair["juror_id"]}).fetchall()
    del pair["id"]
    columns, places = ", ".join(pair), ", ".join(f":{name}" for name in pair)
    for row in unseen[:wanted]:
        database.execute(f"INSERT INTO awards_assignment ({columns}) VALUES ({places})", pair | {"entry_id": row[0]})
    return len(unseen[:wanted])


def enter(page, selector):
    """Go by Tab to what `selector` names, press Enter, and wait for the page that comes of it."""
    focus_by_tab(page, selector, limit=200)
    with next_page(page):
        page.keyboard.press("Enter")


def type_in(page, selector, words):
    focus_by_tab(page, selector, limit=200)
    page.keyboard.type(words)


def mark(page, digits="43214"):
    focus_by_tab(page, 'fieldset.mark:first-of-type input[type="radio"]', limit=200)
    for digit in digits:
        page.keyboard.press(digit)
    expect(page.locator("textarea[name=comment]")).to_be_focused()


def sign_in_by_keyboard(page):
    page.goto("/demo/clock/jury/?next=/fr/")
    page.goto("/fr/compte/login/?next=/jury/")
    type_in(page, 'input[name="login"]', READER)
    type_in(page, 'input[name="password"]', PASSWORD)
    with next_page(page):
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def score_through_a_lost_network(page):
    """Nothing typed is lost, and the page never says "saved" while the site has nothing."""
    page.evaluate(LISTEN)
    page.context.set_offline(True)
    mark(page)
    page.keyboard.type("Licence claire.")
    expect(page.locator("[data-saved]")).to_contain_text("pas de réseau")
    focus_by_tab(page, "details.for-others summary", limit=200)
    page.keyboard.press("Enter")
    type_in(page, "details.for-others textarea", "Merci de ce projet.")
    expect(page.locator("[data-saved]")).to_contain_text("pas de réseau")
    assert not [text for text in page.evaluate("window.told") if SAVED.search(text)]
    expect(page.locator(".peers")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator("textarea[name=comment]")).to_have_value("Licence claire.")
    expect(page.locator("details.for-others textarea").first).to_have_value("Merci de ce projet.")
    expect(page.locator("fieldset.mark input:checked")).to_have_count(5)
    expect(page.locator(".peers")).to_have_count(0)
    enter(page, 'button[name="submit"]')


def test_a_juror_empties_the_queue_by_keyboard(browser, site, waiting):
    assert waiting == WAITING
    context = browser.new_context(base_url=site.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in_by_keyboard(page)
    enter(page, '.page-head a.cta[href*="/entries/"]')
    scored = page.url

    score_through_a_lost_network(page)
    expect(page).not_to_have_url(scored)  # handed in, and on to the next
    abstained = page.url
    enter(page, 'a[href$="/abstain/"]')
    type_in(page, "textarea[name=reason], input[name=reason]", "Hors de mon métier.")
    enter(page, "form .row button.cta")

    page.goto(HOME)
    enter(page, '.page-head a.cta[href*="/entries/"]')
    assert page.url not in {scored, abstained}
    flagged = page.url
    enter(page, '.beside form[action$="/star/"] button')
    page.goto(flagged)
    expect(page.locator(".beside")).to_contain_text("Retirer de ma liste")
    enter(page, 'a[href$="/flag/"]')
    type_in(page, "textarea[name=flag], input[name=flag]", "Un budget à relire.")
    enter(page, "form .row button.cta")
    page.goto(flagged)
    mark(page, "55555")
    page.keyboard.type("Très solide.")
    enter(page, 'button[name="submit"]')
    expect(page).not_to_have_url(flagged)

    enter(page, 'a[href$="/step-back/"]')
    type_in(page, "textarea[name=reason], input[name=reason]", "Je connais l’équipe.")
    enter(page, "form .row button.cta")
    page.goto(HOME)
    expect(page.locator('.page-head a.cta[href*="/entries/"]')).to_have_count(0)
    enter(page, 'form[action$="/finished/"] button')
    expect(page.get_by_text("Vous avez dit que vous avez terminé ce tour.")).to_be_visible()
    page.goto(scored)
    expect(page.locator(".peers")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reading_pages_have_no_fault(open_page, sign_in, axe, scheme):
    page = sign_in(open_page(color_scheme=scheme), COMMENTING)
    page.goto("/demo/clock/jury/?next=/jury/")
    card = f"{HOME}entries/caution-commune/"
    faults = []
    for address in (HOME, card, f"{card}step-back/", f"{card}abstain/", f"{card}flag/"):
        assert page.goto(address).status == 200, address
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\S"))
        faults += [f"{address}: {fault}" for fault in axe(page)]
    page.goto(HOME)
    with next_page(page):
        page.locator(".reading.done a").first.click()
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    faults += [f"a card that is in, with its history: {fault}" for fault in axe(page)]
    assert faults == []

"""Every page type in Chromium: accessibility in both languages and schemes, nothing wider than a small phone."""

import pytest

PAGES = {
    "home": ("/fr/", "/en/"),
    "village": ("/fr/village/", "/en/village/"),
    "fest": ("/fr/fest/", "/en/fest/"),
    "prix": ("/fr/prix/", "/en/awards/"),
    "news": ("/fr/actualites/", "/en/news/"),
    "article": ("/fr/actualites/programme-en-ligne/", "/en/news/programme-online/"),
    "practical": ("/fr/infos-pratiques/", "/en/practical-information/"),
    "legal": ("/fr/mentions-legales/", "/en/legal-notice/"),
    "programme": ("/fr/programme/", "/en/programme/"),
    "day-1": ("/fr/programme/2027-05-01/", "/en/programme/2027-05-01/"),
    "day-6": ("/fr/programme/2027-05-06/", "/en/programme/2027-05-06/"),
    "session-long": (
        "/fr/programme/seances/forum-ouvert-vocabulaire/",
        "/en/programme/sessions/forum-ouvert-vocabulaire/",
    ),
    "session-moved": ("/fr/programme/seances/marche-pour-de-faux/", "/en/programme/sessions/marche-pour-de-faux/"),
    "session-cancelled": ("/fr/programme/seances/microcredit-dix-ans/", "/en/programme/sessions/microcredit-dix-ans/"),
    "speakers": ("/fr/programme/intervenants/", "/en/programme/speakers/"),
    "speaker": ("/fr/programme/intervenants/haruka-minamori/", "/en/programme/speakers/haruka-minamori/"),
    "tickets": ("/fr/billetterie/", "/en/tickets/"),
    "projects": ("/fr/prix/projets/", "/en/awards/projects/"),
    "project": ("/fr/prix/projets/chambre-damis/", "/en/awards/projects/chambre-damis/"),
    "sign-in": ("/fr/compte/login/", "/en/account/login/"),
    "lost": ("/fr/perdu/", "/en/lost/"),
}

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

# What another width can change; the tree is the same.
OF_WIDTH = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(open_page, axe, name):
    page = open_page(color_scheme="light")
    french, english = PAGES[name]
    page.goto(french)
    faults = axe(page)
    page.emulate_media(color_scheme="dark")
    faults += axe(page, "color-contrast")  # all that the other scheme changes
    page.emulate_media(color_scheme="light")
    page.goto(english)
    faults += axe(page, *OF_WIDTH)

    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_small_phone_and_is_accessible_there(open_page, axe, name):
    page = open_page(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    french, english = PAGES[name]
    page.goto(french)
    assert not page.evaluate(TOO_WIDE), french
    faults = axe(page, *OF_WIDTH)
    page.goto(english)
    assert not page.evaluate(TOO_WIDE), english
    faults += axe(page)
    page.emulate_media(color_scheme="dark")
    faults += axe(page, "color-contrast")

    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_page_reads_without_javascript(open_page, name):
    page = open_page(java_script_enabled=False)
    page.goto(PAGES[name][0])

    assert page.locator("h1").first.is_visible()
    assert page.locator("main").inner_text().strip() != ""

"""Every page type in Chromium, visited once in each language: accessibility in both schemes, and what widths change.

No time, price, date or name is broken over two lines; nothing is wider than a small phone, in large text, with wide
spacing and with long words neither.
"""

import pytest

from tests.browser.measures import BROKEN, SCROLL, STYLE, WIDE

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
    "now": ("/fr/en-direct/", "/en/live/"),
    "filtered": ("/fr/programme/2027-05-02/?access=lsf",),
    "lost": ("/fr/perdu/", "/en/lost/"),
}

# What a width and longer words can change together; the tree and the colours are those of the other language.
OF_WIDTH = ("link-in-text-block", "scrollable-region-focusable", "target-size")
LARGE = "html { font-size: 200% }"
# WCAG 1.4.12
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }"""
LONG_WORDS = """() => document.querySelectorAll("main :is(h1, h2, h3, p, dd, li, a)").forEach((e) => {
  if (!e.children.length && e.textContent.trim()) e.textContent = "Anticonstitutionnellement".repeat(4);
})"""


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_keeps_its_shape(open_page, axe, name):
    page = open_page(color_scheme="light")
    faults = []
    for address in PAGES[name]:
        is_french = address.startswith("/fr/")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        faults += _of_schemes(page, axe) if is_french else axe(page, *OF_WIDTH)
        for width in (1280, 899, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 640})
            faults += [f"{address} at {width}: {text} is broken" for text in page.evaluate(BROKEN)]
        faults += _sideways(page, "")
        faults += axe(page, *OF_WIDTH) if is_french else _of_schemes(page, axe)
        page.set_viewport_size({"width": 390, "height": 844})
        faults += _sideways(page, LARGE) + _sideways(page, SPACED)
        page.evaluate(LONG_WORDS)
        faults += _sideways(page, "")

    assert faults == []


def _of_schemes(page, axe):
    """Return the faults in the light, and of those that the dark can bring: of contrast."""
    faults = axe(page)
    page.emulate_media(color_scheme="dark")
    faults += axe(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    return faults


def _sideways(page, css):
    """Return what makes the page scroll sideways while these styles are added to its own."""
    page.evaluate(STYLE, css)
    scroll, room = page.evaluate(SCROLL)
    return [] if scroll <= room else [f"{page.url}: {scroll} > {room}: {page.evaluate(WIDE)}"]


def test_every_page_reads_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    unread = []
    for french, *_ in PAGES.values():
        page.goto(french)
        is_read = page.locator("h1").first.is_visible() and page.locator("main").inner_text().strip()
        unread += [] if is_read else [french]

    assert unread == []

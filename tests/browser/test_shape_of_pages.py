"""What pages keep besides: no hidden focus, the filter that is on, paper, icons, figures."""

import pypdfium2
import pytest

from tests.browser.measures import WATCH_FOCUS
from tests.browser.test_every_page import PAGES


@pytest.mark.parametrize("name", ["home", "day-1", "day-6", "programme", "session-moved", "tickets", "project"])
def test_focus_is_never_hidden_under_what_sticks(open_page, name):
    page = open_page()
    page.goto(PAGES[name][0])
    page.evaluate(WATCH_FOCUS)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 640})
        there = _walk(page, "Tab", 120)
        back = _walk(page, "Shift+Tab", there["steps"])

        assert there["covered"] + back["covered"] == []
        assert there["steps"] > 5
        assert back["steps"] >= there["steps"] - 1


def _walk(page, key, limit):
    """Press a key until no control has the focus, at most so often; return the steps and what was covered."""
    page.evaluate("window.walk = { steps: 0, covered: [], isOver: false }")
    for pressed in range(1, limit + 1):
        page.keyboard.press(key)
        if pressed % 10 == 0 and page.evaluate("walk.isOver"):
            break
    return page.evaluate("walk")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_filter_that_is_on_is_seen_on_a_phone(open_page, javascript):
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    page.goto("/fr/programme/2027-05-02/?language=fr&registration=yes")

    for chip in page.locator(".filters [aria-current]").all():
        box = chip.bounding_box()
        assert box["x"] >= 0
        assert box["x"] < 390
    assert page.locator(".filtered").inner_text().startswith("2 filtres")
    page.locator(".filtered a").click()
    page.wait_for_url("**/fr/programme/2027-05-02/")


@pytest.mark.parametrize("name", ["home", "village", "day-1", "session-long", "speakers", "practical"])
def test_paper_says_which_festival_and_ends_with_no_heading(open_page, tmp_path, name):
    page = open_page()
    page.goto(PAGES[name][0])
    headings = {" ".join(text.split()) for text in page.locator("main :is(h2, h3)").all_inner_texts()}
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)

    sheets = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    for number in range(len(sheets)):
        lines = [" ".join(line.split()) for line in sheets[number].get_textpage().get_text_range().splitlines()]
        lines = [line for line in lines if line]
        text = " ".join(lines)
        assert "Festival de l’économie collaborative 2027" in text, number
        assert "127.0.0.1" in text, number
        body = [line for line in lines if line != f"{number + 1} / {len(sheets)}" and "127.0.0.1" not in line]
        assert number == len(sheets) - 1 or body[-1] not in headings


def test_nothing_that_a_browser_asks_for_is_missing(open_page):
    page = open_page()
    missing = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    for address in ("/fr/", "/fr/programme/2027-05-02/", "/fr/billetterie/"):
        page.goto(address, wait_until="networkidle")
        for link in page.evaluate("[...document.querySelectorAll('link[href]')].map((l) => l.href)"):
            if not link.endswith(("/en/", "/fr/")):
                missing += [link] if page.request.get(link).status >= 400 else []
    for path in ("/favicon.ico", "/apple-touch-icon.png", "/apple-touch-icon-precomposed.png", "/site.webmanifest"):
        assert page.request.get(path).status == 200

    assert missing == []


def test_zeros_of_prose_are_those_of_titles(page):
    page.goto("/fr/billetterie/")

    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Figures")
    assert page.evaluate("document.fonts.check('1em Figures', '0')")

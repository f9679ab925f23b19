"""Pages of those who work keep their shape too: jury, chair, accounts, lists; on phones and in large text."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import next_page

CHAIR = "marguerite-delahousse-naim@jury.example.org"
CHAIRS = [
    "",
    "chair/",
    "chair/share-out/",
    "chair/grid/",
    "chair/remind/",
    "chair/log/",
    "chair/jurors/nour-al-khaznadar/",
]
PHONE = {"viewport": {"width": 390, "height": 844}}

# Returns the words of tables that stand on two lines: `90,3` over `3`.
BROKEN_WORDS = r"""() => {
  const broken = [];
  for (const cell of document.querySelectorAll("table :is(th, td)")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""

# WCAG 2.5.8: 24 pixels; links within sentences are excepted, and the targets of choices are their labels.
SMALL = """() => [
    ...document.querySelectorAll("main :is(button, input:not([type=hidden]), textarea, td a, th a), nav a"),
  ]
  .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden, .choice"))
  .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([html]) => html)"""


@pytest.fixture
def at_work(open_page, sign_in):
    """Return a function that opens a page as one of the demonstration's accounts, at one of its moments."""

    def opened(email, moment, **options):
        page = sign_in(open_page(**options), email)
        page.goto(f"/demo/clock/{moment}/?next=/fr/")
        return page

    return opened


def test_words_and_numbers_of_the_jurys_tables_stay_whole(at_work):
    page = at_work(CHAIR, "jury", **PHONE)
    broken = []
    for path in CHAIRS:
        page.goto(f"/jury/prix-2027/{path}")
        for width in (390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            broken += [f"{path} at {width}: {word}" for word in page.evaluate(BROKEN_WORDS)]

    assert broken == []


def test_the_jurys_pages_fit_a_phone_in_large_text_and_a_finger(at_work):
    page = at_work(CHAIR, "jury", **PHONE)
    faults = []
    for path in [*CHAIRS, "entries/chambre-damis/"]:
        page.goto(f"/jury/prix-2027/{path}")
        faults += [f"{path}: {target}" for target in page.evaluate(SMALL)]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        faults += [path] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []

    assert faults == []


@pytest.mark.parametrize("path", ["login/", "password/reset/", "login/code/"])
def test_account_pages_do_not_touch_the_menu(open_page, path):
    page = open_page(**PHONE)
    page.goto(f"/fr/compte/{path}")

    menu, title = page.locator(".top").bounding_box(), page.get_by_role("heading", level=1).bounding_box()
    gap = "parseFloat(getComputedStyle(document.querySelector('h1')).paddingTop)"
    assert title["y"] + page.evaluate(gap) - menu["y"] - menu["height"] >= 16
    assert "e-mail" not in page.locator("main").inner_text().lower()


def test_a_list_of_the_cms_can_be_read_on_a_phone(at_work):
    page = at_work("editorial@demo.example.org", "village", **PHONE)
    page.goto("/cms/snippets/program/session/")

    assert page.locator("td.title").first.bounding_box()["width"] >= 140


@pytest.mark.parametrize(
    ("path", "button"),
    [("chair/remind/", "Envoyer les relances"), ("entries/ecole-du-samedi-matin/step-back/", "Je me déporte")],
)
def test_the_focus_goes_to_what_is_wrong(at_work, path, button):
    page = at_work(CHAIR, "jury", **PHONE)
    page.goto(f"/jury/prix-2027/{path}")
    for box in page.locator("main input[type=checkbox]").all():
        box.uncheck()
    page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    with next_page(page):
        page.get_by_role("button", name=button).click()

    expect(page.locator("main :focus")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.matches('[aria-invalid=true], .bad')")

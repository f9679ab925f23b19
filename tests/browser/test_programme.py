"""The programme with JavaScript: stars, my programme, filters without a reload; and by keyboard."""

import re

from playwright.sync_api import expect

DAY = "/en/programme/2027-05-05/"


def test_star_is_kept_on_this_device_and_makes_my_programme(page):
    page.goto(DAY)
    star = page.get_by_role("button", name="Add to my programme: Solder your first board")
    expect(star).to_have_attribute("aria-pressed", "false")

    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="My programme", exact=True).click()

    expect(page.locator("[data-occurrence]:visible")).to_have_count(1)
    expect(page.get_by_role("heading", name="Solder your first board")).to_be_visible()


def test_my_programme_says_what_to_do_while_it_is_empty(page):
    page.goto(DAY)

    page.get_by_role("button", name="My programme", exact=True).click()

    expect(page.get_by_text("Nothing of this day is in your programme yet.")).to_be_visible()


def test_filter_changes_the_day_without_a_reload_and_back_undoes_it(page):
    page.goto(DAY)
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="LSF", exact=True).click()
    expect(page.locator("[data-occurrence]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?access=lsf$"))
    page.go_back()

    expect(page.locator("[data-occurrence]")).to_have_count(9)
    assert page.evaluate("window.stayed")


def test_card_opens_by_keyboard(page):
    page.goto(DAY)

    page.get_by_role("link", name="Solder your first board").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="Solder your first board")).to_be_visible()


def test_one_dom_is_a_list_on_a_phone_and_a_grid_on_a_wide_screen(open_page):
    tops = {}
    for width in (390, 1280):
        page = open_page(viewport={"width": width, "height": 900})
        page.goto(DAY)
        cards = [
            page.locator(f'li:has(a[href$="/{slug}/"])') for slug in ("la-fin-du-travail", "souder-premiere-carte")
        ]
        tops[width] = [round(card.bounding_box()["y"]) for card in cards]

    assert tops[390][0] < tops[390][1]
    assert tops[1280][0] == tops[1280][1]

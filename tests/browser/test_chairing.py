"""The chair's reading pages, light and dark: no fault of accessibility, and nothing that scrolls a phone sideways."""

import pytest
from playwright.sync_api import expect

CHAIR = "marguerite-delahousse-naim@jury.example.org"
DESK = "/jury/prix-2027/chair/"
PAGES = {
    "board": ["", "entries/graines-de-donnees/"],
    "people": ["jurors/elzbieta-kowalczenko/", "flags/", "log/", "conflicts/"],
    "sharing": ["share-out/", "grid/"],
    "deciding": ["ballots/", "room/", "decisions/"],
    "telling": ["announcement/", "feedback/", "ceremony/"],
}


@pytest.mark.parametrize("name", PAGES)
def test_the_chair_s_pages_have_no_fault(open_page, sign_in, axe, name):
    page = sign_in(open_page(color_scheme="light"), CHAIR)
    page.goto("/demo/clock/jury/?next=/jury/")
    faults = []
    for path in PAGES[name]:
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(DESK + path)
        assert answer.status == 200, path
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        faults += [f"{path or 'board'}: {fault}" for fault in axe(page)]
        page.emulate_media(color_scheme="dark")
        faults += [f"{path or 'board'} in the dark: {fault}" for fault in axe(page, "color-contrast")]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{path or 'board'} scrolls sideways on a phone")
    assert faults == []

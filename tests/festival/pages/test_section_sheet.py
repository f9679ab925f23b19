import pytest

from festival.pages import queries
from festival.pages.section_sheet import Paint, section_sheet
from tests.factories.festival import EditionFactory, SectionFactory


def test_the_demo_keeps_its_colours():
    paints = [Paint("village", "#fbd226"), Paint("fest", "#ff5b37", "#fe6847"), Paint("prix", "#1d33cf", "#7c98f8")]

    assert section_sheet(paints) == (
        "@layer tokens{"
        ".s-village{--c:#fbd226;--on-c:#131730}"
        ".s-fest{--c:light-dark(#ff5b37,#fe6847);--on-c:#131730}"
        ".s-prix{--c:light-dark(#1d33cf,#7c98f8);--on-c:light-dark(#ffffff,#131730)}"
        "}\n"
    )


def test_a_colour_that_is_lost_in_the_dark_is_made_lighter_there():
    assert ".s-nuit{--c:light-dark(#131730,#" in section_sheet([Paint("nuit", "#131730")])


def test_the_later_part_of_a_name_counts():
    assert section_sheet([Paint("fest", "#111111"), Paint("fest", "#fbd226")]).count(".s-fest") == 1
    assert "#111111" not in section_sheet([Paint("fest", "#111111"), Paint("fest", "#fbd226")])


@pytest.mark.django_db
def test_the_current_edition_wins_and_others_keep_what_is_theirs():
    before = EditionFactory(number=2026, is_current=False)
    SectionFactory(edition=before, slug="village", colour="#aabbcc")
    SectionFactory(edition=before, slug="parade", colour="#ddeeff")
    SectionFactory(slug="village")

    css = queries.week_sheet().css

    assert ".s-village{--c:#fbd226;" in css
    assert "#aabbcc" not in css
    assert ".s-parade{--c:#ddeeff;" in css


@pytest.mark.django_db
def test_the_sheet_is_kept_for_ever_under_its_hash(client):
    SectionFactory()
    sheet = queries.week_sheet()

    response = client.get(f"/week-{sheet.name}.css")

    assert response.text == sheet.css
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.django_db
def test_an_old_sheet_leads_to_the_new_one(client):
    SectionFactory()

    response = client.get("/week-0123456789abcdef.css")

    assert response["Location"] == f"/week-{queries.week_sheet().name}.css"
    assert "immutable" not in response.get("Cache-Control", "")

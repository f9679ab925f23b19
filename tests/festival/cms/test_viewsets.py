import pytest
from django.urls import reverse

from festival.models import Edition, NewsPage, Phase
from festival.text.texts import Text
from tests.factories.festival import (
    DayFactory,
    EditionFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = pytest.mark.django_db

SCREENS = ["edition", "phase"]


@pytest.mark.parametrize("name", SCREENS)
def test_screen_lists_and_adds(editor_client, name):
    DayFactory()

    assert editor_client.get(reverse(f"{name}:index")).status_code == 200
    assert editor_client.get(reverse(f"{name}:add")).status_code == 200


def test_edition_is_edited_in_both_languages_side_by_side(editor_client):
    edition = EditionFactory()

    form = editor_client.get(reverse("edition:edit", args=[edition.pk])).text

    assert form.index('name="theme_fr"') < form.index('name="theme_en"')
    assert 'for="id_theme_fr" lang="fr">Français' in form
    assert 'for="id_theme_en" lang="en">English' in form


def test_edition_that_ends_before_it_starts_gets_a_sentence(editor_client):
    edition = EditionFactory()
    values = {field.name: getattr(edition, field.name) or "" for field in Edition._meta.fields if field.name != "id"}
    values |= (
        {"start_date": "2027-05-07", "end_date": "2027-05-01", "day_starts_at": "05:00"}
        | rows("sections")
        | rows("days")
    )

    response = editor_client.post(reverse("edition:edit", args=[edition.pk]), values)

    assert "Le dernier jour ne peut pas précéder le premier." in response.text
    assert 'value="2027-05-07"' in response.text


def test_news_screen_shows_drafts_too(home, editor_client):
    news = NewsIndexPageFactory(parent=home)
    NewsPageFactory(parent=news, title="Publiée")
    NewsPageFactory(parent=news, title="Brouillon", live=False)

    listing = editor_client.get(reverse("news:index")).text

    assert NewsPage.objects.count() == 2
    assert "Publiée" in listing
    assert "Brouillon" in listing


def test_menu_puts_the_work_of_every_day_first(home, editor_client):
    page = editor_client.get("/cms/").text
    places = [page.index(f'"url": "{path}"') for path in MENU]

    assert places == sorted(places)


MENU = ["/cms/pages/", "/cms/news/", "/cms/images/", "/cms/documents/"]


def test_phase_screen_says_whose_time_it_is(editor_client):
    assert "heures sont celles de Paris" in editor_client.get(reverse("phase:add")).text
    assert not Phase.objects.exists()


def rows(prefix, *values, kept=0):
    """The fields of a formset: `kept` of the rows are in the database already."""
    form = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": kept}
    form |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    return form | {f"{prefix}-{n}-{key}": value for n, row in enumerate(values) for key, value in row.items()}


def edition_fields(edition):
    """The form of an edition as the browser sends it, without its rows."""
    form = {"day_starts_at": "05:00"}
    for field in Edition._meta.fields:
        value = getattr(edition, field.name)
        if isinstance(value, Text):
            form |= {f"{field.name}_{code}": words for code, words in value.by_language.items()}
        elif field.name not in {"id", "day_starts_at"}:
            form[field.name] = value or ""
    return form

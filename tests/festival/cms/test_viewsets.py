import pytest
from django.urls import reverse

from festival.core import generation
from festival.models import Day, Edition, NewsPage, Phase, Section
from tests.factories.festival import (
    DayFactory,
    EditionFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db

SCREENS = ["edition", "section", "day", "phase"]


@pytest.mark.parametrize("name", SCREENS)
def test_screen_lists_and_adds(editor_client, name):
    DayFactory()

    assert editor_client.get(reverse(f"{name}:index")).status_code == 200
    assert editor_client.get(reverse(f"{name}:add")).status_code == 200


def test_edition_is_edited_in_both_languages_side_by_side(editor_client):
    edition = EditionFactory()

    form = editor_client.get(reverse("edition:edit", args=[edition.pk])).text

    assert form.index('name="theme_fr"') < form.index('name="theme_en"')
    assert "Thème (français)" in form
    assert "Thème (anglais)" in form


def test_saving_a_day_is_seen_at_once(editor_client):
    day = DayFactory()
    before = generation.current()

    response = editor_client.post(reverse("day:edit", args=[day.pk]), day_form(day, opens="09:30"))

    assert response.status_code == 302
    assert Day.objects.get().opens.hour == 9
    generation.forget()
    assert generation.current() == before + 1


def test_deleting_a_day_is_seen_at_once(editor_client):
    day = DayFactory()
    before = generation.current()

    editor_client.post(reverse("day:delete", args=[day.pk]))

    assert not Day.objects.exists()
    generation.forget()
    assert generation.current() == before + 1


def test_adding_a_section_is_seen_at_once(editor_client):
    edition = EditionFactory()
    before = generation.current()
    words = {"name_fr": "Le Fest", "name_en": "The Fest", "summary_fr": "", "summary_en": ""}
    dates = {"start_date": "2027-05-05", "end_date": "2027-05-07"}

    editor_client.post(reverse("section:add"), {"edition": edition.pk, "slug": "fest"} | words | dates)

    assert Section.objects.get().name_en == "The Fest"
    generation.forget()
    assert generation.current() == before + 1


def test_edition_that_ends_before_it_starts_gets_a_sentence(editor_client):
    edition = EditionFactory()
    values = {field.name: getattr(edition, field.name) or "" for field in Edition._meta.fields if field.name != "id"}
    values |= {"start_date": "2027-05-07", "end_date": "2027-05-01", "day_starts_at": "05:00"}

    response = editor_client.post(reverse("edition:edit", args=[edition.pk]), values)

    assert "Le dernier jour ne peut pas précéder le premier." in response.text
    assert 'value="2027-05-07"' in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_day_list_costs_the_same_whatever_its_length(editor_client, django_assert_num_queries, count):
    import datetime as dt

    for number in range(count):
        DayFactory(date=dt.date(2027, 5, 1 + number))
    editor_client.get(reverse("day:index"))

    with django_assert_num_queries(10):
        editor_client.get(reverse("day:index"))


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


def day_form(day, **changes):
    section = SectionFactory(edition=day.edition)
    return {
        "edition": day.edition_id,
        "section": section.pk,
        "date": "2027-05-02",
        "opens": "10:00",
        "closes": "19:00",
        "public_holiday_fr": "",
        "public_holiday_en": "",
        "notice_fr": "",
        "notice_en": "",
    } | changes

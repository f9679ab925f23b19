"""The finalists' pages: silent until the announcement, and silent for ever about everything else."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from awards.pages.queries import call_status, finalists
from awards.pages.sitemaps import ProjectSitemap
from awards.results.deliberation import freeze_result
from festival.core.writing import writing
from festival.models import Edition
from festival.time import clock
from tests.factories.awards import AFTER, AssignmentFactory, CallFactory, EntryFactory, JurorFactory, first_round, score
from tests.factories.festival import EditionFactory, SectionFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LIST = {"fr": "/fr/prix/projets/", "en": "/en/awards/projects/"}


@pytest.fixture
@remembered
def frozen():
    """A frozen result: `first` and `second` are finalists, `third` is not."""
    call = CallFactory()
    juror = JurorFactory(call=call)
    for slug, mark in (("second", 4), ("first", 5), ("third", 1)):
        score(AssignmentFactory(juror=juror, entry=EntryFactory(call=call, slug=slug)), mark, mark, comment="Secret.")
    freeze_result(round_id=first_round(call).pk, by=None, now=AFTER)
    return call


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_projects_lists_finalists_only(client, frozen, language):
    content = page(client, LIST[language])
    assert "first" in content
    assert "second" in content
    assert "third" not in content


def test_projects_order_says_nothing_of_the_rank(client, frozen):
    frozen.entries.filter(slug="first").update(title={"fr": "Zèbre"})
    content = page(client, LIST["fr"])
    assert content.index("Projet second") < content.index("Zèbre")


def test_projects_are_filed_as_an_index_does_it(client, frozen):
    frozen.entries.filter(slug="first").update(title={"fr": "Zut"})
    frozen.entries.filter(slug="second").update(title={"fr": "Éclats"})
    content = page(client, LIST["fr"])
    assert content.index("Éclats") < content.index("Zut")


def test_amounts_and_countries_are_those_of_the_edition(client, frozen):
    Edition.objects.update(currency="CHF", country="CH")
    frozen.entries.filter(slug="first").update(city="Lausanne", country="CH", funding_received=1200)
    frozen.entries.filter(slug="second").update(city="Paris", country="FR", funding_received=0)
    first, second = (page(client, f"{LIST['fr']}{slug}/") for slug in ("first", "second"))
    assert "CHF" in first
    assert "€" not in first
    assert "(CH)" not in first
    assert "Paris (FR)" in second


def test_projects_before_the_announcement_shows_no_project(client, frozen, settings):
    settings.FESTIVAL_CLOCK = "2027-04-08T10:59:59"
    content = page(client, LIST["fr"])
    assert "first" not in content
    assert "jeudi 8\N{NO-BREAK SPACE}avril" in content
    assert client.get(f"{LIST['fr']}first/").status_code == 404


@pytest.mark.parametrize(("moment", "words"), [("2027-05-07T17:59", "are given"), ("2027-05-07T18:00", "were given")])
def test_the_ceremony_is_announced_until_it_has_been(client, frozen, settings, moment, words):
    settings.FESTIVAL_CLOCK = moment

    assert f"The prizes {words}" in " ".join(page(client, LIST["en"]).replace("finalists are known. ", "").split())


def test_projects_without_a_frozen_result_shows_no_project(client):
    EntryFactory(slug="first")
    assert "first" not in page(client, LIST["fr"])


def test_project_shows_a_finalist_in_both_languages(client, frozen):
    assert "Nous réparons." in page(client, f"{LIST['fr']}first/")
    assert "We mend." in page(client, f"{LIST['en']}first/")


def test_project_other_than_a_finalist_is_not_found(client, frozen):
    assert client.get(f"{LIST['fr']}third/").status_code == 404


def test_project_withdrawn_after_the_announcement_disappears(client, frozen):
    frozen.entries.filter(slug="first").update(state="withdrawn")
    assert client.get(f"{LIST['fr']}first/").status_code == 404
    assert "first" not in page(client, LIST["fr"])


@pytest.mark.parametrize("address", [LIST["fr"], f"{LIST['fr']}first/"])
def test_public_pages_tell_nothing_of_the_jury(client, frozen, address):
    content = page(client, address)
    assert "Secret." not in content
    assert frozen.jurors.get().name not in content
    assert "80" not in content.replace("180", "")  # the score of `second`


@pytest.mark.parametrize("address", [LIST["fr"], f"{LIST['fr']}first/"])
def test_public_pages_warm_cost_one_query(client, frozen, address, django_assert_num_queries):
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_finalists_number_of_queries(rows, django_assert_num_queries):
    """Cold: generation, call, rounds, newest frozen result, finalists, categories, what is announced of the winners."""
    call = CallFactory()
    call.rounds.filter(order=1).update(finalists_per_category=3)
    juror = JurorFactory(call=call)
    for number in range(rows):
        score(AssignmentFactory(juror=juror, entry=EntryFactory(call=call)), number, number)
    freeze_result(round_id=first_round(call).pk, by=None, now=AFTER)
    with django_assert_num_queries(7):
        [group] = finalists(call_status(now=clock.now()))
    assert len(group.entries) == rows


def test_project_crowdfunding_bar_is_full_when_over_the_goal(client, frozen):
    frozen.entries.filter(slug="first").update(
        crowdfunding_goal=20000, crowdfunding_raised=21450, crowdfunding_asked_on="2027-04-28"
    )
    content = page(client, f"{LIST['fr']}first/")
    assert '<progress class="bar" max="20000" value="20000"' in content
    assert "107\N{NO-BREAK SPACE}%" in content
    assert "28\N{NO-BREAK SPACE}avril" in content  # when it was asked


def test_projects_without_a_call_is_not_found(client):
    assert client.get(LIST["fr"]).status_code == 404


def test_the_contest_wears_the_colour_and_the_shape_of_its_part_of_the_week(client, frozen):
    assert '<body class="">' in page(client, LIST["fr"])
    frozen.section = SectionFactory(edition=frozen.edition, slug="concours", shape="wave")
    frozen.save()
    cache.clear()

    content = page(client, LIST["fr"])

    assert '<body class="s-concours">' in content
    assert '<svg class="shape"' in content


def test_a_part_of_another_edition_is_refused(frozen):
    frozen.section = SectionFactory(edition=EditionFactory(number=2028, is_current=False), slug="concours")

    with pytest.raises(ValidationError) as refused:
        frozen.full_clean()

    assert "section" in refused.value.message_dict


@pytest.fixture
@remembered
def next_year(frozen):
    """The edition after, now current: its own call has no finalist yet."""
    Edition.objects.update(is_current=False)
    edition = EditionFactory(number=2028, start_date=dt.date(2028, 5, 1), end_date=dt.date(2028, 5, 7))
    with writing(public=True):
        return edition


@pytest.mark.parametrize(("language", "below"), [("fr", "/fr/2027/prix/projets/"), ("en", "/en/2027/awards/projects/")])
def test_a_past_edition_keeps_its_finalists_below_its_year(client, next_year, language, below):
    listed, shown = page(client, below), page(client, f"{below}first/")

    assert f'href="{below}first/"' in listed
    assert f'href="{below}"' in shown
    assert "2027" in listed
    assert client.get(f"{below}third/").status_code == 404


def test_old_addresses_lead_to_the_archive(client, next_year):
    assert client.get(LIST["fr"]).headers["Location"] == "/fr/2027/prix/projets/"
    moved = client.get(f"{LIST['fr']}first/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/fr/2027/prix/projets/first/")
    assert client.get(f"{LIST['fr']}third/").status_code == 404


def test_the_current_call_answers_at_its_own_address_alone(client, frozen):
    assert client.get("/fr/2027/prix/projets/").headers["Location"] == LIST["fr"]
    assert client.get("/fr/2027/prix/projets/first/").headers["Location"] == f"{LIST['fr']}first/"


def test_a_call_in_preparation_has_no_page(client, next_year):
    CallFactory(
        edition=EditionFactory(
            number=2029, is_current=False, start_date=dt.date(2029, 5, 1), end_date=dt.date(2029, 5, 7)
        ),
        slug="later",
    )
    with writing(public=True):
        pass

    assert client.get("/fr/2029/prix/projets/").status_code == 404
    assert client.get("/fr/2026/prix/projets/").status_code == 404


def test_search_engines_find_the_archive(client, next_year):
    found = [address.location(item) for address in [ProjectSitemap()] for item in address.items()]

    assert found == [
        "/fr/2027/prix/appel/",
        "/fr/2027/prix/projets/",
        "/fr/2027/prix/vote/",
        "/fr/2027/prix/projets/first/",
        "/fr/2027/prix/projets/second/",
    ]

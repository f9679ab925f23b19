"""The page of a call says what is true: before it opens, while it is open, in its last hours, and ever after."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from awards.models import Category, Entry, EntryDraft, Prize, Question, QuestionOption, RulesVersion
from awards.pages.sitemaps import ProjectSitemap
from festival.models import Edition, User
from tests.factories.awards import CallFactory, QuestionFactory, at, both
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/awards/call/"
APPLY = 'href="/en/awards/apply/prix/">Apply</a>'


@pytest.fixture
def call():
    """A call that is open from 1 December 2026 to 28 February 2027, with rules and a grace of half an hour."""
    return CallFactory(slug="prix", rules=both("Une seule règle.", "One rule."), funding_ceiling=5000)


def read(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("moment", "words", "may_apply"),
    [
        ("2026-11-30T10:00", "1 day to go", False),
        ("2026-12-01T10:00", "89 days left", True),
        ("2027-02-28T10:00", "Less than 14 hours left", True),
        ("2027-02-28T23:59:59", "Less than an hour left", True),
        ("2027-03-01T00:00", "The call closed on", False),
        ("2027-03-01T00:10", "The call closed on", False),  # the grace is nobody's to know
        ("2027-03-20T10:00", "The jury reads", False),
        ("2027-05-08T10:00", "The prizes were given", False),
    ],
)
def test_the_page_says_what_is_true_at_each_moment(client, call, settings, moment, words, may_apply):
    settings.FESTIVAL_CLOCK = moment
    page = read(client)
    assert words in page
    assert (APPLY in page) == may_apply
    assert "00:29" not in page


def test_the_script_learns_what_time_it_is_here(client, call, settings):
    settings.FESTIVAL_CLOCK = "2027-02-28T23:00"
    answer = client.get(PAGE, headers={"Accept": "application/json"})
    told = answer.json()
    assert (told["stage"], told["until"] - told["now"]) == ("open", 3_599_000)
    assert "Accept" in answer.headers["Vary"]
    settings.FESTIVAL_CLOCK = "2027-03-01T00:00"
    assert client.get(PAGE, headers={"Accept": "application/json"}).json()["until"] is None
    assert "Projects can apply until" not in read(client)  # no copy of a minute ago


def test_people_read_what_can_be_won_what_is_asked_and_by_which_rules(client, call, settings):
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    Prize.objects.create(call=call, slug="heart", name=both("Cœur", "Heart"))
    held = QuestionFactory(call=call, slug="held", kind="choice", label=both("Tenu ?", "Held?"), is_required=True)
    QuestionOption.objects.create(
        question=held, slug="no", label=both("Non", "No"), excludes=True, exclusion=both("À tenir.", "It must be held.")
    )
    QuestionFactory(call=call, slug="old", label=both("Ancienne", "Old one"), is_current=False)
    for version in ("0.9", "1.0"):
        text = both(f"Texte {version}", f"Text {version}")
        RulesVersion.objects.create(call=call, version=version, text=text, adopted_at=at("2026-11-01T10:00"))
    cache.clear()
    page = read(client)
    for words in (
        "Heart",
        "among all categories",
        "Held?",
        "It must be held.",
        "at most €5,000",
        "One rule.",
        "Text 0.9",
    ):
        assert words in page
    assert "Old one" not in page
    assert "Text 1.0" not in page  # in force, and shown as such
    assert "Tenu ?" in read(client, "/fr/prix/appel/")


def test_a_warm_page_costs_one_query(client, call, settings, django_assert_num_queries):
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    Question.objects.bulk_create(QuestionFactory.build(call=call, slug=f"q{number}") for number in range(3))
    client.get(PAGE)
    with django_assert_num_queries(1):
        client.get(PAGE)


def test_a_past_call_stays_below_its_year_and_takes_nothing(client, call, settings):
    settings.FESTIVAL_CLOCK = "2027-12-15T10:00"
    Edition.objects.update(is_current=False)
    EditionFactory(number=2028, slug="2028", start_date="2028-05-01", end_date="2028-05-07", is_current=True)
    cache.clear()
    assert client.get(PAGE).status_code == 404
    page = read(client, f"/en/{call.edition.number}{PAGE[3:]}")
    assert "The prizes were given" in page
    assert APPLY not in page


def test_search_engines_find_it(client, call, settings):
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    assert ("awards-call", []) in ProjectSitemap().items()


def test_the_organiser_sees_the_form_before_it_opens_in_each_language_and_category(client, call, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = "2026-11-15T10:00"
    QuestionFactory(call=call, slug="held", label=both("Tenu ?", "Held?"))
    QuestionFactory(call=call, slug="plan", kind="file", label=both("Le plan", "The plan"))
    Category.objects.create(call=call, slug="sharing", name=both("Partager", "Sharing"))
    client.force_login(User.objects.create_superuser("admin@example.org"))
    address = reverse("call:preview", args=[call.pk])
    english = read(client, f"{address}?language=en&category=sharing")
    assert "Held?" in english
    assert "The plan" in english
    assert '<option value="sharing" selected>Sharing</option>' in english
    assert "entry-preview" in english
    assert "Tenu ?" in read(client, f"{address}?language=fr")
    assert address in read(client, reverse("call:edit", args=[call.pk]))
    assert client.post(address).status_code == 405
    assert not Entry.objects.exists()
    assert not EntryDraft.objects.exists()
    call.categories.all().delete()
    assert "No category takes projects" in read(client, f"{address}?language=en")

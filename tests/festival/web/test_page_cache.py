import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone

from festival.core import limits
from festival.core.limits import Rate, RateLimited
from festival.core.writing import writing
from festival.web.page_cache import kept_by_nobody, kept_private
from tests.factories.festival import StandardPageFactory, UserFactory
from tests.factories.program import OccurrenceFactory, released

pytestmark = pytest.mark.django_db


def test_kept_page_carries_the_content_policy(client, home):
    cold, warm = client.get("/fr/"), client.get("/fr/")

    assert warm["Content-Security-Policy"] == cold["Content-Security-Policy"]
    assert "script-src 'self'" in warm["Content-Security-Policy"]
    assert warm["Cache-Control"] == "no-cache"
    assert "Cookie" in warm["Vary"]


def test_new_generation_asks_again(client, home, django_assert_num_queries):
    client.get("/fr/")
    home.__class__.objects.filter(pk=home.pk).update(title="Nouveau")
    assert "Nouveau" not in client.get("/fr/").text

    with writing(public=True):
        pass

    assert "Nouveau" in client.get("/fr/").text


def test_page_of_a_signed_in_visitor_is_not_kept(client, home, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert "/cms/" in client.get("/fr/").text

    client.logout()
    client.cookies.clear()

    assert "/cms/" not in client.get("/fr/").text


def test_visitor_with_a_message_gets_a_page_of_their_own(client, home):
    client.get("/fr/")
    home.__class__.objects.filter(pk=home.pk).update(title="Pour vous")
    client.cookies["messages"] = "anything"

    assert "Pour vous" in client.get("/fr/").text

    client.cookies.clear()

    assert "Pour vous" not in client.get("/fr/").text


def test_query_string_makes_another_page(client, home):
    client.get("/fr/")
    home.__class__.objects.filter(pk=home.pk).update(title="Autre page")

    assert "Autre page" in client.get("/fr/?page=2").text
    assert "Autre page" not in client.get("/fr/").text


def test_a_parameter_that_nobody_reads_finds_the_same_page(client, home):
    client.get("/fr/")
    home.__class__.objects.filter(pk=home.pk).update(title="Autre page")

    assert "Autre page" not in client.get("/fr/?utm_source=lettre").text
    assert "Autre page" in client.get("/fr/?utm_source=lettre&page=2").text


def test_what_strangers_ask_for_makes_no_keys(client, home):
    """Hundreds of invented parameters and values: the cache holds what it held before."""
    OccurrenceFactory()
    released()
    addresses = ("/fr/", "/fr/programme/", "/fr/programme/2027-05-02/", "/schedule.ics", "/sitemap.xml")
    for address in addresses:
        client.get(address)
    before = len(caches["default"]._cache)

    for number in range(15):
        for address in addresses:
            for name in ("track", "page", "utm_source", f"x{number}", "lang", "section"):
                client.get(address, {name: f"{number}"})
        client.get("/schedule.ics", {"track": "soin", "room": f"{number}"})

    assert len(caches["default"]._cache) <= before + 1  # the feed's first language that differs


def test_limits_still_count_after_that(client, home, settings):
    """More pages are asked for than the cache has room for, as of the 300 that it has in the house."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"OPTIONS": {"MAX_ENTRIES": 30}}}
    rate = Rate("test", limit=1, seconds=600)
    now = timezone.now()
    limits.count(rate, "x", now=now)
    for number in range(60):
        client.get("/fr/", {"page": number})

    with pytest.raises(RateLimited):
        limits.count(rate, "x", now=now)


def test_missing_page_is_not_kept(client, home):
    assert client.get("/fr/bientot/").status_code == 404
    StandardPageFactory(parent=home, slug="bientot")

    assert client.get("/fr/bientot/").status_code == 200


def test_moment_of_the_demo_makes_another_page(client, home, settings):
    settings.FESTIVAL_CLOCK = "2027-05-02T11:30"
    client.get("/fr/")
    home.__class__.objects.filter(pk=home.pk).update(title="Plus tard")
    settings.FESTIVAL_CLOCK = "2027-05-05T11:30"

    assert "Plus tard" in client.get("/fr/").text


def test_checker_loads_in_the_preview_panel_only(home, editor_client, rf):
    request = rf.get("/cms/", headers={"cookie": f"sessionid={editor_client.cookies['sessionid'].value}"})

    panel = home.make_preview_request(request, extra_request_attrs={"in_preview_panel": True})

    assert "wagtail-userbar" in panel.text
    assert "wagtail-userbar" not in editor_client.get("/fr/").text


@pytest.mark.parametrize(("keep", "is_listed"), [(kept_private, False), (kept_by_nobody, True)])
def test_what_nobody_else_may_keep(keep, is_listed):
    response = keep(HttpResponse())

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "strict-origin"
    assert response.has_header("X-Robots-Tag") is not is_listed

import pytest

from festival.core.writing import writing
from tests.factories.festival import StandardPageFactory, UserFactory

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

import pytest

from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import press  # noqa: F401 -- a fixture
from tests.tickets.buying.conftest import fest  # noqa: F401 -- a fixture
from tests.tickets.solidarity.conftest import box, pot  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db


def test_search_engines_hear_of_the_ticket_office_in_every_language(client):
    sitemap = client.get("/sitemap.xml").text

    assert "/fr/billetterie/</loc>" in sitemap
    assert "/en/tickets/</loc>" in sitemap
    assert "/fr/billetterie/retrouver/</loc>" in sitemap
    assert "/en/tickets/find/</loc>" in sitemap
    assert "demande" not in sitemap
    assert "solidaire" not in sitemap


def test_and_of_what_is_asked_for_there(press, pot, client, settings):  # noqa: F811
    settings.FESTIVAL_CLOCK = NOW.isoformat()
    sitemap = client.get("/sitemap.xml").text

    assert "/fr/billetterie/demande/presse/</loc>" in sitemap
    assert "/en/tickets/request/presse/</loc>" in sitemap
    assert "/fr/billetterie/solidaire/</loc>" in sitemap
    assert "/en/tickets/solidarity/</loc>" in sitemap
    assert "noindex" not in client.get("/en/tickets/request/presse/").text


def test_but_not_of_what_is_over(press, pot, client, settings):  # noqa: F811
    settings.FESTIVAL_CLOCK = press.days.latest("date").date.replace(year=NOW.year + 1).isoformat() + "T12:00"
    sitemap = client.get("/sitemap.xml").text

    assert "demande" not in sitemap
    assert "solidaire" not in sitemap
    assert "noindex" in client.get("/en/tickets/request/presse/").text

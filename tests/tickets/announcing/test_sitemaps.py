import pytest

pytestmark = pytest.mark.django_db


def test_search_engines_hear_of_the_ticket_office_in_every_language(client):
    sitemap = client.get("/sitemap.xml").text

    assert "/fr/billetterie/</loc>" in sitemap
    assert "/en/tickets/</loc>" in sitemap
    assert "/fr/billetterie/retrouver/</loc>" in sitemap
    assert "/en/tickets/find/</loc>" in sitemap

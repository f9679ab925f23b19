"""Links that open the orders of one address for an hour."""

import pytest
from django.utils import timezone

from tests.factories.festival import OutgoingMailFactory
from tickets.retrieval import links
from tickets.retrieval.links import DeadLink, LinkFault

pytestmark = pytest.mark.django_db


def found_mail(**fields):
    return OutgoingMailFactory(kind="tickets.found", to="camille@example.org", **fields)


def test_a_link_names_nobody_and_leads_to_its_address():
    token = links.token(found_mail())

    assert "camille" not in token
    assert "@" not in token
    assert links.address_of(token) == "camille@example.org"


@pytest.mark.parametrize(("seconds", "works"), [(0, True), (3599, True), (3602, False)])
def test_a_link_is_good_for_an_hour(monkeypatch, seconds, works):
    token = links.token(found_mail())
    later = timezone.now().timestamp() + seconds
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    if works:
        assert links.address_of(token) == "camille@example.org"
        return
    with pytest.raises(DeadLink) as raised:
        links.address_of(token)
    assert raised.value.fault is LinkFault.OVER


def test_changed_links_and_those_of_another_secret_are_wrong(settings):
    token = links.token(found_mail())
    number, rest = token.split(".", 1)
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    other = links.token(found_mail())
    settings.SECRET_KEY = ours

    for wrong in (f"{int(number) + 1}.{rest}", token[:-1], other, "", "1", "é.é.é"):
        with pytest.raises(DeadLink) as raised:
            links.address_of(wrong)
        assert raised.value.fault is LinkFault.WRONG


def test_another_kind_of_mail_opens_nothing():
    token = links.token(OutgoingMailFactory(kind="order.tickets", to="camille@example.org"))

    with pytest.raises(DeadLink):
        links.address_of(token)

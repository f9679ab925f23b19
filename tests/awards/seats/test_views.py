"""The page of an invitation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from awards.models import Juror
from awards.seats.links import GOOD_FOR
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "fanions-de-juin-29"


@pytest.fixture
def page(link, during):
    with override("fr"):
        return reverse("awards-invitation", args=[link])


def text(response):
    return " ".join(response.content.decode().split())


def yes(**changes):
    typed = {"do": "accept", "terms_version": "1.0", "languages": ["fr"], "capacity": "12", "accepts": "on"}
    return (
        typed
        | {"categories": [str(pk) for pk in Juror.objects.get().call.categories.values_list("pk", flat=True)]}
        | changes
    )


def test_the_page_says_what_is_asked_and_is_kept_from_caches(client, page):
    answer = client.get(page)
    shown = text(answer)
    for words in ("Premier tour", "Venir à la finale.", "Confidentialité", "ada@atelier.fr", "noindex"):
        assert words in shown
    assert "no-store" in answer["Cache-Control"]


def test_accept_then_a_password_then_the_sign_in(client, page):
    refused = client.post(page, yes(accepts="", languages=[]))
    assert refused.status_code == 422
    assert 'value="12"' in text(refused)
    assert client.post(page, yes()).url == page
    assert "Votre compte" in text(client.get(page))
    weak = client.post(page, {"do": "password", "new_password1": "1234", "new_password2": "1234"})
    assert weak.status_code == 422
    done = client.post(page, {"do": "password", "new_password1": SECRET, "new_password2": SECRET})
    assert done.url == "/fr/compte/login/?next=%2Fjury%2Fprix%2F"
    assert "new_password1" not in text(client.get(page))
    assert Juror.objects.get().user.check_password(SECRET)
    assert client.post(page, {"do": "password", "new_password1": SECRET, "new_password2": SECRET}).status_code == 422


def test_an_account_that_is_there_signs_in_as_always(client, page):
    UserFactory(email="ada@atelier.fr", password="x" * 20)
    client.post(page, yes())
    assert 'href="/jury/prix/"' in text(client.get(page))


def test_decline_with_a_word(client, page):
    assert client.post(page, {"do": "decline", "word": "x" * 501}).status_code == 422
    assert client.post(page, {"do": "decline", "word": "Pas le temps."}).url == page
    assert "Merci de votre réponse" in text(client.get(page))
    assert client.post(page, yes()).status_code == 409


def test_terms_that_changed_are_read_again(client, page, call):
    type(call).objects.update(jury_terms_version="1.1")
    answer = client.post(page, yes())
    assert answer.status_code == 409
    assert 'role="alert"' in text(answer)
    assert 'name="terms_version" value="1.1"' in text(answer)


def test_a_wrong_link_and_an_old_one_say_the_same(client, page, settings):
    wrong = client.get(page[:-2] + "/")
    settings.FESTIVAL_CLOCK = (Juror.objects.get().invited_at + GOOD_FOR + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    old = client.get(page)
    assert (wrong.status_code, old.status_code) == (404, 404)
    assert "ada@atelier.fr" not in text(old)
    assert client.post(page, yes()).status_code == 404

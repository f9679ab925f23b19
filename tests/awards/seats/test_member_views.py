"""The office's screen of the jury."""

import pytest
from django.urls import reverse

from awards.models import Juror
from festival.models import OutgoingMail, User
from tests.factories.awards import JurorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(client, call, during):
    client.force_login(User.objects.create_superuser("admin@example.org"))
    address = reverse("call:jury", args=[call.pk])

    def send(do="", **typed):
        return client.post(address, {"do": do, **typed}, follow=True) if do else client.get(address)

    return send


def text(response):
    return " ".join(response.content.decode().split())


def test_invite_many_and_say_what_was_not_understood(screen):
    assert "Personne ne fait encore partie de ce jury" in text(screen())
    refused = screen("invite", people="Ada", language="fr")
    assert refused.status_code == 422
    assert "ligne 1" in text(refused)
    shown = text(screen("invite", people="Ada Brun, ada@atelier.fr\nBo Vert, bo@example.org", language="en"))
    assert "2 personnes sont invitées" in shown
    assert OutgoingMail.objects.filter(language="en").count() == 2
    assert "déjà" in text(screen("invite", people="Ada Brun, ada@atelier.fr", language="fr"))


def test_each_button_does_what_it_says(screen, call):
    seated = JurorFactory(call=call, name="Cy Roux")
    screen("invite", people="Ada Brun, ada@atelier.fr", language="fr")
    asked = Juror.objects.get(email="ada@atelier.fr")
    assert "aujourd’hui" in text(screen("again", juror=asked.pk))
    assert "0 personne" in text(screen("remind"))
    assert "retirée" in text(screen("take-back", juror=asked.pk))
    assert "déjà une réponse" in text(screen("again", juror=asked.pk))
    assert "préside le jury" in text(screen("chair", juror=seated.pk))
    assert "a quitté le jury" in text(screen("leave", juror=seated.pk))
    assert screen("leave", juror="x").status_code == 404
    assert screen("other", juror=seated.pk).status_code == 200


def test_the_jury_is_for_its_office(client, call, during):
    client.force_login(User.objects.create_user("nobody@example.org", is_staff=True))
    assert client.get(reverse("call:jury", args=[call.pk])).status_code in {302, 403}

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail

from festival.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = User.objects.create_user("Nour@Example.org", "un-mot-de-passe-long")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_addresses_are_stored_in_lower_case(person):
    assert person.email == "nour@example.org"


def test_sign_in_whatever_the_case(client, person):
    response = client.post("/fr/compte/login/", {"login": "NOUR@example.org", "password": "un-mot-de-passe-long"})

    assert (response.status_code, response.url) == (302, "/fr/compte/moi/")


def test_wrong_password_says_so_in_french_and_keeps_the_address(client, person):
    response = client.post("/fr/compte/login/", {"login": "nour@example.org", "password": "faux"})

    assert response.status_code == 200
    assert 'value="nour@example.org"' in response.content.decode()
    assert "mot de passe" in response.content.decode()


def test_nobody_signs_up_alone(client):
    client.post("/fr/compte/signup/", {"email": "new@example.org"})

    assert not User.objects.filter(email="new@example.org").exists()


def test_sign_in_by_code_counts_as_a_second_factor_for_jurors_only(client, person):
    client.post("/fr/compte/login/code/", {"email": "nour@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post("/fr/compte/login/code/confirm/", {"code": code})

    assert client.get("/jury/").status_code == 403
    assert client.get("/scan/").url == "/fr/compte/2fa/"


def test_the_editors_sign_in_is_ours(client):
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/fr/compte/login/?next=%2Fcms%2F")


@pytest.mark.parametrize("path", ["/fr/_util/login/", "/en/_util/login/", "/cms/login/"])
def test_no_other_form_signs_in_past_the_second_factor(client, person, path):
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})

    response = client.post(path, {"username": person.email, "password": "un-mot-de-passe-long"})

    assert "/login/" in response.url
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/cms/password_reset/", "/cms/password_reset/confirm/MQ/x-y/"])
def test_no_other_form_sends_a_mail_that_changes_the_password(client, path):
    assert client.get(path).status_code == 404

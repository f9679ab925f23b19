import re

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from festival.models import User
from festival.web.accounts import AccountAdapter, waiting_mails
from tests.factories.festival import EditionFactory, UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
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


# A factor belongs to a session ---------------------------------------------------------------------------------------


@pytest.fixture
@remembered
def editor(person):
    person.groups.add(Group.objects.get(name="Editors"))
    return person


def signed_in(person):
    client = Client()
    client.post("/fr/compte/login/", {"login": person.email, "password": "un-mot-de-passe-long"})
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def with_code(client):
    """Let a session pass the question for a mailed code."""
    client.post("/fr/compte/code/", {})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    assert client.post("/fr/compte/code/", {"code": code}).status_code == 302
    return client


def activate(client):
    """Set up a code generator as its owner does; return what makes its codes."""
    page = client.get("/fr/compte/2fa/totp/activate/")
    assert page.status_code == 200, page.url
    secret = page.context["form"].secret
    code = totp_code(secret)
    response = client.post("/fr/compte/2fa/totp/activate/", {"code": code})
    assert response.status_code == 302, response.content.decode()
    return secret


def totp_code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


@pytest.mark.django_db(transaction=True)  # allauth tells of a factor when it is committed
def test_a_session_from_before_the_factor_gets_nowhere(editor):
    stolen, own = signed_in(editor), with_code(signed_in(editor))

    activate(own)

    assert own.get("/cms/").status_code == 200
    assert stolen.get("/cms/").status_code == 302
    assert "/login/" in stolen.get("/fr/compte/moi/").url


def test_a_password_alone_sets_up_no_factor(editor):
    client = signed_in(editor)

    for path in ("/fr/compte/2fa/totp/activate/", "/fr/compte/2fa/webauthn/add/"):
        assert client.get(path).url.startswith("/fr/compte/code/?next=")
        assert client.post(path, {"code": "123456"}).url.startswith("/fr/compte/code/?next=")
    assert client.post("/fr/compte/email/", {"email": "x@y.example", "action_add": ""}).url.startswith(
        "/fr/compte/code/"
    )
    assert not Authenticator.objects.exists()
    assert EmailAddress.objects.count() == 1


def test_five_wrong_codes_need_a_new_one(editor):
    client = signed_in(editor)
    client.post("/fr/compte/code/", {})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    assert mail.outbox[-1].to == [editor.email]

    for _ in range(5):
        assert client.post("/fr/compte/code/", {"code": "WRONG"}).status_code == 422

    assert client.post("/fr/compte/code/", {"code": code}).status_code == 422


def test_the_way_on_stays_on_the_site(editor):
    client = signed_in(editor)
    client.post("/fr/compte/code/", {"next": "https://evil.example/"})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]

    assert client.post("/fr/compte/code/", {"code": code, "next": "//evil.example/"}).url == "/fr/compte/2fa/"


@pytest.mark.django_db(transaction=True)
def test_removing_the_factor_ends_the_other_sessions_and_is_told(editor):
    own = with_code(signed_in(editor))
    secret = activate(own)
    other = Client()
    first = other.post("/fr/compte/login/", {"login": editor.email, "password": "un-mot-de-passe-long"})
    Authenticator.objects.update(last_used_at=None)
    cache.clear()  # allauth takes a code once
    other.post(first.url, {"code": totp_code(secret)})
    assert other.get("/cms/").status_code == 200

    own.post("/fr/compte/2fa/totp/deactivate/")

    assert other.get("/fr/compte/moi/").status_code == 302
    assert own.get("/fr/compte/moi/").status_code == 200
    assert own.get("/cms/").url == "/fr/compte/2fa/"
    subjects = [message.subject for message in mail.outbox]
    assert len([subject for subject in subjects if "générateur de codes" in subject]) == 2


def test_changing_the_password_ends_the_other_sessions_and_is_told(editor):
    own, other = signed_in(editor), signed_in(editor)
    mail.outbox.clear()

    new = "un-tout-autre-mot-de-passe"
    response = own.post(
        "/fr/compte/password/change/",
        {"oldpassword": "un-mot-de-passe-long", "password1": new, "password2": new},
    )

    assert response.status_code == 302
    assert own.get("/fr/compte/moi/").status_code == 200
    assert other.get("/fr/compte/moi/").status_code == 302
    assert [message.to for message in mail.outbox] == [[editor.email]]
    assert "mot de passe" in mail.outbox[0].subject


def test_a_changed_address_is_told_to_the_old_one(editor):
    client = with_code(signed_in(editor))
    EmailAddress.objects.create(user=editor, email="new@example.org", verified=True, primary=False)
    mail.outbox.clear()

    client.post("/fr/compte/email/", {"email": "new@example.org", "action_primary": ""})

    assert [message.to for message in mail.outbox] == [["nour@example.org"]]
    assert "new@example.org" in mail.outbox[0].body


def test_what_an_administrator_changes_is_told_to_the_old_address(person, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    new = "un-tout-autre-mot-de-passe"

    client.post(
        address,
        {
            "email": "other@example.org",
            "first_name": "Nour",
            "last_name": "X",
            "is_active": "on",
            "password1": new,
            "password2": new,
        },
    )

    person.refresh_from_db()
    assert person.email == "other@example.org"
    assert [message.to for message in mail.outbox] == [["nour@example.org"]] * 2
    assert "other@example.org" in mail.outbox[1].body


# Nothing tells whether an address is known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/fr/compte/password/reset/", "email", {}),
        ("/fr/compte/login/code/", "email", {}),
        ("/fr/compte/login/", "login", {"password": "un-faux-mot-de-passe"}),
        ("/fr/compte/signup/", "email", {"password1": "un-tout-autre-mot"}),
    ],
)
def test_known_and_unknown_addresses_are_answered_alike(person, path, field, more):
    answers = []
    for address in (person.email, "nobody@example.org"):
        client = Client()
        response = client.post(path, {field: address} | more)
        after = client.get(response.url) if response.status_code == 302 else response
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", after.content.decode())
        answers.append((response.status_code, getattr(response, "url", ""), text.replace(address, "ADDRESS")))

    assert answers[0] == answers[1]
    assert "nobody@example.org" not in [address for message in mail.outbox for address in message.to]


def test_mails_go_out_after_the_answer(person, settings):
    """So that the time until the answer tells nothing."""
    request = RequestFactory().post("/fr/compte/password/reset/")
    request.session, request.user = {}, AnonymousUser()

    with context.request_context(request):
        AccountAdapter(request).send_mail("account/email/login_code", person.email, {"code": "ABC"})

    assert mail.outbox == []
    assert [message.to for message in waiting_mails(request)] == [[person.email]]


def test_links_and_sender_are_the_festivals(client, person, settings):
    EditionFactory(organiser_email="orga@example.org")
    settings.BASE_URL = "https://festival.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "internal"]

    client.post("/fr/compte/password/reset/", {"email": person.email}, headers={"Host": "internal:8123"})

    (message,) = mail.outbox
    assert "https://festival.example.org/fr/compte/password/reset/key/" in message.body
    assert "internal" not in message.body + message.subject
    assert message.from_email.startswith(str(EditionFactory().name)) or "=?utf-8?" in message.from_email
    assert message.reply_to == ["Les Jours Communs <orga@example.org>"]


# Limits ---------------------------------------------------------------------------------------------------------------


def test_guessing_a_password_ends_with_a_sentence_and_a_time(client, person):
    for number in range(11):
        cache.clear()  # no help to a stranger
        answer = client.post("/fr/compte/login/", {"login": person.email, "password": f"faux-{number}"})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "minute" in answer.content.decode()


def test_a_jury_in_one_room_signs_in(client):
    for number in range(30):
        user = User.objects.create_user(f"juror{number}@example.org", "un-mot-de-passe-long")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        assert signed_in(user)


def test_guessing_the_second_factor_is_limited_by_person(editor):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x" * 16})
    statuses = []
    for number in range(12):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        first = client.post("/fr/compte/login/", {"login": editor.email, "password": "un-mot-de-passe-long"})
        statuses.append(client.post(first.url, {"code": "000000"}).status_code)

    assert statuses[-1] == 429

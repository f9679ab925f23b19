"""A code sent by mail, and what it proves."""

import time

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from festival.web import mail_codes
from festival.web.accounts import waiting_mails
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_():
    request = RequestFactory().post("/")
    request.user, request.session = UserFactory(), SessionStore()
    with context.request_context(request):
        yield request


def code_in(request):
    lines = [line.strip() for line in waiting_mails(request)[-1].body.splitlines()]
    return next(line for line in lines if line and line == line.upper() and line.replace("-", "").isalnum())


def test_the_code_proves_it_once_however_it_is_typed(request_):
    mail_codes.send_code(request_)
    code = code_in(request_)
    assert mail_codes.is_needed(request_, "mfa_activate_totp")

    assert mail_codes.enter_code(request_, f" {code.lower()} ")

    assert not mail_codes.is_needed(request_, "mfa_activate_totp")
    assert not mail_codes.enter_code(request_, code)


def test_a_new_code_makes_the_old_one_void(request_):
    mail_codes.send_code(request_)
    old = code_in(request_)
    mail_codes.send_code(request_)

    assert not mail_codes.enter_code(request_, old)
    assert code_in(request_) not in str(dict(request_.session))


def test_without_a_code_nothing_is_right(request_):
    assert not mail_codes.enter_code(request_, "")


def test_a_sign_in_by_code_is_proof_for_a_quarter_of_an_hour(request_, monkeypatch):
    record_authentication(request_, request_.user, method="code")
    assert mail_codes.is_proved(request_)

    now = time.time()
    monkeypatch.setattr(mail_codes.time, "time", lambda: now + mail_codes.LASTS)

    assert not mail_codes.is_proved(request_)


@pytest.mark.parametrize(
    ("name", "needed"), [("mfa_add_webauthn", True), ("account_email", True), ("mfa_index", False)]
)
def test_what_needs_it(request_, name, needed):
    assert mail_codes.is_needed(request_, name) is needed

"""Ending sessions by a mark."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from festival.web.sessions import end_marked

pytestmark = pytest.mark.django_db


def session(**marks):
    store = SessionStore()
    store.update(marks)
    store.save()
    return store.session_key


def test_sessions_with_the_mark_end_and_no_others():
    _ended, other, plain = session(phone="1"), session(phone="2"), session()

    assert end_marked("phone", "1") == 1

    assert set(Session.objects.values_list("pk", flat=True)) == {other, plain}
    assert end_marked("phone", "1") == 0


def test_sessions_elsewhere_are_left_alone(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    assert end_marked("phone", "1") == 0

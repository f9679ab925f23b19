"""Which posts to the account's pages are counted, and for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from festival.web import account_limits
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db


def post(user=None, **data):
    request = RequestFactory().post("/", data, REMOTE_ADDR="198.51.100.7")
    request.user, request.session = user or AnonymousUser(), SessionStore()
    return request


def subjects(request, name):
    return {(use.rate.scope.removeprefix(f"{name}-"), use.subject) for use in account_limits.uses_of(request, name)}


def test_a_sign_in_counts_for_the_network_and_the_address():
    assert subjects(post(login="Lina+x@Example.org"), "account_login") == {
        ("NETWORK", "198.51.100.7"),
        ("TYPED", "lina@example.org"),
        ("TYPED_HERE", "198.51.100.7 lina@example.org"),
    }


def test_who_is_signed_in_counts_as_a_person():
    user = UserFactory()

    assert subjects(post(user), "account_change_password") == {("PERSON", str(user.pk))}
    assert subjects(post(), "account_change_password") == set()


def test_what_has_no_limit_is_not_counted():
    assert account_limits.uses_of(post(login="x"), "program-day") == []


@pytest.mark.parametrize("name", sorted(account_limits.LIMITS))
def test_every_limit_is_of_an_address_that_exists(name):
    try:
        reverse(name)
    except NoReverseMatch:
        assert reverse(name, args=["1", "key"])

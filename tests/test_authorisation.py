"""Who may open what: every address of the site, tried by every role. An address without a decision fails.

Objects that belong to one person (an order, a scorecard) are tried with a neighbour's rights in the tests of their app.
"""

import re
import uuid

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from festival.demo import accounts
from festival.models import User
from festival.roles import DOOR, JURY
from tests.authorisation import DECISIONS
from tests.factories.awards import JurorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.week]

ROLES = ("anonymous", "door", "juror", "editor", "admin")
# Who gets in where; everybody else is refused.
WHO = {
    "public": set(ROLES),
    "signed in": {"door", "juror", "editor", "admin"},
    "staff": {"editor", "admin"},
    "some staff": {"editor", "admin"},
    "door": {"door", "admin"},
    "juror": {"juror"},
    "juror or chair": {"juror", "admin"},
    "chair": {"admin"},  # this test's juror is no chair; the tests of the jury try the chair
    "device": set(),  # asked by a phone that has been set up, which none of these is
    "half way": set(ROLES),  # steps of signing in, which send away whoever did not begin it
    "secret": set(),  # opened by a secret in the address, which this test does not know
}
SAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": str(uuid.UUID(int=0))}


def _addresses(resolver, path=""):
    for item in resolver.url_patterns:
        here = path + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _addresses(item, here)
        elif isinstance(item, URLPattern):
            yield here, item.name or "", item


def _concrete(path):
    """Fill the variable parts of a route with samples."""
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "x"), path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|\((?!\?)[^()]*\)", "1", path)
    return "/" + re.sub(r"[\^$]|\\Z", "", path).replace("\\.", ".").replace("\\-", "-")


def _decision(path, name):
    if path.startswith("cms/") and name != "cms-login":
        return DECISIONS.get(f"cms:{name}", "staff")
    return DECISIONS.get(name)


ADDRESSES = sorted({(path, name) for path, name, _ in _addresses(get_resolver())})


def test_every_address_has_a_decision():
    assert [(path, name) for path, name in ADDRESSES if _decision(path, name) is None] == []


def test_every_decision_has_an_address():
    names = {name for _, name in ADDRESSES} | {f"cms:{name}" for _, name in ADDRESSES}

    assert set(DECISIONS) - names == set()


@pytest.fixture
def clients(settings):
    """One signed-in client per role; the second factor has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False
    accounts.load({"awards": {"jurors": []}}, lambda line: None)
    clients = {"anonymous": Client()}
    groups = {"door": [DOOR], "juror": [JURY], "editor": ["Editors"], "admin": []}
    for role, names in groups.items():
        user = User.objects.create_user(f"{role}@example.org", is_superuser=role == "admin", is_staff=role == "admin")
        user.groups.set(Group.objects.filter(name__in=names))
        clients[role] = Client()
        clients[role].force_login(user)
        if role == "juror":
            JurorFactory(user=user, call__slug=SAMPLES["slug"])
    return clients


def _is_refused(client, path):
    """Tell whether the answer leads to the sign-in or the second factor, or is a plain no."""
    response = client.get(path)
    if response.status_code == 301:  # a slash was missing from the sample
        response = client.get(response.url)
    if response.status_code == 302:
        return "/login" in response.url or "/2fa" in response.url
    return response.status_code in {400, 401, 403, 404, 405}


def test_nobody_gets_in_where_they_may_not(clients):
    leaks = []
    for path, name in ADDRESSES:
        allowed = WHO[_decision(path, name)]
        strangers = [role for role in set(ROLES) - allowed if not _is_refused(clients[role], _concrete(path))]
        leaks += [f"{role} opens {path}" for role in strangers]

    assert leaks == []


def test_who_may_is_not_sent_away(clients):
    refused = []
    for path, name in ADDRESSES:
        decision = _decision(path, name)
        if (
            decision in {"half way", "some staff", "chair", "secret"}
            or "<" in path
            or "(" in path
            or path.startswith("cms/")
        ):
            continue
        for role in WHO[decision]:
            response = clients[role].get(_concrete(path))
            sent_to_login = response.status_code in {301, 302} and "/login" in response.url
            if response.status_code == 403 or (sent_to_login and name not in {"cms-login", "wagtailcore_login"}):
                refused.append(f"{role} is refused {path} ({response.status_code})")

    assert refused == []


def test_who_is_signed_in_and_may_not_edit_is_told_so(clients):
    response = clients["juror"].get("/cms/", follow=True)

    assert response.status_code == 403
    assert "Cette page ne vous est pas ouverte" in response.text

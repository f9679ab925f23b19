"""Who may open what: every address of the site with a real object, tried by every role, by GET and by POST.

An address without a decision fails. First somebody who may gets in, by the methods that the address knows; then nobody
else does by any of these. A refusal is 403, a way to the sign-in, or 401 from the door's programming interface: what is
not found or not allowed proves nothing. All that is written is rolled back.
"""

import json

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.urls import Resolver404, resolve
from lxml import html

from tests import authorisation, authorisation_world
from tests.authorisation import DECISIONS, NO_ONE, WHO
from tests.authorisation_addresses import address, posted, routes
from tests.conftest import demo_database

pytestmark = pytest.mark.week

ROUTES = sorted(set(routes()), key=lambda route: (route.route, route.name))
METHODS = ("get", "post")
ROLES = ("anonymous", *authorisation_world.GROUPS)
# Who has no business in the editor has the same rights there as one of these.
IN_THE_EDITOR = (
    "anonymous",
    "nobody",
    "juror",
    "chair",
    "door team",
    "ticket office",
    "jury office",
    "editor",
    "moderator",
)
# Addresses that answer nobody, on purpose; still tried by those who must not even learn that.
SILENT = {
    "cms/test404/": "shows the page for what is missing",
    "cms/failwhale/": "shows the page for a broken server",
    "cms/login/": "stands behind our own way to the sign-in, which has the same address",
    "cms/settings/<slug:app_name>/<slug:model_name>/": "the site has no settings of that kind",
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": "the site has no settings of that kind",
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/": "the site has no settings of that kind",
    "cms/^.*/$": "catches what is missing, so that it asks for the sign-in first",
}


@pytest.fixture(scope="module")
def world(demo_template, django_db_blocker, tmp_path_factory):
    """The demo week, a second edition, and a browser for every role; the second factor has tests of its own."""
    with (
        override_settings(SECOND_FACTOR_REQUIRED=False),
        demo_database(demo_template, tmp_path_factory.mktemp("matrix"), django_db_blocker),
    ):
        yield authorisation_world.build()


def attempt(world, role, method, path, data=None):
    """Return the answer to one request; whatever it wrote is taken back."""
    headers = {"X-Requested-With": "XMLHttpRequest"} if path.startswith("/cms/") else {}
    if path.startswith("/scan/api/") and data:
        data, headers = json.dumps(data), headers | {"Content-Type": "application/json"}
    client = world.client(role)
    with transaction.atomic():
        if isinstance(data, str):
            response = client.post(path, data, content_type="application/json")
        else:
            response = getattr(client, method)(path, data or {}, headers=headers)
        transaction.set_rollback(True)
    if method == "post":
        cache.clear()
    return response


def is_refused(response, path):
    """Tell whether the answer is a plain no, or the way to the sign-in or the second factor."""
    if response.status_code == 302:
        return any(part in response.url for part in ("/login/", "/2fa/")) or (path, response.url) == (
            "/scan/door/",
            "/scan/",
        )
    return response.status_code == 403 or (response.status_code == 401 and path.startswith("/scan/api/"))


def lets_in(response, path):
    """Tell whether somebody got in: a page, a way onwards, or a form that says what is wrong with what was typed."""
    return (response.status_code < 400 or response.status_code in {409, 422}) and not is_refused(response, path)


def form_of(response):
    """Return what the form of a page would send as it stands."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content.strip():
        return {}
    forms = [form for form in html.fromstring(response.content).forms if form.method == "POST"]
    own = [form for form in forms if (form.action or "").split("?")[0] in {"", response.request["PATH_INFO"]}]
    return _values(own[0]) if own else {}


def _values(form):
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def test_every_address_has_a_decision():
    assert [(route.route, route.name) for route in ROUTES if route.allowed is None] == []


def test_every_decision_has_an_address():
    names = {f"cms:{route.name}" if route.in_the_editor else route.name for route in ROUTES} | {"cms-login"}
    namespaces = {route.name.rpartition(":")[0] for route in ROUTES}

    assert set(DECISIONS) - names == set()
    assert [key for key in authorisation.SCREENS if not key.endswith("*") and key not in namespaces] == []


def test_every_address_leads_to_its_own_pattern(world):
    wrong = []
    for route in ROUTES:
        if route.route in SILENT:
            continue
        path = address(route, world)
        try:
            found = resolve(path)
        except Resolver404:
            found = None
        if found is None or found.view_name != route.name:
            wrong.append(f"{path} is {found and found.view_name!r}, not {route.name!r}")

    assert wrong == []


@pytest.fixture(scope="module")
def tried(world):
    """What the first role that may get in is answered, by route: {method: (status, what was posted)}."""
    found = {}
    for route in ROUTES:
        role = keyholder(route)
        if role is None or route.route in SILENT:
            continue
        path = address(route, world)
        got = attempt(world, role, "get", path)
        data = posted(route.name, world) or form_of(got)
        sent = attempt(world, role, "post", path, data)
        found[route] = {"get": (got, None), "post": (sent, data)}
    return found


def keyholder(route):
    """Return the least powerful role that may get in."""
    order = [role for role in ROLES if role != "admin"]
    return next((role for role in [*order, "admin"] if role in route.allowed), None)


def test_who_may_gets_in(world, tried):
    shut = []
    for route, answers in tried.items():
        path = address(route, world)
        if not any(lets_in(answer, path) for answer, _ in answers.values()) and route.allowed != WHO["half way"]:
            shut.append(
                f"{keyholder(route)} {path} {[answer.status_code for answer, _ in answers.values()]} {route.name}"
            )

    assert shut == []


def test_nothing_breaks(world, tried):
    broken = [
        f"{method} {address(route, world)} {route.name}"
        for route, answers in tried.items()
        for method, (answer, _) in answers.items()
        if answer.status_code >= 500
    ]

    assert broken == []


def test_nobody_else_gets_in(world, tried):
    leaks = []
    for route in ROUTES:
        path = address(route, world)
        live = {
            method: data
            for method, (answer, data) in tried.get(route, {}).items()
            if answer.status_code not in {404, 405}
        }
        if route.allowed == NO_ONE:
            live = dict.fromkeys(METHODS)
        roles = set(IN_THE_EDITOR if route.in_the_editor else ROLES) | ({"admin"} if route.allowed == NO_ONE else set())
        for role in sorted(roles - route.allowed):
            for method, data in live.items():
                answer = attempt(world, role, method, path, data)
                if not is_refused(answer, path):
                    leaks.append(f"{role} {method} {path} {answer.status_code} {route.name}")

    assert leaks == []

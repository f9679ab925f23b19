"""Who may open what: every address of the site with a real object, tried by every role, by GET and by POST.

An address without a decision fails. First somebody who may gets in, by the methods that the address knows; then nobody
else does by any of these. A refusal is 403, a way to the sign-in, or 401 from the door's programming interface: what is
not found or not allowed proves nothing. All that is written is rolled back.
"""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve
from wagtail.models import Page

from tests import authorisation
from tests.authorisation import DECISIONS, NO_ONE, WHO
from tests.authorisation_addresses import address, posted, routes
from tests.authorisation_tries import ROLES, SILENT, attempt, form_of, is_refused, keyholder, lets_in, places
from tests.hostile_tries import broken, filled, typed_in

pytestmark = [
    pytest.mark.week,
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),  # Wagtail's own reports
]

ROUTES = sorted(set(routes()), key=lambda route: (route.route, route.name))
METHODS = ("get", "post")
PUTS = {"wagtail_localize:edit_string_translation", "wagtail_localize:edit_override"}
# Who has no business in the editor has the same rights there as one of these.
IN_THE_EDITOR = ("anonymous", "nobody", "juror", "door team", "ticket office", "jury office", "editor", "moderator")
# Addresses that look for the row among those that one may touch, so that it is missing for others.
HIDDEN = {"wagtailadmin_collections:delete", "wagtailadmin_api:pages:action"}
# Wagtail asks the question of everybody on the staff; the answer, which is posted, needs the right.
ASKED_OF_ALL = {"wagtailadmin_pages:move_confirm"}


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
            found = resolve(path.partition("?")[0])
        except Resolver404:
            found = None
        if found is None or found.view_name != route.name:
            wrong.append(f"{path} is {found and found.view_name!r}, not {route.name!r}")

    assert not wrong, "\n" + "\n".join(wrong)


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
        writes = "put" if route.name in PUTS else "post"
        found[route] = {"get": (got, None), writes: (attempt(world, role, writes, path, data), data)}
    return found


def test_who_may_gets_in(world, tried):
    shut = []
    for route, answers in tried.items():
        path = address(route, world)
        if not any(lets_in(answer, path) for answer, _ in answers.values()) and route.allowed != WHO["half way"]:
            statuses = [answer.status_code for answer, _ in answers.values()]
            shut.append(f"{keyholder(route)} {path} {statuses} {route.name}")

    assert not shut, "\n" + "\n".join(shut)


def test_nothing_breaks(world, tried):
    broken = [
        f"{method} {address(route, world)} {route.name}"
        for route, answers in tried.items()
        for method, (answer, _) in answers.items()
        if answer.status_code >= 500
    ]

    assert not broken, "\n" + "\n".join(broken)


def test_no_form_breaks_a_page(world, tried):
    """Each form that people type into takes its turn with a hostile value, and each value does."""
    asked = {(keyholder(route), address(route, world)): answers["get"][0] for route, answers in tried.items()}
    forms, names = {"public": [], "cms": []}, set()
    for role, path in places(world):
        is_asked = (role, path) in asked  # those of the second language are not
        page = asked[role, path] if is_asked else attempt(world, role, "get", path)
        form, typed = form_of(page), typed_in(page)
        part = "cms" if path.startswith("/cms/") else "public"
        # In the editor, scripts fill what nobody types in; there a page may count on them.
        own = sorted(set(form) & typed if part == "cms" else set(form) - {"csrfmiddlewaretoken"})
        names.update(own)
        forms[part] += [(role, path, form, own)] if own else []

    assert {"name", "email", "comment", "reason", "code", "title_fr"} <= names
    assert broken(world, filled(forms["public"]) + filled(forms["cms"])) == ""


@pytest.fixture
def short_refusals(settings):
    """Five thousand refusals need not be drawn, nor told in a log with all that led there."""
    drawn = settings.TEMPLATES[0]
    loaders = [("django.template.loaders.locmem.Loader", {"403.html": "No."})]
    loaders += ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
    options = drawn["OPTIONS"] | {"loaders": [("django.template.loaders.cached.Loader", loaders)]}
    settings.TEMPLATES = [drawn | {"APP_DIRS": False, "OPTIONS": options}]
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(before)


def test_nobody_else_gets_in(world, tried, short_refusals):
    leaks = []
    for route in ROUTES:
        path = address(route, world)
        for method, data in _methods(route, tried).items():
            leaks += [
                f"{role} {method} {path} {answer.status_code} {route.name}"
                for role in _strangers(route)
                if not _keeps_out(answer := attempt(world, role, method, path, data), route, path)
            ]

    assert not leaks, "\n" + "\n".join(leaks)


def _methods(route, tried):
    """Return the methods by which an address can be entered, with what is sent."""
    if route.allowed == NO_ONE or route.route in SILENT:
        return dict.fromkeys(METHODS)
    return {
        method: data
        for method, (answer, data) in tried[route].items()
        if answer.status_code not in {404, 405} and not (method == "get" and route.name in ASKED_OF_ALL)
    }


def _strangers(route):
    if route.route in SILENT:
        return sorted({"anonymous", "nobody"} - route.allowed)
    everybody = set(IN_THE_EDITOR if route.in_the_editor else ROLES)
    return sorted((everybody | ({"admin"} if route.allowed == NO_ONE else set())) - route.allowed)


def _keeps_out(response, route, path):
    is_missing = response.status_code == 404 and (route.name in HIDDEN or route.allowed == WHO["owner"])
    is_other_list = response.status_code == 409 and route.name == "scan-redeem"
    return is_refused(response, path) or is_missing or is_other_list


@pytest.mark.parametrize("name", [name for name, decided in DECISIONS.items() if decided == "secret"])
def test_a_secret_opens_its_own_order_only(world, name):
    route = next(route for route in ROUTES if route.name == name)
    method = "post" if name in {"tickets-order-mail", "tickets-order-address", "tickets-guest-mail"} else "get"
    data = posted(name, world) if method == "post" else None
    order, other = world.objects["order"], world.objects["another order"]
    right = address(route, world)
    of_others = {"tickets-waiting": "waiting", "tickets-solidarity-request": "request to the pot"}
    of_others |= {one: "guest" for one in (name,) if one.startswith("tickets-guest")}
    secret = world.objects[of_others[name]] if name in of_others else order.secret
    wrong = right.replace(secret, secret[:-1] + ("a" if secret[-1] != "a" else "b"))

    for role in ROLES:
        assert attempt(world, role, method, right, data).status_code in {200, 302}, role
        assert attempt(world, role, method, wrong, data).status_code == 404, role
        assert attempt(world, role, method, right.replace(secret, other.secret), data).status_code == 404, role


@pytest.mark.parametrize("name", [name for name, decided in DECISIONS.items() if decided == "mailed"])
def test_a_mistyped_link_of_a_mail_opens_nothing(world, name):
    route = next(route for route in ROUTES if route.name == name)
    secrets = {"tickets-alert-confirm": "secret of an alert", "tickets-found-guest": "link of the search of a guest"}
    secrets |= {"apply-join": "invitation", "awards-invitation": "invitation to the jury"}
    secret = world.objects[secrets.get(name, "link of a search")]
    right = address(route, world)
    wrong = right.replace(secret, secret[:-1] + ("a" if secret[-1] != "a" else "b"))

    for role in ROLES:
        assert attempt(world, role, "get", right).status_code in {200, 302}, role
        assert attempt(world, role, "get", wrong).status_code == 404, role


OF_ONE_CARD = {"jury-entry", "jury-autosave", "jury-recuse", "jury-star", "jury-flag", "jury-abstain"}
OTHER_EDITION = {"juror": "other juror", "chair": "other chair", "other juror": "juror", "other chair": "chair"}


@pytest.mark.parametrize("name", [name for name in DECISIONS if name.startswith("jury-")])
def test_a_jury_opens_its_own_edition_only(world, name):
    route = next(route for route in ROUTES if route.name == name)
    for edition in (2027, 2028):
        path, data = address(route, world, edition=edition), posted(name, world, edition=edition)
        own = {OTHER_EDITION.get(role, role) if edition == 2028 else role for role in route.allowed}
        for method in METHODS:
            answers = {role: attempt(world, role, method, path, data) for role in {*OTHER_EDITION, "jury office"}}
            if any(answer.status_code == 405 for answer in answers.values()):
                continue
            inside = {role for role, answer in answers.items() if not is_refused(answer, path)}
            assert inside == own & set(answers), f"{method} {path}"
            shut = {role: answers[role].status_code for role in inside if not lets_in(answers[role], path)}
            # A chair who was not given the project has no card of it.
            cardless = {"chair", "other chair"} & inside if name in OF_ONE_CARD else set()
            assert shut == dict.fromkeys(cardless, 404), f"{method} {path}"


def test_an_entry_of_one_call_is_not_found_below_another(world):
    ours, theirs = world.juries[2027], world.juries[2028]
    own = attempt(world, "juror", "get", f"/jury/{ours['at work']}/entries/{ours['at work entry']}/")
    foreign = attempt(world, "juror", "get", f"/jury/{ours['at work']}/entries/{theirs['at work entry']}/")
    dossier = f"/jury/{ours['frozen']}/chair/results/{{}}.json"

    assert (own.status_code, foreign.status_code) == (200, 404)
    assert attempt(world, "chair", "get", dossier.format(ours["tally"])).status_code == 200
    assert attempt(world, "chair", "get", dossier.format(theirs["tally"])).status_code == 404


def test_a_withdrawn_phone_is_not_set_up_again(world):
    data = posted("scan-setup", world)

    assert attempt(world, "door team", "post", "/scan/", data).status_code == 302
    assert attempt(world, "withdrawn phone", "post", "/scan/", data).status_code == 403


def test_a_phone_is_set_up_for_the_current_edition_only(world):
    data = posted("scan-setup", world) | {"checkin_list": world.objects["other list"].pk}

    assert attempt(world, "door team", "post", "/scan/", data).status_code == 422


def test_a_phone_of_another_edition_lets_nobody_in(world):
    data = posted("scan-redeem", world)
    ours = attempt(world, "door team", "post", "/scan/api/redeem/", data)
    theirs = attempt(world, "other door", "post", "/scan/api/redeem/", data | {"list": world.objects["other list"].pk})

    assert ours.json()["verdict"] == "admitted"
    assert theirs.json()["verdict"] == "wrong_edition"


@pytest.mark.parametrize(("role", "is_live"), [("moderator", False), ("ticket office", True), ("jury office", True)])
def test_many_pages_at_once_are_changed_only_by_those_who_may(world, role, is_live):
    """Wagtail shows the screen to all staff, and does nothing to pages that they may not touch."""
    page = world.objects["page"]
    with transaction.atomic():
        world.client(role).post(f"/cms/bulk/wagtailcore/page/unpublish/?id={page.pk}")
        live = Page.objects.get(pk=page.pk).live
        transaction.set_rollback(True)
    cache.clear()

    assert live is is_live


def test_who_is_signed_in_and_may_not_edit_is_told_so(world):
    response = world.client("juror").get("/cms/", follow=True)

    assert response.status_code == 403
    assert "Cette page ne vous est pas ouverte" in response.text

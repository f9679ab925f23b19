"""One try of the authorisation matrix: a request that is taken back, and what its answer means."""

import json

from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from lxml import html

from tests.authorisation_addresses import address, routes
from tests.authorisation_world import GROUPS

PHONES = {"/scan/door/", "/scan/list/", "/scan/undo/", "/scan/find/"}  # they send who has none to the set-up
STREAMS = ("body",)  # fields of blocks, which a script draws

ROLES = ("anonymous", *GROUPS)
# Addresses that answer nobody, on purpose; still tried by those who must not even learn that.
SILENT = {
    "cms/test404/": "shows the page for what is missing",
    "cms/failwhale/": "shows the page for a broken server",
    "cms/^.*/$": "catches what is missing, so that it asks for the sign-in first",
    "cms/login/": "stands behind our own way to the sign-in, which has the same address",
    "cms/password_reset/": "the site's own sign-in has this",
    "cms/password_reset/done/": "the site's own sign-in has this",
    "cms/password_reset/confirm/<uidb64>/<token>/": "the site's own sign-in has this",
    "cms/password_reset/complete/": "the site's own sign-in has this",
    "cms/settings/<slug:app_name>/<slug:model_name>/": "the site has no settings of that kind",
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": "the site has no settings of that kind",
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/": "the site has no settings of that kind",
    "cms/images/<int:image_id>/generate_url/": "the site serves no picture by a signed address",
    "cms/images/<int:image_id>/generate_url/output/": "the site serves no picture by a signed address",
    "cms/block-preview/": "no block has a preview",
    "cms/redirects/import/process/": "wants the file of the step before",
    "cms/localize/translate/<int:translation_id>/machine_translate/": "no machine translates here",
    "cms/localize/translate/<int:translation_id>/preview/<str:mode>/": "no page has a second mode",
    "cms/localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": "only pages are translated so",
    "cms/localize/translate/<int:translation_id>/pofile/upload/": "wants a file that a translator has filled in",
    "cms/localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/": "a script sends it",
    "cms/localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/": "a script sends it",
    "cms/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/": "wants the form of the page before",
}


def attempt(world, role, method, path, data=None):
    """Return the answer to one request; whatever it wrote is taken back."""
    headers = {"X-Requested-With": "XMLHttpRequest"} if path.startswith("/cms/") else {}
    if path.startswith("/scan/api/") and data:
        data = json.dumps(data)
    client = world.client(role)
    with transaction.atomic():
        if isinstance(data, str) or method == "put":
            response = getattr(client, method)(path, data or {}, content_type="application/json", headers=headers)
        else:
            response = getattr(client, method)(path, data or {}, headers=headers)
        transaction.set_rollback(True)
    if method != "get" and not is_refused(response, path):
        cache.clear()  # it may keep what was taken back
    return response


def is_refused(response, path):
    """Tell whether the answer is a plain no, or the way to the sign-in or the second factor."""
    if response.status_code == 302:
        is_sign_in = any(part in response.url for part in ("/login/", "/2fa/authenticate/"))
        return is_sign_in or (path in PHONES and response.url == "/scan/")
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
    values = _values(max(own, key=lambda form: len(form.fields))) if own else {}
    return values | {f"{name}-count": 0 for name in STREAMS if f"{name}-count" not in values}


def _values(form):
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def keyholder(route):
    """Return the least powerful role that may get in."""
    order = [role for role in ROLES if role != "admin"]
    return next((role for role in [*order, "admin"] if role in route.allowed), None)


def places(world):
    """Return (role, path) of every page that somebody may open, in both languages, public ones first."""
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for route in routes():
                role = keyholder(route)
                if role and route.route not in SILENT:
                    found.setdefault((role, address(route, world)))
    return sorted(found, key=lambda place: place[1].startswith("/cms/"))

"""One try of the authorisation matrix: a request that is taken back, and what its answer means."""

import json

from django.core.cache import cache
from django.db import transaction
from lxml import html

PHONES = {"/scan/door/", "/scan/list/", "/scan/undo/", "/scan/find/"}  # they send who has none to the set-up
STREAMS = ("body",)  # fields of blocks, which a script draws


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

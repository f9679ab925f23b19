"""The stand-in's addresses: the part of Stripe's API that we call, and the page on which one pays."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from django.template.loader import render_to_string
from django.utils import translation

from festival.demo.stripe_server.books import Books, Refused, Row, invalid
from festival.text import typography
from festival.text.languages import main_language

_MOST = 200_000  # bytes of a request
_PART = re.compile(r"\[([^\]]*)\]")
_STYLES = Path(__file__).with_name("page.css")
_PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class App:
    """A WSGI application over one set of books. `interrupt` is called before each answer of the API; it may raise."""

    def __init__(self, books: Books, key: str) -> None:
        self.books, self.key = books, key
        self.interrupt: Callable[[str, str], None] = lambda _method, _path: None
        self._in_flight: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        try:
            if path.startswith("/v1/"):
                return self._api(method, path, environ, start_response)
            if path == "/page.css":
                return _answer(start_response, 200, _STYLES.read_bytes(), "text/css; charset=utf-8")
            if found := re.fullmatch(r"/pay/(\w+)", path):
                return self._page(method, found[1], environ, start_response)
        except Refused as refused:
            return _json(start_response, refused.status, {"error": refused.error})
        return _answer(start_response, 404, b"", "text/plain")

    def _api(self, method: str, path: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self.key}":
            raise Refused(401, "invalid_request_error", "Invalid API Key provided.")
        body = _body(environ)
        self.books.calls.append((method, path))
        key = environ.get("HTTP_IDEMPOTENCY_KEY", "") if method == "POST" else ""
        row = self._once(key, f"{path}\n{body}", method, path) if key else self._call(method, path, body)
        self.interrupt(method, path)
        return _json(start_response, 200, row)

    def _once(self, key: str, request: str, method: str, path: str) -> Row:
        """Return the first answer that this key got; another request with it is an error, one at the same time too."""
        if kept := self.books.answers.get(key):
            if kept["request"] != request:
                message = "Keys for idempotent requests can only be used with the same parameters."
                raise Refused(400, "idempotency_error", message)
            return dict(kept["answer"])
        if key in self._in_flight:
            raise Refused(409, "idempotency_error", "There is another request in progress with this key.")
        self._in_flight.add(key)
        try:
            row = self._call(method, path, request.partition("\n")[2])
            with self.books.changing():
                self.books.answers[key] = {"request": request, "answer": json.loads(json.dumps(row))}
            return row
        finally:
            self._in_flight.discard(key)

    def _call(self, method: str, path: str, body: str) -> Row:
        books, params = self.books, nested(body)
        if (method, path) == ("POST", "/v1/checkout/sessions"):
            return books.open_session(params)
        if (method, path) == ("GET", "/v1/checkout/sessions"):
            listed = books.sessions_listed(params)
            return listed | {"data": [self._expanded(session) for session in listed["data"]]}
        if path == "/v1/refunds":
            return books.refund(params) if method == "POST" else books.refunds_listed(params)
        if found := re.fullmatch(r"/v1/refunds/(\w+)", path):
            return books.refund_with_intent(found[1])
        if found := re.fullmatch(r"/v1/checkout/sessions/(\w+)(/expire)?", path):
            return self._expanded(books.expire(found[1]) if found[2] else books.session(found[1]))
        if (found := re.fullmatch(r"/v1/payment_intents/(\w+)", path)) and found[1] in books.intents:
            return books.intents[found[1]]
        raise Refused(404, "invalid_request_error", f"Unrecognized request URL ({method}: {path}).", "resource_missing")

    def _expanded(self, session: Row) -> Row:
        """Return a session with its intent in it, as `expand` asks for."""
        return session | {"payment_intent": self.books.intents.get(session["payment_intent"] or "")}

    def _page(self, method: str, pk: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        session = self.books.session(pk)
        state = session["status"] if session["status"] != "open" else ""
        if method == "POST" and not state:
            choice = nested(_body(environ)).get("choice")
            if choice == "pay":
                self.books.pay(pk)
                return _redirect(start_response, session["success_url"])
            if choice == "refuse":
                self.books.refuse(pk)
                state = "refused"
        return _answer(start_response, 200, self._drawn(session, state).encode(), "text/html; charset=utf-8")

    def _drawn(self, session: Row, state: str) -> str:
        language = session["locale"] or main_language()
        with translation.override(language):
            currency = session["currency"].upper()
            context = {
                "session": session,
                "state": state,
                "language": language,
                "total": typography.price(session["amount_total"], currency),
                "lines": [(name, count, typography.price(cents, currency)) for name, count, cents in session["lines"]],
            }
            return render_to_string("demo/stripe_page.html", context)


def nested(body: str) -> Row:
    """Return what a form says, with `a[b][0]=c` as objects and lists. Raises Refused for what cannot be read."""
    fields: Row = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        parts = [name.partition("[")[0], *_PART.findall(name)]
        place = fields
        for part in parts[:-1]:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise invalid(f"Invalid {name}.")
        place[parts[-1]] = value
    return {name: _listed(value) for name, value in fields.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(each) for key, each in value.items()}


def _body(environ: WSGIEnvironment) -> str:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > _MOST:
        raise Refused(413, "invalid_request_error", "The request is too large.")
    body = environ["wsgi.input"].read(length).decode("utf-8", "replace")
    return body or environ.get("QUERY_STRING", "")


def _json(start_response: StartResponse, status: int, row: Row) -> Iterable[bytes]:
    return _answer(start_response, status, json.dumps(row).encode(), "application/json")


def _redirect(start_response: StartResponse, url: str) -> Iterable[bytes]:
    start_response("303 See Other", [("Location", url), ("Content-Length", "0")])
    return [b""]


def _answer(start_response: StartResponse, status: int, body: bytes, kind: str) -> Iterable[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", _PAGE_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("X-Robots-Tag", "noindex"),
        ("Referrer-Policy", "no-referrer"),
    ]
    start_response(f"{status} Answer", headers)
    return [body]

"""The stand-in behaves as Stripe does, where we rely on it."""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from festival.demo.stripe_server import events
from festival.demo.stripe_server.serving import serving
from festival.demo.stripe_server.web import nested

FORM = {
    "mode": "payment",
    "success_url": "https://example.org/paid/",
    "cancel_url": "https://example.org/",
    "locale": "fr",
    "customer_email": "a@example.org",
    "line_items[0][quantity]": "2",
    "line_items[0][price_data][currency]": "eur",
    "line_items[0][price_data][unit_amount]": "5500",
    "line_items[0][price_data][product_data][name]": "<b>Pass</b>",
}


@pytest.fixture
def server(tmp_path):
    with serving(key="sk", secret="whsec", file=tmp_path / "books.json") as running:
        yield running


def call(server, path, form=None, *, key="", token="sk"):
    """Return the status and what the API says."""
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{server.url}{path}", body, headers)) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def open_page(server, key="", **changes):
    return call(server, "/v1/checkout/sessions", FORM | {"expires_at": str(int(time.time()) + 2000)} | changes, key=key)


def read(url, form=None):
    """Return the status, the address and the text of a page, without following where it leads."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    body = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(url, body) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", ""), ""


def test_the_same_key_gives_the_same_answer_and_another_request_with_it_is_an_error(server):
    expires = str(int(time.time()) + 2000)
    first, again = open_page(server, "k", expires_at=expires), open_page(server, "k", expires_at=expires)
    assert first == again
    assert first[0] == 200
    status, answer = open_page(server, "k", expires_at=expires, locale="en")
    assert (status, answer["error"]["type"]) == (400, "idempotency_error")
    assert len(server.books.sessions) == 1


def test_a_key_whose_first_request_is_not_answered_yet(server):
    server.app._in_flight.add("k")
    assert open_page(server, "k")[0] == 409


def test_an_error_is_not_kept_under_the_key(server):
    assert open_page(server, "k", mode="setup")[0] == 400
    assert open_page(server, "k")[0] == 200


@pytest.mark.parametrize("seconds", [-1, 60, 29 * 60 - 60, 25 * 3600])
def test_pages_are_open_between_half_an_hour_and_a_day(server, seconds):
    assert open_page(server, expires_at=str(int(time.time()) + seconds))[0] == 400


def test_what_is_missing_unknown_or_too_little(server):
    assert open_page(server, success_url="")[0] == 400
    assert open_page(server, **{"line_items[0][price_data][unit_amount]": "10"})[0] == 400
    assert call(server, "/v1/checkout/sessions/cs_none")[0] == 404
    assert call(server, "/v1/nothing")[0] == 404
    assert call(server, "/v1/refunds/re_none")[0] == 404
    assert call(server, "/v1/refunds", {"payment_intent": "pi_none"})[0] == 404
    assert call(server, "/v1/refunds", {}, token="other")[0] == 401
    assert read(f"{server.url}/other")[0] == 404
    assert nested("a[b]=1&a[c][0]=2") == {"a": {"b": "1", "c": ["2"]}}
    assert call(server, "/v1/refunds", {"a": "1", "a[b]": "2"})[0] == 400


def test_the_page_pays_refuses_and_leads_back(server):
    _status, session = open_page(server)
    status, _to, page = read(session["url"])
    assert status == 200
    assert "110" in page
    assert "&lt;b&gt;Pass" in page
    assert 'href="https://example.org/"' in page
    assert read(f"{server.url}/page.css")[0] == 200

    assert 'role="alert"' in read(session["url"], {"choice": "refuse"})[2]
    assert read(session["url"], {"choice": "pay"})[:2] == (303, "https://example.org/paid/")
    assert "form" not in read(session["url"])[2]
    assert [event["type"] for event in server.deliveries.made] == [
        "payment_intent.payment_failed",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_page_that_expired_can_not_be_paid(server):
    _status, session = open_page(server)
    assert call(server, f"/v1/checkout/sessions/{session['id']}/expire", {})[1]["status"] == "expired"
    assert call(server, f"/v1/checkout/sessions/{session['id']}/expire", {})[0] == 400
    assert "form" not in read(session["url"], {"choice": "pay"})[2]
    _status, other = open_page(server)
    server.books.now = lambda: time.time() + 9999
    assert call(server, f"/v1/checkout/sessions/{other['id']}")[1]["status"] == "expired"


def test_refunds_never_exceed_what_was_paid(server):
    _status, session = open_page(server)
    intent = server.books.pay(session["id"])["payment_intent"]
    assert call(server, f"/v1/payment_intents/{intent}")[1]["amount"] == 11000
    status, refund = call(server, "/v1/refunds", {"payment_intent": intent, "amount": "6000", "metadata[refund]": "r"})
    assert (status, refund["metadata"]) == (200, {"refund": "r"})
    assert call(server, "/v1/refunds", {"payment_intent": intent, "amount": "5001"})[0] == 400
    assert call(server, f"/v1/refunds?payment_intent={intent}")[1]["data"] == [refund]
    whole = call(server, f"/v1/refunds/{refund['id']}")[1]
    assert whole["payment_intent"]["id"] == intent
    assert whole == refund | {"payment_intent": whole["payment_intent"]}


def test_the_books_survive_a_restart(server, tmp_path):
    _status, session = open_page(server, "k")
    with serving(key="sk", secret="whsec", file=tmp_path / "books.json") as again:
        assert call(again, f"/v1/checkout/sessions/{session['id']}")[1]["amount_total"] == 11000


@pytest.fixture
def receiver():
    """A server that keeps the types of the events it gets, and answers with the next of `statuses`, else 204."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.append(body["type"])
            self.send_response(statuses.pop(0) if statuses else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    heard, statuses = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.heard, running.statuses, running.url = heard, statuses, f"http://127.0.0.1:{running.server_port}/"
        yield running
        running.shutdown()


def event(kind):
    return {"object": "event", "id": kind, "type": kind}


def test_events_are_doubled_dropped_reordered_and_delayed_as_told(receiver):
    sender = events.Deliveries(receiver.url, "whsec")
    sender.copies = 3
    sender.take(event("a"))
    sender.settle()
    assert receiver.heard == ["a"] * 3

    sender.drops = lambda kind: kind == "b"
    sender.take(event("b"))
    sender.gathers = True
    sender.take(event("c"))
    sender.take(event("d"))
    sender.release(reversed)
    assert receiver.heard == ["a"] * 3 + ["d", "c"]

    sender.gathers, sender.copies, sender.pause = False, 1, 0.2
    sender.take(event("e"))
    assert receiver.heard[-1] != "e"
    sender.settle()
    assert receiver.heard[-1] == "e"


def test_an_event_that_is_not_taken_is_sent_again(receiver, monkeypatch):
    monkeypatch.setattr(events, "_PAUSE", 0.01)
    receiver.statuses[:] = [500, 429, 204]
    sender = events.Deliveries(receiver.url, "whsec")
    sender.take(event("a"))
    sender.settle()
    assert sender.statuses == [500, 429, 204]


def test_one_that_is_refused_is_not(receiver, monkeypatch, caplog):
    monkeypatch.setattr(events, "_PAUSE", 0.01)
    receiver.statuses[:] = [400]
    sender = events.Deliveries(receiver.url, "whsec")
    sender.take(event("a"))
    sender.settle()
    assert sender.statuses == [400]
    assert "not taken" in caplog.text


def test_nobody_listens(monkeypatch, caplog):
    monkeypatch.setattr(events, "_PAUSE", 0.01)
    sender = events.Deliveries("http://127.0.0.1:9/", "whsec")
    sender.take(event("a"))
    sender.settle()
    assert sender.statuses == [0] * events.TRIES

"""What the stand-in remembers: checkout sessions, payment intents, refunds, and the answers given to each key."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

type Row = dict[str, Any]

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60  # seconds that a session may be open, by Stripe's documentation
SLACK = 60  # seconds that clocks may differ
LEAST = 50  # cents, Stripe's minimum for euros
_KINDS = ("sessions", "intents", "refunds", "answers")


class Refused(Exception):
    """Stripe would answer with an error: its HTTP status, its type, a sentence."""

    def __init__(self, status: int, kind: str, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message} | ({"code": code} if code else {})


def invalid(message: str, code: str = "") -> Refused:
    """Return the error of a request that makes no sense."""
    return Refused(400, "invalid_request_error", message, code)


class Books:
    """All rows by their ids; every change makes an event. With `file` they survive a restart.

    Args:
        base: Where this server is reached, without a slash at the end; the hosted pages are below it.
        tell: Is given each event, after the change that it tells of.
        file: Where the rows are kept.
        now: Reads the time, in seconds since 1970.
    """

    def __init__(
        self,
        base: str,
        tell: Callable[[Row], None],
        file: Path | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.base, self.tell, self.file, self.now = base, tell, file, now
        self.sessions: dict[str, Row] = {}
        self.intents: dict[str, Row] = {}
        self.refunds: dict[str, Row] = {}
        self.answers: dict[str, Row] = {}
        self.calls: list[tuple[str, str]] = []
        self._lock = threading.RLock()
        if file and file.exists():
            for kind, rows in json.loads(file.read_text(encoding="utf-8")).items():
                setattr(self, kind, rows)

    @contextmanager
    def changing(self) -> Iterator[list[Row]]:
        """Change rows within the block, one at a time; the events put into the list are told after it."""
        events: list[Row] = []
        with self._lock:
            yield events
            if self.file:
                kept = {kind: getattr(self, kind) for kind in _KINDS}
                self.file.write_text(json.dumps(kept), encoding="utf-8")
        for event in events:
            self.tell(event)

    def open_session(self, params: Row) -> Row:
        """Open a page on which something can be paid."""
        self._check(params)
        amount = sum(int(item["price_data"]["unit_amount"]) * int(item["quantity"]) for item in params["line_items"])
        if amount < LEAST:
            raise invalid("The total is below the minimum amount that is allowed.", "amount_too_small")
        with self.changing():
            pk = f"cs_test_{secrets.token_hex(16)}"
            session = {
                "id": pk,
                "object": "checkout.session",
                "status": "open",
                "payment_status": "unpaid",
                "amount_total": amount,
                "currency": params["line_items"][0]["price_data"]["currency"],
                "client_reference_id": params.get("client_reference_id"),
                "customer_email": params.get("customer_email"),
                "locale": params.get("locale"),
                "expires_at": int(params["expires_at"]),
                "created": int(self.now()),
                "success_url": params["success_url"],
                "cancel_url": params.get("cancel_url"),
                "metadata": (params.get("payment_intent_data") or {}).get("metadata") or {},
                "payment_intent": None,
                "url": f"{self.base}/pay/{pk}",
                "livemode": False,
                "lines": [
                    [
                        item["price_data"]["product_data"]["name"],
                        int(item["quantity"]),
                        int(item["price_data"]["unit_amount"]),
                    ]
                    for item in params["line_items"]
                ],
            }
            self.sessions[pk] = session
            return session

    def session(self, pk: str) -> Row:
        """Return a session; one whose time is over has expired. Raises Refused."""
        with self.changing() as events:
            session = _found(self.sessions, pk, "checkout.session")
            if session["status"] == "open" and session["expires_at"] <= self.now():
                session["status"], session["url"] = "expired", None
                events.append(self._event("checkout.session.expired", session))
            return session

    def expire(self, pk: str) -> Row:
        """Close a page that is open. Raises Refused."""
        session = self.session(pk)
        if session["status"] != "open":
            raise invalid('Only sessions with a status in ["open"] can be expired.')
        with self.changing() as events:
            session["status"], session["url"] = "expired", None
            events.append(self._event("checkout.session.expired", session))
        return session

    def pay(self, pk: str, *, later: bool = False) -> Row:
        """Pay, as the buyer does on the page; `later` by a way whose money takes days. Raises Refused."""
        session = self.session(pk)
        if session["status"] != "open":
            raise invalid("This page is closed.")
        with self.changing() as events:
            intent = self._intent(session)
            intent["status"] = "processing" if later else "succeeded"
            session |= {"status": "complete", "payment_status": "unpaid" if later else "paid", "url": None}
            if not later:
                events.append(self._event("payment_intent.succeeded", intent))
            events.append(self._event("checkout.session.completed", session))
        return session

    def refuse(self, pk: str) -> Row:
        """Let the card be refused; the page stays open. Raises Refused."""
        session = self.session(pk)
        if session["status"] != "open":
            raise invalid("This page is closed.")
        with self.changing() as events:
            intent = self._intent(session)
            intent["status"] = "requires_payment_method"
            events.append(self._event("payment_intent.payment_failed", intent))
        return session

    def arrive(self, pk: str, *, succeeds: bool = True) -> Row:
        """Let money that takes days come, or not."""
        with self.changing() as events:
            session = _found(self.sessions, pk, "checkout.session")
            intent = self.intents[session["payment_intent"]]
            intent["status"] = "succeeded" if succeeds else "requires_payment_method"
            session["payment_status"] = "paid" if succeeds else "unpaid"
            kind = "async_payment_succeeded" if succeeds else "async_payment_failed"
            events.append(self._event(f"checkout.session.{kind}", session))
        return session

    def refund(self, params: Row) -> Row:
        """Send money back. Raises Refused if that much is not left."""
        with self.changing() as events:
            intent = _found(self.intents, str(params.get("payment_intent")), "payment_intent")
            gone = sum(row["amount"] for row in self.refunds.values() if row["payment_intent"] == intent["id"])
            amount = int(params.get("amount") or intent["amount"] - gone)
            if intent["status"] != "succeeded" or amount < 1 or gone + amount > intent["amount"]:
                raise invalid("Refund amount is greater than unrefunded amount on charge.", "charge_already_refunded")
            pk = f"re_{secrets.token_hex(12)}"
            self.refunds[pk] = row = {
                "id": pk,
                "object": "refund",
                "amount": amount,
                "currency": intent["currency"],
                "payment_intent": intent["id"],
                "status": "succeeded",
                "metadata": params.get("metadata") or {},
                "created": int(self.now()),
            }
            events.append(self._event("refund.created", row))
            return row

    def refund_by_hand(self, pk: str, amount: int) -> Row:
        """Send money of a session back as somebody does in the dashboard: without a mark of whoever sold."""
        intent = self.intents[str(_found(self.sessions, pk, "checkout.session")["payment_intent"])]
        row = self.refund({"payment_intent": intent["id"], "amount": amount})
        charge = {"id": f"ch_{intent['id'][3:]}", "object": "charge", "payment_intent": intent["id"]}
        with self.changing() as events:
            events.append(self._event("charge.refunded", charge | {"metadata": intent["metadata"]}))
        return row

    def refund_with_intent(self, pk: str) -> Row:
        """Return a refund with its intent in full. Raises Refused."""
        row = _found(self.refunds, pk, "refund")
        return row | {"payment_intent": self.intents[row["payment_intent"]]}

    def refunds_listed(self, params: Row) -> Row:
        """Return refunds as a list of the API, those of one intent if it is named."""
        intent = params.get("payment_intent")
        rows = [row for row in self.refunds.values() if intent in (None, row["payment_intent"])]
        listed = _listed(rows, params, "/v1/refunds")
        if "data.payment_intent" in params.get("expand", []):
            listed["data"] = [row | {"payment_intent": self.intents[row["payment_intent"]]} for row in listed["data"]]
        return listed

    def sessions_listed(self, params: Row) -> Row:
        """Return sessions as a list of the API, each as far as it is now."""
        return _listed([self.session(pk) for pk in list(self.sessions)], params, "/v1/checkout/sessions")

    def _intent(self, session: Row) -> Row:
        if session["payment_intent"]:
            return self.intents[session["payment_intent"]]
        pk = f"pi_{secrets.token_hex(12)}"
        self.intents[pk] = {
            "id": pk,
            "object": "payment_intent",
            "amount": session["amount_total"],
            "currency": session["currency"],
            "metadata": session["metadata"],
        }
        session["payment_intent"] = pk
        return self.intents[pk]

    def _check(self, params: Row) -> None:
        if params.get("mode") != "payment":
            raise invalid("Only mode=payment is known here.")
        for name in ("success_url", "line_items", "expires_at"):
            if not params.get(name):
                raise invalid(f"Missing required param: {name}.")
        open_for = int(params["expires_at"]) - self.now()
        if not SHORTEST - SLACK <= open_for <= LONGEST + SLACK:
            raise invalid("The `expires_at` timestamp must be between 30 minutes and 24 hours from now.")

    def _event(self, kind: str, row: Row) -> Row:
        return {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "type": kind,
            "created": int(self.now()),
            "livemode": False,
            "data": {"object": json.loads(json.dumps(row))},
        }


def _found(rows: dict[str, Row], pk: str, kind: str) -> Row:
    if pk not in rows:
        raise Refused(404, "invalid_request_error", f"No such {kind}: '{pk}'", "resource_missing")
    return rows[pk]


def _listed(rows: list[Row], params: Row, url: str) -> Row:
    """Return rows as Stripe lists them: the newest first, made within `created`, those behind `starting_after`."""
    made = {name: int(value) for name, value in (params.get("created") or {}).items()}
    newest = [row for row in reversed(rows) if made.get("gte", 0) <= row["created"] <= made.get("lte", row["created"])]
    before = next((place for place, row in enumerate(newest) if row["id"] == params.get("starting_after")), -1)
    left, limit = newest[before + 1 :], int(params.get("limit", 10))
    return {"object": "list", "data": left[:limit], "has_more": len(left) > limit, "url": url}

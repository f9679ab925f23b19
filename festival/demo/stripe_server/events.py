"""Sends events as Stripe does: signed, more than once, late, in any order, or not at all, as told."""

import hashlib
import hmac
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

TRIES = 4
_PAUSE = 2.0  # seconds, doubled after each try

logger = logging.getLogger(__name__)


def signature(body: bytes, secret: str, at: float) -> str:
    """Return the header Stripe-Signature of a body, by Stripe's scheme v1."""
    signed = hmac.new(secret.encode(), f"{int(at)}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={int(at)},v1={signed}"


def post(url: str, body: bytes, header: str) -> int:
    """Deliver one event and return the status of the answer, 0 where nobody answers."""
    headers = {"Content-Type": "application/json", "Stripe-Signature": header}
    request = urllib.request.Request(url, body, headers)  # noqa: S310 -- the site's own address, from its settings
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class Deliveries:
    """Sends each event to `url`, from a thread, until it is taken. All of it can be disturbed.

    Args:
        url: Where the site takes events; "" sends none.
        secret: Signs them.
        copies: How often each event is sent.
        pause: Seconds before the first copy.
        drops: Whether an event of a type is lost.
        gathers: Whether events wait for `release`, which sends them in the order that it is given.
    """

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret
        self.copies, self.pause, self.gathers = 1, 0.0, False
        self.drops: Callable[[str], bool] = lambda _kind: False
        self.made: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._waiting: list[dict[str, Any]] = []
        self._threads: list[threading.Thread] = []

    def take(self, event: dict[str, Any]) -> None:
        """Send an event, as things are set now."""
        self.made.append(event)
        if not self.url or self.drops(event["type"]):
            return
        if self.gathers:
            self._waiting.append(event)
            return
        for _copy in range(self.copies):
            self._start(event)

    def release(self, order: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
        """Send what was gathered, one after the other, in the order that `order` makes of it."""
        waiting, self._waiting = self._waiting, []
        for event in order(waiting):
            self._send(event)

    def settle(self, seconds: float = 20) -> None:
        """Wait until everything that is on its way has arrived."""
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _start(self, event: dict[str, Any]) -> None:
        thread = threading.Thread(target=self._send, args=(event,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _send(self, event: dict[str, Any]) -> None:
        body = json.dumps(event).encode()
        time.sleep(self.pause)
        for attempt in range(TRIES):
            status = post(self.url, body, signature(body, self.secret, time.time()))
            self.statuses.append(status)
            if 200 <= status < 300:
                return
            time.sleep(_PAUSE * 2**attempt if status in {0, 429} or status >= 500 else 0)
            if 400 <= status < 500 and status != 429:
                break
        logger.warning("The event %s was not taken: %s.", event["type"], status)

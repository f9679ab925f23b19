"""Places between two steps of an order's money at which the process can end; nothing happens there unless armed."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from tickets.catalogue import stock
from tickets.delivery import issuing
from tickets.payments import paying, posting, refunding, settling
from tickets.stripe import receiving, reconciling
from tickets.stripe.checkout import StripeCheckout

# Name, where it is, what is called there, and on which side of that call the process ends.
POINTS = {
    "nothing of the payment is stored": (paying, "_write", "before"),
    "the key is stored, nobody is called": (StripeCheckout, "begin", "before"),
    "the page is open, nothing of it is stored": (StripeCheckout, "begin", "after"),
    "the page is stored, the buyer has no answer": (paying, "_note", "after"),
    "an event is stored, nobody has an answer": (receiving, "receive", "after"),
    "the service has said that it was paid": (StripeCheckout, "ask", "after"),
    "the payment is confirmed within the transaction": (settling, "_confirm", "after"),
    "the payment is in the ledger within the transaction": (posting, "payment", "after"),
    "the tickets are made within the transaction": (issuing, "issue_tickets", "after"),
    "the payment is settled, the event is open": (reconciling, "ask_payment", "after"),
    "an order expires, its places are taken": (stock, "give_back", "before"),
    "an order expires, its places are back": (stock, "give_back", "after"),
    "a refund is begun within the transaction": (refunding, "begin", "after"),
    "a refund is stored, nobody is called": (StripeCheckout, "refund", "before"),
    "a refund was sent, nothing of it is stored": (StripeCheckout, "refund", "after"),
    "a refund is confirmed": (refunding, "confirm", "after"),
    "a page is to be closed": (StripeCheckout, "call_off", "before"),
    "a page is closed, nothing of it is stored": (StripeCheckout, "call_off", "after"),
}


class Killed(BaseException):
    """The process has ended here; no `except Exception` sees it, and open transactions are gone."""


class Failpoints:
    """`armed` is the name of the point at which the process ends; it is disarmed by that."""

    def __init__(self, end):
        self.armed, self.reached, self._end = "", set(), end

    def pass_by(self, name):
        """End here if this point is armed."""
        self.reached.add(name)
        if name == self.armed:
            self.armed = ""
            self._end()


def raise_killed():
    """End by an exception: for many runs in one process."""
    raise Killed


def kill():
    """End as by `kill -9`: no handler runs, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def failpoints(monkeypatch, end=raise_killed) -> Iterator[Failpoints]:
    """Let calls pass by the points within the block."""
    points = Failpoints(end)
    with monkeypatch.context() as patch:
        for name, (owner, attribute, side) in POINTS.items():
            patch.setattr(owner, attribute, _passing_by(points, name, getattr(owner, attribute), side))
        yield points


def _passing_by(points, name, called, side):
    @wraps(called)
    def call(*args, **options):
        if side == "before":
            points.pass_by(name)
        answer = called(*args, **options)
        if side == "after":
            points.pass_by(name)
        return answer

    return call

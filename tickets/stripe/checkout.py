"""Stripe Checkout behind our own interface: a page of Stripe's on which one order is paid.

The payment's own key goes along as Idempotency-Key, and everything that is sent follows from stored rows: whoever asks
again after a crash gets the page that was made already. Stripe compares times with its own clock, which is real.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import stripe
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from festival.core.writing import forbid_transaction
from festival.models import Edition
from tickets.models import MoneyState, Order, Payment, Provider, Refund
from tickets.payments import queries
from tickets.payments.faults import ProviderFailed, ProviderSilent
from tickets.payments.providers import Answer, Begun, settings_of

PAGE_OPEN = timedelta(minutes=45)  # Stripe asks for 30 at least, counted from the call
RETRIES_WITHIN = timedelta(minutes=14)  # so long the same call may be made again; later ones get a page of their own
LEAST_CENTS = 50  # Stripe takes no less, in euros
MOST_LINES = 100  # of a page
PER_LIST = 100  # rows of one answer, Stripe's most
MOST_LISTS = 50  # answers that are turned over for one question
TIMEOUT = 20  # seconds
_CLOCKS_DIFFER = timedelta(minutes=5)
_LOCALES = {"en", "fr", "de", "es", "it", "nl", "pt", "pl", "da", "fi", "sv", "nb", "cs", "el", "hu", "ja", "ro", "tr"}

_REFUND_STATES = {
    "succeeded": MoneyState.CONFIRMED,
    "pending": MoneyState.PENDING,
    "requires_action": MoneyState.PENDING,
    "failed": MoneyState.FAILED,
    "canceled": MoneyState.FAILED,
}

# A service that we hand dictionaries to: its own types name every parameter of every version.
type Service = Any


@dataclass(frozen=True, slots=True)
class ListedRefund:
    """A refund at Stripe, whether it bears our mark, and our key of its payment, "" if it is none of ours."""

    answer: Answer
    is_ours: bool
    payment_key: str


class StripeCheckout:
    """Pays by card, and by whatever else the organiser has switched on at Stripe."""

    name = Provider.STRIPE
    moves_money = True

    def is_ready(self, edition: Edition) -> bool:
        """Return whether the edition wants it and both keys are set: without the second, no event could be believed."""
        found = settings_of(edition)
        is_wanted = found is None or found.takes_card
        return bool(is_wanted and settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)

    def offered_until(self, order: Order, now: datetime) -> datetime | None:
        """Return how long a page opened now stays open; None for a sum that Stripe does not take."""
        return now + PAGE_OPEN if queries.due(order) >= LEAST_CENTS else None

    def begin(self, payment: Payment, order: Order, return_url: str, now: datetime) -> Begun:
        """Open a page for a stored payment; see `PaymentProvider`."""
        until = payment.created_at + PAGE_OPEN if now - payment.created_at <= RETRIES_WITHIN else now + PAGE_OPEN
        params = _page(payment, order, return_url, _real(until, now))
        sessions = client().v1.checkout.sessions
        try:
            session = _call(sessions.create, params=params, options={"idempotency_key": str(payment.key)})
        except _OtherParameters:
            # Asked in another language, or late: the first page, which the buyer never saw, expires by itself.
            key = f"{payment.key}-{now:%Y%m%d%H%M}"
            session = _call(sessions.create, params=params, options={"idempotency_key": key})
        return Begun(reference=session.id, url=session.url or "", expires_at=until)

    def ask(self, payment: Payment) -> Answer:
        """Return how far a payment is; one whose page was never opened is as far as we know ourselves."""
        if not payment.reference:
            return Answer(MoneyState(payment.state), payment.amount_cents, "")
        return _answer_of(self._session(payment.reference), payment)

    def ask_many(self, payments: Sequence[Payment], now: datetime) -> dict[int, Answer]:
        """Return how far payments are, by primary key, from the list of the pages that were opened in their time.

        Those that are not in it are left out: their pages were opened later.
        """
        moments = [payment.created_at for payment in payments]
        opened = {
            "gte": _real(min(moments) - _CLOCKS_DIFFER, now),
            "lte": _real(max(moments) + RETRIES_WITHIN + _CLOCKS_DIFFER, now),
        }
        wanted = {payment.reference: payment for payment in payments}
        found: dict[int, Answer] = {}
        sessions = client().v1.checkout.sessions
        for session in _listed(sessions.list, {"created": opened, "expand": ["data.payment_intent"]}):
            if payment := wanted.pop(session.id, None):
                found[payment.pk] = _answer_of(session, payment)
            if not wanted:
                break
        return found

    def refund(self, refund: Refund) -> Answer:
        """Send a stored refund, or find the one that was sent: its key is written on it, for as long as it exists."""
        intent = self._session(refund.payment.reference).payment_intent
        if intent is None:
            raise ProviderFailed(f"Nothing was paid on the page of payment {refund.payment_id}.")
        refunds = client().v1.refunds
        listed = self._refunds(intent.id)
        sent = next((one for one in listed if str(refund.key) == _mark(one) or refund.reference == one.id), None)
        if sent is None:
            params = {
                "payment_intent": intent.id,
                "amount": refund.amount_cents,
                "metadata": {"refund": str(refund.key), "order": refund.order.code},
            }
            sent = _call(refunds.create, params=params, options={"idempotency_key": str(refund.key)})
        return _answer(sent)

    def refunds_of_others(self, payment: Payment) -> list[Answer]:
        """Return what was sent back of a payment, but not by us: in Stripe's dashboard. Raises ProviderFailed."""
        intent = self._session(payment.reference).payment_intent if payment.reference else None
        found = self._refunds(intent.id) if intent else []
        return [_answer(one) for one in found if not _mark(one)]

    def refunds_since(self, moment: datetime, now: datetime) -> Iterator[ListedRefund]:
        """Yield the refunds that were made since a moment, whoever made them. Raises ProviderFailed."""
        params = {"created": {"gte": _real(moment, now)}, "expand": ["data.payment_intent"]}
        for one in _listed(client().v1.refunds.list, params):
            yield ListedRefund(_answer(one), is_ours=bool(_mark(one)), payment_key=_payment_key(one.payment_intent))

    def key_of_refund(self, reference: str) -> str:
        """Return our key of the payment that a refund of Stripe's is of; "" if it is none of ours.

        Raises:
            ProviderFailed: If Stripe does not answer, or knows no such refund.
        """
        found = _call(client().v1.refunds.retrieve, reference, params={"expand": ["payment_intent"]})
        return _payment_key(found.payment_intent)

    def _refunds(self, intent: str) -> Sequence[Any]:
        return list(_listed(client().v1.refunds.list, {"payment_intent": intent}))

    def call_off(self, payment: Payment) -> None:
        """Close the page of a payment.

        Raises:
            ProviderFailed: If it was paid meanwhile, too: then it is to be asked for, not forgotten.
        """
        if not payment.reference:
            return
        session = self._session(payment.reference)
        if session.status == "open":
            session = _call(client().v1.checkout.sessions.expire, payment.reference)
        if session.status == "complete" and _state_of(session) != MoneyState.FAILED:
            raise ProviderFailed(f"The page of payment {payment.pk} was paid meanwhile.")

    def _session(self, reference: str) -> Any:
        retrieve = client().v1.checkout.sessions.retrieve
        return _call(retrieve, reference, params={"expand": ["payment_intent"]})


class _OtherParameters(ProviderFailed):
    """The key was used with other parameters."""


def client() -> Service:
    """Return the SDK, set up from the settings. Raises RuntimeError within a transaction."""
    forbid_transaction("Stripe is called")
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": settings.STRIPE_API_BASE},
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


def _call(method: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call Stripe. Raises ProviderFailed for whatever goes wrong."""
    try:
        return method(*args, **options)
    except stripe.IdempotencyError as error:
        if error.http_status == 400:
            raise _OtherParameters(str(error)) from error
        raise ProviderFailed(str(error)) from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise ProviderSilent(f"{type(error).__name__}: {error}") from error
    except stripe.StripeError as error:
        raise ProviderFailed(f"{type(error).__name__}: {error}") from error


def _listed(method: Callable[..., Any], params: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the rows of a list of Stripe's, the newest first, one answer after the other. Raises ProviderFailed."""
    after: dict[str, str] = {}
    for _answered in range(MOST_LISTS):
        listed = _call(method, params={**params, **after, "limit": PER_LIST})
        yield from listed.data
        if not listed.has_more:
            return
        after = {"starting_after": listed.data[-1].id}


def _state_of(session: Any) -> MoneyState:
    """Return how far a session is: its intent must be expanded."""
    if session.payment_status in {"paid", "no_payment_required"}:
        return MoneyState.CONFIRMED
    if session.status == "expired":
        return MoneyState.FAILED
    intent = session.payment_intent
    if session.status == "complete" and intent and intent.status in {"requires_payment_method", "canceled"}:
        return MoneyState.FAILED  # money that takes days, and did not come
    return MoneyState.PENDING


def _answer_of(session: Any, payment: Payment) -> Answer:
    return Answer(_state_of(session), session.amount_total or payment.amount_cents, session.id)


def _answer(refund: Any) -> Answer:
    return Answer(_REFUND_STATES.get(refund.status or "", MoneyState.PENDING), refund.amount, refund.id)


def _payment_key(intent: Any) -> str:
    """Return our key, as it was written on an intent in full; "" where nothing was sold by us."""
    marks = intent.metadata.to_dict() if intent and intent.metadata else {}
    return str(marks.get("payment", ""))


def _mark(refund: Any) -> str:
    """Return our key, as it was written on a refund; those made by hand at Stripe have none."""
    marks = refund.metadata.to_dict() if refund.metadata else {}
    return str(marks.get("refund", ""))


def _page(payment: Payment, order: Order, return_url: str, expires_at: int) -> dict[str, Any]:
    marks = {"payment": str(payment.key), "order": order.code}
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": str(payment.key),
        "line_items": _items(payment, order),
        "success_url": f"{return_url}paid/",
        "cancel_url": return_url,
        "expires_at": expires_at,
        "locale": order.language if order.language in _LOCALES else "auto",
        "metadata": marks,
        "payment_intent_data": {"metadata": marks, "description": f"{order.edition} · {order.code}"},
    }
    return params | ({"customer_email": order.email} if order.email else {})


def _items(payment: Payment, order: Order) -> list[Mapping[str, Any]]:
    """Return what is paid for, line by line; as one line where the lines do not make the sum, or take from it."""
    currency = order.currency.lower()
    with translation.override(order.language):
        sold = Counter((str(line.product_name), line.cents) for line in order.lines.live().order_by("pk"))
        whole = _("Order %(code)s") % {"code": order.code}
    total = sum(cents * count for (_name, cents), count in sold.items())
    if total != payment.amount_cents or len(sold) > MOST_LINES or any(cents < 0 for _name, cents in sold):
        sold = Counter({(whole, payment.amount_cents): 1})
    return [
        {
            "quantity": count,
            "price_data": {"currency": currency, "unit_amount": cents, "product_data": {"name": name[:250] or whole}},
        }
        for (name, cents), count in sold.items()
    ]


def _real(moment: datetime, now: datetime) -> int:
    """Return a moment of the festival's clock in real time, as seconds since 1970."""
    apart = timezone.now() - now
    shift = timedelta() if abs(apart) < _CLOCKS_DIFFER else timedelta(minutes=round(apart / timedelta(minutes=1)))
    return int((moment + shift).timestamp())

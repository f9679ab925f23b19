"""What is read of the pot and of the requests to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from festival.models import Edition, closing_moment
from tickets.models import LedgerEntry, MoneyState, Order, OrderLine, Payment, Pot, PotRequest, Price, Provider, Ticket
from tickets.payments import ledger


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the pot of an edition, in cents; what waits, in requests and what they would cost."""

    came: int  # gifts that were not taken back
    went: int  # paid for tickets
    back: int  # for tickets that were given back
    balance: int
    tickets: int  # given, and valid
    waiting: int
    waiting_cents: int


def request_by_secret(secret: str) -> PotRequest | None:
    """Return the request whose page has this secret."""
    related = PotRequest.objects.select_related("edition", "price__product", "day__edition", "order")
    return related.filter(secret=secret).first()


def standing(request: PotRequest, now: datetime) -> str:
    """Return how a request stands for whoever asked: waiting, over, granted, cancelled, or refused."""
    if request.state == PotRequest.State.GRANTED and request.order and request.order.state == Order.State.CANCELLED:
        return "cancelled"
    if request.state == PotRequest.State.WAITING and is_over(request, now):
        return "over"
    return str(request.state)


def is_over(request: PotRequest, now: datetime) -> bool:
    """Return whether the last day of what is asked for is over; what has no day never is. Fetch `day__edition`."""
    days = [request.day] if request.day else list(request.price.product.days.select_related("edition"))
    return bool(days) and all(now >= closing_moment(day) for day in days)


def price_of_pot(pk: int) -> Price | None:
    """Return a price that the pot of its edition gives, with all that a request needs."""
    prices = Price.objects.select_related("product__edition__pot").filter(pots__isnull=False, pk=pk)
    return prices.prefetch_related("product__days__hours", "product__days__edition").first()


def account_of(edition: Edition) -> Account:
    """Return what came into the pot of an edition, what went out, and what waits."""
    entries = LedgerEntry.objects.filter(account=ledger.POT, transaction__order__edition=edition)
    paid_by_it = Q(transaction__payment__isnull=False) | Q(transaction__refund__isnull=False)
    moved = {
        "gifts": -_sum(entries.exclude(paid_by_it), "cents"),
        "went": _sum(entries.filter(transaction__payment__isnull=False), "cents"),
        "back": -_sum(entries.filter(transaction__refund__isnull=False), "cents"),
    }
    waiting = PotRequest.objects.filter(edition=edition, state=PotRequest.State.WAITING)
    costs = [cents * places for cents, places in waiting.values_list("price__cents", "places")]
    given = Ticket.objects.filter(line__order__pot_request__edition=edition, state=Ticket.State.VALID)
    return Account(
        came=moved["gifts"],
        went=moved["went"],
        back=moved["back"],
        balance=Pot.objects.filter(edition=edition).values_list("balance_cents", flat=True).first() or 0,
        tickets=given.count(),
        waiting=len(costs),
        waiting_cents=sum(costs),
    )


def gifts_that_count(edition_id: int) -> int:
    """Return how many cents the lines of an edition are gifts that were paid and not taken back."""
    sold = ("paid", "cancelled")
    lines = OrderLine.objects.live().filter(order__edition=edition_id, order__state__in=sold)
    return _sum(lines.filter(kind=OrderLine.Kind.DONATION), "cents")


def paid_by_pot(edition_id: int) -> int:
    """Return how many cents the pot of an edition has paid, by the payments alone."""
    paid = Payment.objects.filter(order__edition=edition_id, provider=Provider.POT, state=MoneyState.CONFIRMED)
    return _sum(paid, "amount_cents")


def _sum(rows: object, column: str) -> int:
    return rows.aggregate(sum=Sum(column))["sum"] or 0  # type: ignore[attr-defined]

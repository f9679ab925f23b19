"""What must always be true of the pot; `manage.py fsck` and every test ask this.

Counter, ledger and rows say the same to the cent, for each edition: gifts that count, less what the pot paid, more what
came back (decision 0036).
"""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from festival.models import Edition
from tickets.models import LedgerEntry, MoneyState, Order, Payment, Pot, PotRequest, Provider, Refund
from tickets.payments import ledger
from tickets.solidarity import queries


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _balances() -> Iterator[str]:
    counters = dict(Pot.objects.values_list("edition", "balance_cents"))
    rows = LedgerEntry.objects.filter(account=ledger.POT).order_by().values_list("transaction__order__edition")
    booked = {edition: -cents for edition, cents in rows.annotate(sum=Sum("cents"))}
    for edition in Edition.objects.filter(pk__in={*counters, *booked}).order_by("number"):
        back = Refund.objects.filter(order__edition=edition, provider=Provider.POT, state=MoneyState.CONFIRMED)
        counted = queries.gifts_that_count(edition.pk) - queries.paid_by_pot(edition.pk)
        counted += back.aggregate(sum=Sum("amount_cents"))["sum"] or 0
        counter, in_ledger = counters.get(edition.pk, 0), booked.get(edition.pk, 0)
        if not counter == in_ledger == counted:
            yield (
                f"Pot of {edition.number}: it says {counter} cents, its ledger {in_ledger}, "
                f"gifts and tickets come to {counted}."
            )
        if counted < 0:
            yield f"Pot of {edition.number}: {-counted} cents more were given out than came in."


def _payments() -> Iterator[str]:
    """The pot pays requests that were granted, and nothing else."""
    paid = Payment.objects.filter(provider=Provider.POT)
    for pk in paid.filter(order__pot_request=None).values_list("pk", flat=True):
        yield f"Payment {pk}: the pot paid it, and nobody asked."
    for pk in paid.exclude(state=MoneyState.CONFIRMED).values_list("pk", flat=True):
        yield f"Payment {pk} of the pot waits; it pays at once or not at all."


def _refunds() -> Iterator[str]:
    """What the pot paid goes back into it at once."""
    back = Refund.objects.filter(payment__provider=Provider.POT)
    for pk in back.exclude(provider=Provider.POT, state=MoneyState.CONFIRMED).values_list("pk", flat=True):
        yield f"Refund {pk} of the pot is not in it again."


def _requests() -> Iterator[str]:
    """A granted request has just its tickets, at its price, paid by the pot."""
    granted = PotRequest.objects.filter(state=PotRequest.State.GRANTED)
    its_own = Count("order__lines", filter=Q(order__lines__price=F("price")))
    counted = granted.annotate(all=Count("order__lines"), own=its_own)
    for pk, places, lines, own in counted.exclude(all=F("places"), own=F("places")).values_list(
        "pk", "places", "all", "own"
    ):
        yield f"Request {pk} to the pot: {places} tickets were given, of the order’s {lines} lines {own} are its own."
    wrong = granted.exclude(order__state__in=[Order.State.PAID, Order.State.CANCELLED])
    for pk in wrong.values_list("pk", flat=True):
        yield f"Request {pk} to the pot was granted, and its order is not paid."


def _editions() -> Iterator[str]:
    strangers = PotRequest.objects.exclude(price__product__edition=F("edition"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Request {pk} to the pot is for a ticket of another edition."
    for pk in Pot.prices.through.objects.exclude(price__product__edition=F("pot__edition")).values_list(
        "pot", flat=True
    ):
        yield f"Pot {pk} gives a ticket of another edition."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_balances, _payments, _refunds, _requests, _editions)

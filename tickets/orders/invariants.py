"""What must always be true of orders, their lines and tickets; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from festival.core import series
from festival.models import Edition
from tickets.catalogue import pricing
from tickets.delivery import tokens
from tickets.exceptions import MalformedCode
from tickets.models import Order, OrderLine, Product, Ticket, Transfer
from tickets.orders import readiness
from tickets.orders.queries import KEPT_KINDS


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _series() -> Iterator[str]:
    """Numbers of each edition run from 1 without a hole (CGI, annexe IV, art. 50 sexies B)."""
    for edition in Edition.objects.order_by("number"):
        last = series.last(Ticket.SERIES, edition=edition)
        found = Ticket.objects.filter(edition=edition).aggregate(
            count=Count("pk"), first=Min("number"), last=Max("number")
        )
        if found["count"] != last or (last and (found["first"], found["last"]) != (1, last)):
            yield (
                f"Ticket numbers of {edition.number}: {last} were given, {found['count']} tickets exist, "
                f"numbered {found['first']} to {found['last']}."
            )


def _secrets() -> Iterator[str]:
    for row in Order.objects.values("secret").annotate(count=Count("pk")).filter(count__gt=1).order_by():
        codes = Order.objects.filter(secret=row["secret"]).order_by("code").values_list("code", flat=True)
        yield f"Orders {', '.join(codes)}: the same secret."
    for code in Order.objects.filter(secret="").values_list("code", flat=True):
        yield f"Order {code}: no secret."


def _short_codes() -> Iterator[str]:
    for pk, code in Ticket.objects.values_list("pk", "short_code").iterator():
        try:
            sound = tokens.parse_short_code(code) == code
        except MalformedCode:
            sound = False
        if not sound:
            yield f"Ticket {pk}: short code {code} is not one of ours."


def _totals() -> Iterator[str]:
    live = Q(lines__cancelled_at=None)
    orders = Order.objects.annotate(sum=Coalesce(Sum("lines__cents", filter=live), 0)).exclude(sum=F("total_cents"))
    for code, total, lines in orders.values_list("code", "total_cents", "sum"):
        yield f"Order {code}: its total is {total} cents, its lines add up to {lines}."


def _taxes() -> Iterator[str]:
    taxed = OrderLine.objects.exclude(vat_rate=0, vat_cents=0)
    for pk, cents, rate, tax in taxed.values_list("pk", "cents", "vat_rate", "vat_cents").iterator():
        if tax != pricing.included_vat(cents, rate):
            yield f"Line {pk}: its tax is {tax} cents, by the rule {pricing.included_vat(cents, rate)}."


def _strangers() -> Iterator[str]:
    """What a line names belongs together and to the edition of its order."""
    rules = (
        ("is not of the edition of its order", Q(product__isnull=False) & ~Q(product__edition=F("order__edition"))),
        ("names a price of another product", Q(price__isnull=False) & ~Q(price__product=F("product"))),
        ("is for a day of another edition", Q(day__isnull=False) & ~Q(day__edition=F("order__edition"))),
        (
            "is for a session of another edition",
            Q(occurrence__isnull=False) & ~Q(occurrence__edition=F("order__edition")),
        ),
        ("belongs to a line of another order", Q(parent__isnull=False) & ~Q(parent__order=F("order"))),
        (
            "is not what its product is",
            Q(kind__in=["admission", "addon", "donation", "set"]) & ~Q(kind=F("product__kind")),
        ),
    )
    for words, wrong in rules:
        for pk in OrderLine.objects.filter(wrong).values_list("pk", flat=True):
            yield f"Line {pk} {words}."
    with_day = OrderLine.objects.exclude(day=None).exclude(product__days=F("day"))
    for pk, product, date in with_day.values_list("pk", "product__slug", "day__date"):
        yield f"Line {pk}: {product} is not valid on {date}."


def _ended() -> Iterator[str]:
    """A cancelled order has no live line, so that its total is what was kept."""
    lines = OrderLine.objects.live().filter(order__state=Order.State.CANCELLED).exclude(kind__in=KEPT_KINDS)
    for pk, code in lines.values_list("pk", "order__code"):
        yield f"Line {pk} of the cancelled order {code} is not cancelled."


def _sets() -> Iterator[str]:
    """A set goes on as long as one of its parts does."""
    live = OrderLine.objects.live().filter(order__state__in=Order.STATES_HOLDING)
    parts = live.filter(parent__kind=OrderLine.Kind.SET, product__isnull=False)
    for pk in parts.filter(parent__cancelled_at__isnull=False).values_list("pk", flat=True):
        yield f"Line {pk} is a part of a set that is cancelled."
    for pk in live.filter(kind=OrderLine.Kind.SET).exclude(pk__in=parts.values("parent")).values_list("pk", flat=True):
        yield f"Line {pk} is a set of which no part is left."


def _fees() -> Iterator[str]:
    """A fee that goes back has gone with its place, and with the last of its order."""
    fees = OrderLine.objects.live().filter(goes_back=True, order__state__in=Order.STATES_HOLDING)
    for pk in fees.filter(parent__cancelled_at__isnull=False).values_list("pk", flat=True):
        yield f"Fee {pk} goes back with its place, which is cancelled."
    ended = OrderLine.objects.live().filter(goes_back=True, order__state=Order.State.CANCELLED)
    for pk, code in ended.values_list("pk", "order__code"):
        yield f"Fee {pk} goes back, and its order {code} is cancelled."


def _tickets_that_should_not_be() -> Iterator[str]:
    for pk, kind in Ticket.objects.exclude(line__kind=OrderLine.Kind.ADMISSION).values_list("pk", "line__kind"):
        yield f"Ticket {pk} comes of a line of kind {kind}; only an admission makes one."
    never_paid = Ticket.objects.filter(line__order__state__in=Order.STATES_TIMED)
    for pk, state in never_paid.values_list("pk", "line__order__state"):
        yield f"Ticket {pk}: its order is {state}, not paid."


def _tickets_that_are_missing() -> Iterator[str]:
    paid = OrderLine.objects.live().filter(kind=OrderLine.Kind.ADMISSION, order__state=Order.State.PAID, ticket=None)
    for pk, code in paid.values_list("pk", "order__code"):
        yield f"Line {pk} of the paid order {code} has no ticket."


def _tickets_that_disagree() -> Iterator[str]:
    for pk in Ticket.objects.exclude(edition=F("line__order__edition")).values_list("pk", flat=True):
        yield f"Ticket {pk} is not of the edition of its order."
    cancelled = Q(line__cancelled_at__isnull=False)
    wrong = (Q(state=Ticket.State.VALID) & cancelled) | (Q(state=Ticket.State.CANCELLED) & ~cancelled)
    for pk, state in Ticket.objects.filter(wrong).values_list("pk", "state"):
        yield f"Ticket {pk} is {state}, its line is not."


def _transfers() -> Iterator[str]:
    """A ticket that was passed on is in the order that got it last, and each issue that died is older than its own."""
    last = Transfer.objects.filter(ticket=OuterRef("ticket")).order_by("-issue").values("pk")[:1]
    for transfer in Transfer.objects.select_related("ticket__line").annotate(last=Subquery(last)):
        ticket = transfer.ticket
        if transfer.pk == transfer.last and ticket.order_id != transfer.receiver_id:
            yield f"Ticket {ticket.pk} was passed on to another order than the one that it is in."
        if transfer.issue >= ticket.issue:
            yield f"Ticket {ticket.pk}: issue {transfer.issue} was passed on, and it is still {ticket.issue}."
    stayed = Ticket.objects.filter(transfers=None).exclude(order=F("line__order"))
    for pk in stayed.values_list("pk", flat=True):
        yield f"Ticket {pk} is on the page of another order than its line, and was never passed on."


def _extensions() -> Iterator[str]:
    """What was bought later names the first order, of the same edition; its add-ons are opened by a ticket."""
    later = Order.objects.exclude(extends=None)
    wrong = ~Q(extends__edition=F("edition")) | Q(extends__extends__isnull=False)
    for code in later.filter(wrong).values_list("code", flat=True):
        yield f"Order {code} was bought for an order that nothing can be bought for."


def _keys() -> Iterator[str]:
    """Whatever is listed in the current edition can be signed."""
    edition = Edition.objects.current()
    if edition and Product.objects.listed().filter(edition=edition).exists():
        yield from map(str, readiness.key_gaps(edition))


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (
    _series,
    _secrets,
    _short_codes,
    _totals,
    _taxes,
    _strangers,
    _ended,
    _sets,
    _fees,
    _tickets_that_should_not_be,
    _tickets_that_are_missing,
    _tickets_that_disagree,
    _transfers,
    _extensions,
    _keys,
)

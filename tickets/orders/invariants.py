"""What must always be true of stock, orders and tickets; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, Sum
from django.db.models.functions import Coalesce

from tickets.catalogue import stock
from tickets.delivery import tokens
from tickets.exceptions import MalformedCode
from tickets.models import Order, Position, Quota, Series


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    checks = (_quotas, _series, _secrets, _short_codes, _totals, _days, _prices, _editions)
    return [line for check in checks for line in check()]


def _quotas() -> Iterator[str]:
    for quota in Quota.objects.select_related("product", "day").order_by("pk"):
        counted = stock.recount(quota)
        if quota.taken != counted:
            yield f"Quota {quota.pk} ({quota}): taken is {quota.taken}, its tickets are {counted}."
        if quota.taken > quota.size:
            yield f"Quota {quota.pk} ({quota}): {quota.taken} taken of {quota.size} places."


def _series() -> Iterator[str]:
    last = Series.objects.filter(slug=Series.TICKETS).values_list("last", flat=True).first() or 0
    found = Position.objects.aggregate(count=Count("pk"), first=Min("ticket"), last=Max("ticket"))
    if found["count"] != last or (last and (found["first"], found["last"]) != (1, last)):
        yield (
            f"Ticket numbers: {last} were given, {found['count']} tickets exist, "
            f"numbered {found['first']} to {found['last']}."
        )


def _secrets() -> Iterator[str]:
    for row in Order.objects.values("secret").annotate(count=Count("pk")).filter(count__gt=1):
        codes = Order.objects.filter(secret=row["secret"]).values_list("code", flat=True)
        yield f"Orders {', '.join(codes)}: the same secret."
    for code in Order.objects.filter(secret="").values_list("code", flat=True):
        yield f"Order {code}: no secret."


def _short_codes() -> Iterator[str]:
    for pk, code in Position.objects.values_list("pk", "short_code").iterator():
        try:
            sound = tokens.parse_short_code(code) == code
        except MalformedCode:
            sound = False
        if not sound:
            yield f"Ticket {pk}: short code {code} is not one of ours."


def _totals() -> Iterator[str]:
    orders = Order.objects.annotate(lines=Coalesce(Sum("positions__cents"), 0)).exclude(lines=F("total_cents"))
    for code, total, lines in orders.values_list("code", "total_cents", "lines"):
        yield f"Order {code}: its total is {total} cents, its tickets add up to {lines}."


def _days() -> Iterator[str]:
    with_day = Position.objects.exclude(day=None).exclude(product__days=F("day"))
    for pk, product, date in with_day.values_list("pk", "product__slug", "day__date"):
        yield f"Ticket {pk}: {product} is not valid on {date}."


def _prices() -> Iterator[str]:
    strangers = Position.objects.exclude(price=None).exclude(price__product=F("product"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Ticket {pk}: its price is one of another product."


def _editions() -> Iterator[str]:
    strangers = Position.objects.exclude(product__edition=F("order__edition"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Ticket {pk}: product and order are of different editions."

"""What the steps of a purchase read."""

from collections.abc import Collection, Iterable

from tickets.catalogue import row_cache
from tickets.models import OrderLine, Product
from tickets.payments.queries import SummaryLine
from tickets.questions import queries as question_queries
from tickets.selfservice import rules


def products(wanted: Collection[int], opened: Collection[int] = ()) -> dict[int, Product]:
    """Return products of the current edition by primary key, with all that an order of them needs.

    Those that are listed, and those that a code has `opened`.
    """
    found = row_cache.products(wanted).values()
    return {one.pk: one for one in found if one.edition.is_current and (one.is_listed or one.pk in opened)}


def named_lines(summary: Iterable[SummaryLine]) -> list[OrderLine]:
    """Return the lines of an order (from `summary_of`) whose tickets carry a name of their own."""
    lines = [line for item in summary for line in item.all_lines]
    return [line for line in lines if line.kind == OrderLine.Kind.ADMISSION and line.product and line.product.named]


def people_of(summary: Iterable[SummaryLine]) -> list[list[OrderLine]]:
    """Return the lines of each person of an order (from `summary_of`) where several could fill in their own.

    Theirs is each way in, and whatever is asked something.
    """
    lines = [line for item in summary for line in item.all_lines if _is_personal(line)]
    asks = any(line.product and line.product.named for line in lines) or any(map(_is_asked, lines))
    people = rules.deal_out([(line.product_id, line.day_id) for line in lines])
    if len(people) < 2 or not asks:
        return []
    return [[lines[position] for position in person] for person in people]


def refund_lines(summary: Iterable[SummaryLine]) -> list[OrderLine]:
    """Return a line of each kind in an order (from `summary_of`), with what says how much of it goes back."""
    return [item.line for item in summary]


def _is_personal(line: OrderLine) -> bool:
    return line.kind == OrderLine.Kind.ADMISSION or _is_asked(line)


def _is_asked(line: OrderLine) -> bool:
    return bool(line.product and question_queries.asked_of_place(line.product.edition_id, line.product_id))

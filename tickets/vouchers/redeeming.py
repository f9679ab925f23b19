"""Using codes: the only statements that move their counters, as `catalogue.stock` does for places.

Within the transaction of a sale, or of what ends one, which holds the order: a use is given back exactly once. Codes
come after quotas, so that no two sales wait crosswise.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from festival.core.writing import require_transaction
from tickets.catalogue import pricing, stock
from tickets.models import Order, OrderLine, Voucher, VoucherUse
from tickets.vouchers import queries, reserving, rules
from tickets.vouchers.faults import VoucherRefused
from tickets.vouchers.rules import Place, Refusal

type Take = Callable[[Voucher, int, int], None]


@dataclass(frozen=True, slots=True)
class Cut:
    """A code with what it takes off each line of an order, in their order; None for a line that does not use it."""

    voucher: Voucher
    offs: tuple[int | None, ...]

    @property
    def uses(self) -> int:
        """How many places use it."""
        return sum(off is not None for off in self.offs)

    @property
    def cents(self) -> int:
        """What it takes off altogether."""
        return sum(off or 0 for off in self.offs)


def cuttable(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Return what a code can make cheaper, and a fee is asked of: a gift stays what it is."""
    return [line for line in lines if line.kind != OrderLine.Kind.DONATION]


def find(edition_id: int, code: str) -> Voucher:
    """Return the code that was typed. Raises VoucherRefused when there is none."""
    if voucher := queries.find(edition_id, code):
        return voucher
    raise VoucherRefused(Refusal.UNKNOWN)


def cut_prices(voucher: Voucher, lines: Sequence[OrderLine], *, now: datetime) -> Cut:
    """Make lines that are not stored yet cheaper by a code, as it stands now; return what was taken off.

    A line's amount is what is left to pay, and its tax is of that.

    Raises:
        VoucherRefused: If the code cannot be used now, or not for these. Nothing was changed.
    """
    terms = queries.terms_of(voucher)
    if refusal := rules.refuse(terms, now=now):
        raise VoucherRefused(refusal)
    places = [_place(line) for line in lines]
    offs = rules.take_off(terms, places)
    if refusal := rules.refuse_places(terms, places, offs):
        raise VoucherRefused(refusal, left=terms.uses_left or 0)
    for line, off in zip(lines, offs, strict=True):
        line.cents -= off or 0
        line.vat_cents = pricing.included_vat(line.cents, line.vat_rate)
    return Cut(voucher, tuple(offs))


def take(voucher: Voucher, uses: int, cents: int) -> None:
    """Count so many places and so many cents of a code, if there are as many left: one conditional UPDATE.

    Raises:
        VoucherRefused: If there are fewer; the transaction must then be given up.
    """
    used, spent = F("used") + uses, F("spent_cents") + cents
    has_uses = Q(max_uses=None) | Q(max_uses__gte=used + F("used_before"))
    has_budget = Q(budget_cents=None) | Q(budget_cents__gte=spent)
    code = Voucher.objects.filter(pk=voucher.pk)
    if not code.filter(has_uses, has_budget).update(used=used, spent_cents=spent):
        raise _short(code.get(), uses)


def write(cut: Cut, lines: Sequence[OrderLine], *, now: datetime, take: Take = take) -> None:
    """Store who uses a code (stored lines, as they were given to `cut_prices`), and count them.

    `take` is this module's; the race tests hand in a careless one. Raises VoucherRefused as `take` does.
    """
    require_transaction("A code is used")
    VoucherUse.objects.bulk_create(
        VoucherUse(voucher=cut.voucher, line=line, cents=off, used_at=now)
        for line, off in zip(lines, cut.offs, strict=True)
        if off is not None
    )
    take(cut.voucher, cut.uses, cut.cents)


def take_places(
    lines: Sequence[OrderLine],
    cut: Cut | None,
    take: Callable[[Mapping[int, int]], None],
    also: Sequence[OrderLine] = (),
) -> None:
    """Take the places of stored lines by `take`, first of what the code keeps that they use; before `write`.

    `also` are what sets among them bring: what a code keeps is for the sets themselves.

    Raises:
        SoldOut: If there are fewer; the transaction must then be given up.
    """
    places = stock.draws([*lines, *also])
    if cut:
        using = [line for line, off in zip(cuttable(lines), cut.offs, strict=True) if off is not None]
        reserving.open_up({cut.voucher.pk: using}, places)
    take(places)


def take_places_again(order: Order, lines: Sequence[OrderLine]) -> None:
    """Take the places of an order that had expired, first of what its codes keep; before `renew`.

    Raises:
        SoldOut: If others have them; the transaction must then be given up.
    """
    places = stock.draws(lines)
    if using := _lines_of(_given_back(order), lines):
        reserving.open_up(using, places)
    stock.take(places)


def give_back(lines: Sequence[OrderLine], *, now: datetime) -> int:
    """Give back the places of lines, and what they used of codes; return how many uses.

    After they were cancelled or their order expired. What a code keeps is kept again, as far as it goes.
    """
    require_transaction("The use of a code is given back")
    live = VoucherUse.objects.filter(line__in=[line.pk for line in lines], released_at=None)
    found = list(live)
    using = _lines_of(found, lines)
    kept = reserving.give_up(using) if using else {}
    stock.give_back(stock.draws(lines))
    reserving.keep(kept)
    given = [use for use in found if VoucherUse.objects.filter(pk=use.pk, released_at=None).update(released_at=now)]
    for voucher_id, (uses, cents) in _together(given):
        spent = F("spent_cents") - cents
        Voucher.objects.filter(pk=voucher_id).update(used=F("used") - uses, spent_cents=spent)
    return len(given)


def renew(order: Order, *, now: datetime) -> None:
    """Use codes anew for an order that had expired and is paid after all; what it says of time does not count.

    Raises:
        VoucherRefused: If others have used them up; the transaction must then be given up.
    """
    require_transaction("A code is used")
    had = _given_back(order)
    vouchers = {use.voucher_id: use.voucher for use in had}
    VoucherUse.objects.bulk_create(
        VoucherUse(voucher=use.voucher, line_id=use.line_id, cents=use.cents, used_at=now) for use in had
    )
    for voucher_id, (uses, cents) in _together(had):
        take(vouchers[voucher_id], uses, cents)


def _given_back(order: Order) -> list[VoucherUse]:
    """Return the uses of an order that were given back and not used anew, one for each line."""
    live = order.lines.live()
    released = VoucherUse.objects.filter(line__in=live).exclude(released_at=None).select_related("voucher")
    had = {use.line_id: use for use in released.order_by("pk")}
    for taken in VoucherUse.objects.filter(line__in=live, released_at=None):
        had.pop(taken.line_id, None)
    return list(had.values())


def _lines_of(uses: Collection[VoucherUse], lines: Sequence[OrderLine]) -> dict[int, list[OrderLine]]:
    """Return the lines that use codes, by the primary key of the code."""
    by_pk = {line.pk: line for line in lines}
    found: defaultdict[int, list[OrderLine]] = defaultdict(list)
    for use in uses:
        if use.line_id in by_pk:
            found[use.voucher_id].append(by_pk[use.line_id])
    return found


def _place(line: OrderLine) -> Place:
    assert line.product is not None  # noqa: S101 -- what is chosen is a product
    return Place(line.product.pk, line.cents, needs_code=not line.product.is_listed)


def _together(uses: Collection[VoucherUse]) -> list[tuple[int, tuple[int, int]]]:
    """Return uses and cents by code, in id order, so that no two transactions deadlock."""
    counted: Counter[int] = Counter(use.voucher_id for use in uses)
    cents: defaultdict[int, int] = defaultdict(int)
    for use in uses:
        cents[use.voucher_id] += use.cents
    return [(pk, (counted[pk], cents[pk])) for pk in sorted(counted)]


def _short(voucher: Voucher, uses: int) -> VoucherRefused:
    """Return why a code had too little left, as it was found then."""
    left = queries.terms_of(voucher).uses_left
    if left == 0:
        return VoucherRefused(Refusal.USED_UP)
    if left is not None and left < uses:
        return VoucherRefused(Refusal.TOO_FEW, left=left)
    return VoucherRefused(Refusal.SPENT)

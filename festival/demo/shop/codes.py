"""Loads the codes of the ticket office. What the file says was used was used elsewhere: no order here knows of it."""

from collections.abc import Callable
from typing import Any

from festival.core.audit import IMPORTER
from festival.importing.faults import moment, one_of, read, required, rows
from festival.models import Edition, Phase
from tickets.models import Voucher
from tickets.vouchers import making, rules

Row = dict[str, Any]
ALL_OF_IT = 10_000
_EFFECTS = {"percent": "percent", "free": "percent", "amount": "amount", "opens": "none"}


def load(shop: Row, edition: Edition, phase: Phase, report: Callable[[str], None]) -> None:
    """Create or update the codes of an edition; its products come before."""
    count = 0
    for path, row in rows(shop, "promo_codes"):
        _code(f"ticketing.{path}", row, edition, phase)
        count += 1
    if count:
        report(f"Codes: {count}.")


def _code(path: str, row: Row, edition: Edition, phase: Phase) -> None:
    known = {product.slug: product for product in edition.products.all()}
    products = [one_of(known, slug, f"{path}.applies_to") for slug in required(row, "applies_to", path)]
    code, kind = required(row, "code", path), required(row, "type", path)
    found = Voucher.objects.filter(edition=edition, folded=rules.fold(code)).first()
    voucher = found or Voucher(edition=edition, code=code)
    voucher.label, voucher.effect = row.get("label") or {}, _EFFECTS[kind]
    voucher.value = _value(path, row, kind)
    voucher.reveals = any(not product.is_listed for product in products)
    voucher.max_uses = row.get("max_uses")
    voucher.used_before = read(int, row.get("used") or 0, f"{path}.used")
    voucher.valid_until = moment(row["expires"], f"{path}.expires") if row.get("expires") else None
    making.save(voucher=voucher, products=products, actor=IMPORTER, now=phase.opens)


def _value(path: str, row: Row, kind: str) -> int:
    """Return hundredths of a percent, or cents; the file counts whole percents."""
    value = read(int, row.get("value") or 0, f"{path}.value")
    return {"percent": value * 100, "free": ALL_OF_IT, "amount": value}.get(kind, 0)

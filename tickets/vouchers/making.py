"""Making and changing codes. What was used stays as it was; every change stands in the audit log."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from festival.core import audit
from festival.core.audit import Act, Actor, Fact
from festival.core.writing import writing
from tickets.catalogue import stock
from tickets.models import Product, Quota, Reserve, Voucher, VoucherUse
from tickets.vouchers import rules
from tickets.vouchers.faults import VoucherUsed

MOST_AT_ONCE = 2000
RANDOM_SIGNS = 8  # 27 to the power of 8: 282 thousand millions
_FROZEN = ("code", "effect", "value")
_COUNTERS = {"used", "spent_cents"}
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """How many codes are made at once, from one that is not stored; each begins with the prefix."""

    pattern: Voucher
    products: Collection[Product]
    count: int
    prefix: str = ""


def save(
    *, voucher: Voucher, products: Collection[Product], quotas: Collection[Quota] = (), actor: Actor, now: datetime
) -> Voucher:
    """Store a new or changed code with its products, and keep its places of each of the quotas back.

    Its counters stay what sales made of them.

    Raises:
        VoucherUsed: If it was used, and what it is called or does would change, or it would have been used oftener, or
            have taken off more, than it may.
        SizeBelowTaken: If a quota has not so many places left to keep. Nothing was written in both cases.
    """
    is_new = voucher.pk is None
    voucher.folded = rules.fold(voucher.code)
    with writing(public=False):
        stock.hold_sales()
        if is_new:
            _refuse_limits(voucher, used=0, spent_cents=0)
            voucher.save()
        else:
            _refuse_rewriting(voucher)
            concrete = {field.name for field in Voucher._meta.concrete_fields if not field.primary_key}
            voucher.save(update_fields=concrete - _COUNTERS)
        voucher.products.set(products)
        _keep(voucher, quotas, now)
        audit.record(
            "voucher.created" if is_new else "voucher.changed",
            voucher,
            actor=actor,
            at=now,
            facts=_facts(voucher, products),
            edition=voucher.edition,
        )
    return voucher


def delete(*, voucher: Voucher, actor: Actor, now: datetime) -> None:
    """Remove a code that was never used. Raises VoucherUsed otherwise, even if all was given back."""
    with writing(public=False):
        stock.hold_sales()
        if uses := VoucherUse.objects.filter(voucher=voucher).count():
            raise VoucherUsed(uses=uses)
        audit.record("voucher.deleted", voucher, actor=actor, at=now, edition=voucher.edition)
        kept = list(Quota.objects.filter(reserves__voucher=voucher).order_by("pk"))
        voucher.delete()
        stock.count_anew(kept)


def make_many(*, series: Series, actor: Actor, now: datetime) -> list[Voucher]:
    """Store so many new codes, each of the prefix and eight random signs, and return them; one line in the log each.

    Raises:
        ValueError: For a number below 1 or above 2000.
    """
    if not 1 <= series.count <= MOST_AT_ONCE:
        raise ValueError(f"{series.count} codes at once")
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                return _make(series, actor, now)
        except IntegrityError:
            continue  # once in a million times a random code is in use
    raise RuntimeError("no unused codes were found")


def random_code(prefix: str = "") -> str:
    """Return a code that nobody guesses: the prefix, a hyphen, eight signs that the eye tells apart."""
    signs = "".join(secrets.choice(rules.ALPHABET) for _sign in range(RANDOM_SIGNS))
    return f"{prefix}-{signs}" if prefix else signs


def _make(series: Series, actor: Actor, now: datetime) -> list[Voucher]:
    made = []
    for _number in range(series.count):
        voucher = Voucher(**_copied(series.pattern), code=random_code(series.prefix))
        voucher.folded = rules.fold(voucher.code)
        made.append(voucher)
    stored = Voucher.objects.bulk_create(made)
    through = Voucher.products.through
    through.objects.bulk_create(
        through(voucher_id=voucher.pk, product_id=product.pk) for voucher in stored for product in series.products
    )
    acts = [Act("voucher.created", voucher, _facts(voucher, series.products)) for voucher in stored]
    audit.record_many(acts, actor=actor, at=now, edition=series.pattern.edition)
    return stored


def _keep(voucher: Voucher, quotas: Collection[Quota], now: datetime) -> None:
    """Keep as many places of each quota as the code says; give back what it kept of others, or is over for."""
    wanted = {quota.pk for quota in quotas} if voucher.keeps else set[int]()
    kept = Reserve.objects.filter(voucher=voucher)
    concerned = wanted | set(kept.values_list("quota", flat=True))
    kept.exclude(quota__in=wanted).delete()
    is_over = voucher.valid_until is not None and voucher.valid_until <= now
    values = {"places": voucher.keeps, "ended_at": now if is_over else None}
    for pk in sorted(wanted):
        Reserve.objects.update_or_create(voucher=voucher, quota_id=pk, defaults=values)
    stock.count_anew(Quota.objects.filter(pk__in=concerned).order_by("pk"))


def _copied(pattern: Voucher) -> dict[str, object]:
    left_out = {"id", "code", "folded", "keeps", *_COUNTERS}
    fields = [field for field in Voucher._meta.concrete_fields if field.name not in left_out]
    return {field.name: getattr(pattern, field.name) for field in fields}


def _refuse_rewriting(voucher: Voucher) -> None:
    stored = Voucher.objects.get(pk=voucher.pk)
    changed = [name for name in _FROZEN if getattr(stored, name) != getattr(voucher, name)]
    if changed and (uses := VoucherUse.objects.filter(voucher=voucher).count()):
        raise VoucherUsed(field=changed[0], uses=uses)
    _refuse_limits(voucher, used=stored.used, spent_cents=stored.spent_cents)


def _refuse_limits(voucher: Voucher, *, used: int, spent_cents: int) -> None:
    if voucher.max_uses is not None and voucher.max_uses < used + voucher.used_before:
        raise VoucherUsed(field="max_uses", uses=used)
    if voucher.budget_cents is not None and voucher.budget_cents < spent_cents:
        raise VoucherUsed(field="budget_cents", uses=used)


def _facts(voucher: Voucher, products: Collection[Product]) -> dict[str, Fact]:
    return {
        "effect": voucher.effect,
        "value": voucher.value,
        "max_uses": voucher.max_uses,
        "budget_cents": voucher.budget_cents,
        "keeps": voucher.keeps,
        "products": tuple(sorted(product.slug for product in products)),
    }

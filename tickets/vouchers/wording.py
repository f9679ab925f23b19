"""The sentences about codes: why one cannot be used, what one gives, why one cannot be changed."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _, ngettext

from festival.text import typography
from festival.text.typography import listed
from tickets.exceptions import SizeBelowTaken
from tickets.models import Voucher
from tickets.vouchers.faults import VoucherRefused, VoucherUsed
from tickets.vouchers.rules import Effect, Refusal


def refusal(error: VoucherRefused) -> str:
    """Return why a code cannot be used, and what to do."""
    if error.why is Refusal.TOO_FEW:
        return ngettext(
            "This code is good for %(left)s more place only: choose fewer, or buy the others without it.",
            "This code is good for %(left)s more places only: choose fewer, or buy the others without it.",
            error.left,
        ) % {"left": error.left}
    return {
        Refusal.UNKNOWN: _("We do not know this code. Compare it with your message, sign by sign."),
        Refusal.NOT_YET: _("This code is not good yet. Try again later, or go on without it."),
        Refusal.EXPIRED: _("This code is over. Empty the field to go on without it."),
        Refusal.USED_UP: _("This code was used as often as it may. Empty the field to go on without it."),
        Refusal.SPENT: _("What this code had to give is spent. Empty the field to go on without it."),
        Refusal.NOT_FOR_THIS: _("This code is not for what you chose. Choose something else, or empty the field."),
    }[error.why]


def gives(voucher: Voucher) -> str:
    """Return what a code gives, for whoever looks before choosing."""
    told = {"what": effect(voucher), "products": listed([str(product) for product in voucher.products.all()])}
    if told["products"]:
        return _("Your code: %(what)s, for %(products)s.") % told
    return _("Your code: %(what)s.") % told


def refused_change(error: VoucherUsed | SizeBelowTaken) -> tuple[str | None, str]:
    """Return the field of a change that was refused, and why."""
    if isinstance(error, VoucherUsed):
        return error.field or None, changed_after_use(error)
    told = {"quota": error.quota, "taken": error.taken, "kept": error.kept}
    return "keeps", _("Of “%(quota)s”, %(taken)s places are taken and %(kept)s would be kept: it has too few.") % told


def changed_after_use(error: VoucherUsed) -> str:
    """Return why a code that was used stays as it is."""
    told: dict[str, object] = {"uses": error.uses}
    if not error.field:
        return (
            ngettext(
                "%(uses)s place was had with this code, so it stays.",
                "%(uses)s places were had with this code, so it stays.",
                error.uses,
            )
            % told
        )
    if error.field in {"max_uses", "used_before"}:
        return _("More places than this were had with it already.")
    if error.field == "budget_cents":
        return _("More than this was taken off already.")
    told["field"] = next(one.verbose_name for one in Voucher._meta.concrete_fields if one.name == error.field)
    return (
        ngettext(
            "%(uses)s place was had with this code: “%(field)s” cannot change any more. Make another code.",
            "%(uses)s places were had with this code: “%(field)s” cannot change any more. Make another code.",
            error.uses,
        )
        % told
    )


def effect(voucher: Voucher) -> str:
    """Return what a code does to the price of a place."""
    amount = typography.price(voucher.value, voucher.edition.currency)
    match voucher.effect:
        case Effect.PERCENT:
            return _("%(percent)s%% off") % {"percent": percentage(voucher.value)}
        case Effect.AMOUNT:
            return _("%(amount)s off each place") % {"amount": amount}
        case Effect.PRICE if voucher.value:
            return _("%(amount)s at the most for each place") % {"amount": amount}
        case Effect.PRICE:
            return _("free of charge")
    return _("it opens what is not on show")


def percentage(value: int) -> str:
    """Return hundredths of a percent as people read them: `20`, `12.5`, in French `12,5`."""
    return formats.number_format(Decimal(value) / 100)

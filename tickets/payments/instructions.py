"""What somebody needs to pay by hand: the same on the page and in the mail."""

from django.utils.translation import gettext as _

from festival.text import typography
from tickets.models import Payment, Provider
from tickets.payments import epc, providers
from tickets.payments.iban import spell_iban


def instructions(payment: Payment) -> list[tuple[str, str]]:
    """Return labels and values, in the active language."""
    order = payment.order
    rows = [(_("Amount"), typography.price(payment.amount_cents, order.currency))]
    found = providers.settings_of(order.edition)
    if payment.provider == Provider.TRANSFER and found:
        rows += [(_("Account holder"), found.account_holder), ("IBAN", spell_iban(found.iban))]
        rows += [("BIC", found.bic)] if found.bic else []
    elif found and found.onsite_help:
        rows.append((_("How"), str(found.onsite_help)))
    by_bank = payment.provider == Provider.TRANSFER
    rows.append((_("Reference") if by_bank else _("Order number"), epc.spell_code(order.code)))
    return rows


def how_to_pay(payment: Payment) -> str:
    """Return the sentence that says how much, by which way and until when, in the active language."""
    end = typography.local(payment.expires_at or payment.created_at)
    told = {
        "amount": typography.price(payment.amount_cents, payment.order.currency),
        "time": typography.clock_time(end),
        "day": typography.plain_short_date(end.date()),
    }
    if payment.provider == Provider.TRANSFER:
        return _("Please send %(amount)s by bank transfer. Your places are kept until %(time)s on %(day)s.") % told
    return _("Please pay %(amount)s on site. Your places are kept until %(time)s on %(day)s.") % told


def transfer_code(payment: Payment) -> str:
    """Return the text of the code that fills in the transfer in a bank's app; "" where there is none to fill in."""
    found = providers.settings_of(payment.order.edition)
    if payment.provider != Provider.TRANSFER or found is None or payment.order.currency != "EUR":
        return ""
    return epc.payload(
        holder=found.account_holder,
        iban=found.iban,
        bic=found.bic,
        cents=payment.amount_cents,
        reference=epc.spell_code(payment.order.code),
    )

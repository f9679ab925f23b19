"""The books, by double entry: what was sold, what came in, what is owed back. Rows are never changed or deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.orders import Order
from tickets.models.payments import Payment, Refund


class LedgerTransaction(models.Model):
    """One fact of money, such as a sale or a payment; its entries add up to zero."""

    wagtail_reference_index_ignore = True

    order = models.ForeignKey(Order, models.PROTECT, related_name="ledger", verbose_name=_("order"))
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="ledger", null=True, blank=True, verbose_name=_("payment")
    )
    refund = models.ForeignKey(
        Refund, models.PROTECT, related_name="ledger", null=True, blank=True, verbose_name=_("refund")
    )
    what = models.CharField(_("what"), max_length=20, help_text=_("For example: sale, payment, refund."))
    currency = models.CharField(_("currency"), max_length=3)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("ledger transaction")
        verbose_name_plural = _("ledger transactions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order} {self.what}"


class LedgerEntry(models.Model):
    """What a transaction moves on one account: positive cents are a debit, negative ones a credit."""

    wagtail_reference_index_ignore = True

    transaction = models.ForeignKey(
        LedgerTransaction, models.PROTECT, related_name="entries", verbose_name=_("transaction")
    )
    account = models.CharField(
        _("account"), max_length=20, help_text=_("receivable, revenue, vat:RATE, cash:PROVIDER or owed.")
    )
    cents = models.IntegerField(_("amount in cents"))

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(cents=0), name="ledger_entry_moves_something"),
            models.UniqueConstraint(fields=["transaction", "account"], name="ledger_entry_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.cents}"

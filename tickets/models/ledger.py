"""The books: double entry of what was sold, came in and is owed back; invoices. Rows are never changed or deleted."""

from django.db import models
from django.db.models import F, Q
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
        _("account"), max_length=20, help_text=_("receivable, revenue, vat:RATE, cash:PROVIDER, owed or pot.")
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


class Invoice(models.Model):
    """One invoice or credit note: numbered without a gap in its year, frozen when it is made.

    `lines` is what it prints; a mistake is corrected by a credit note, never in place.
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What the document is. Each kind is a series of numbers of its own, which begins anew every year."""

        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", null=True, blank=True, verbose_name=_("corrects")
    )
    lines = models.JSONField(_("lines"))
    net_cents = models.IntegerField(_("total without VAT in cents"))
    vat_cents = models.IntegerField(_("VAT in cents"))
    total_cents = models.IntegerField(_("total in cents"))
    currency = models.CharField(_("currency"), max_length=3)
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="invoice_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="invoice_number_from_1"),
            models.CheckConstraint(
                condition=Q(total_cents=F("net_cents") + F("vat_cents")), name="invoice_net_and_vat_make_the_total"
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects__isnull=True, total_cents__gte=0)
                | Q(kind="credit_note", corrects__isnull=False, total_cents__lte=0),
                name="invoice_only_a_credit_note_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:05}"

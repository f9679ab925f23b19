"""Invoices and credit notes: numbered without a gap in their year, frozen when they are made."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tickets.models.orders import Order


class Invoice(models.Model):
    """One document. `lines` is what it prints; a mistake is corrected by a credit note, never in place."""

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

"""Addresses that visitors leave for one mail: when a sale opens, or with their tickets. Rows go with that mail."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.catalogue import Product


class SaleAlertQuerySet(models.QuerySet["SaleAlert"]):
    """Finds alerts."""

    def waiting(self) -> "SaleAlertQuerySet":
        """Keep those whose address was confirmed and who were not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at=None)

    def unconfirmed(self) -> "SaleAlertQuerySet":
        """Keep those whose link in the mail was not opened yet."""
        return self.filter(confirmed_at=None)


class SaleAlert(models.Model):
    """One mailbox that is told once that the sale of one product opens. It counts from the link in the mail on."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    product = models.ForeignKey(Product, models.CASCADE, related_name="alerts", verbose_name=_("product"))
    email = models.EmailField(_("e-mail address"))
    mailbox = models.EmailField(_("mailbox"), editable=False, help_text=_("What aliases of it have in common."))
    language = models.CharField(_("language"), max_length=12)
    secret = models.CharField(_("secret"), max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects: ClassVar[SaleAlertQuerySet] = SaleAlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("alert for the opening of a sale")
        verbose_name_plural = _("alerts for the opening of a sale")
        constraints = [
            models.UniqueConstraint(fields=["product", "mailbox"], name="alert_once_per_product_and_mailbox"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(confirmed_at__isnull=False), name="alert_told_only_if_confirmed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["product"],
                condition=Q(confirmed_at__isnull=False, told_at__isnull=True),
                name="alert_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}"


class TicketSearch(models.Model):
    """An address that somebody typed to find its tickets. Removed by the background work that answers it.

    Known and unknown addresses leave the same row, so that the page takes as long for both and tells neither.
    """

    wagtail_reference_index_ignore = True  # gone within a second; indexing costs six queries a row

    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("search for tickets")
        verbose_name_plural = _("searches for tickets")

    def __str__(self) -> str:
        return f"{self.pk}"

"""Unbroken series of numbers: tickets, invoices, occurrences."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from festival.models.edition import Edition


class Series(models.Model):
    """The last number given of a kind: of an edition, of a calendar year, or of all time.

    The row stays locked from the UPDATE to the end of its transaction: no number is lost, none is given twice.
    """

    wagtail_reference_index_ignore = True

    kind = models.SlugField(_("kind"))
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="number_series", verbose_name=_("edition")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    last = models.PositiveBigIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(year__isnull=True), name="series_of_an_edition_or_of_a_year"
            ),
            models.UniqueConstraint(
                fields=["kind", "edition"], condition=Q(edition__isnull=False), name="series_once_per_edition"
            ),
            models.UniqueConstraint(
                fields=["kind", "year"], condition=Q(year__isnull=False), name="series_once_per_year"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(edition__isnull=True, year__isnull=True), name="series_once_of_all_time"
            ),
        ]

    def __str__(self) -> str:
        scope = self.year or self.edition_id or ""
        return " ".join(str(part) for part in (self.kind, scope, self.last) if part != "")

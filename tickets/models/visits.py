"""What the calendars of orders were told of a visit, so that they hear of every change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.catalogue import Product


class Visit(models.Model):
    """One day, or one session, that a product lets people in to: as it was last written into a calendar.

    The same for all orders of the product. Doors and places change at many places (screens, imports, the shell), so a
    change is noticed where it would show: when a calendar is written.
    """

    wagtail_reference_index_ignore = True

    product = models.ForeignKey(Product, models.CASCADE, related_name="visits", verbose_name=_("product"))
    key = models.CharField(max_length=60, help_text=_("Its day or its session; part of the entry's UID."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_whole_day = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, editable=False, help_text=_("Hash of all that an entry says of it."))
    sequence = models.PositiveIntegerField(_("revision"), default=0)
    revised_at = models.DateTimeField(_("revised on"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["product", "key"], name="visit_once_per_product")]

    def __str__(self) -> str:
        return self.key

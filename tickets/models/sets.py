"""Sets: products that are sold together, for one price."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from festival.typed.hundredths import CentsField, PercentField
from tickets.models.catalogue import MOST_CENTS, Product

MOST_OF_ONE = 20


class SetPart(models.Model):
    """So many of a product that a set brings, and what each of them has of its price, at its own rate of tax."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="parts", verbose_name=_("set"))
    part = models.ForeignKey(Product, models.PROTECT, related_name="sets", verbose_name=_("product"))
    count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_OF_ONE)]
    )
    cents = CentsField(
        _("share of each"),
        validators=[MaxValueValidator(MOST_CENTS)],
        help_text=_("Of the price of the set. At another price, the shares stay in proportion."),
    )
    vat_rate = PercentField(
        _("VAT rate"),
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text=_("In percent, such as 5.5. The share includes the tax."),
    )

    class Meta:
        verbose_name = _("part of a set")
        verbose_name_plural = _("parts of sets")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="set_part_at_least_once"),
            models.CheckConstraint(condition=Q(vat_rate__lt=10000), name="set_part_vat_rate_below_100_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.part}"

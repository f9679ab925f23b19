"""Where people are let in: gates, and zones that have a door of their own."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from festival.models import Edition
from festival.text.translated import TranslatedCharField
from tickets.models.catalogue import Product

MOST_ZONES = 8


class Gate(models.Model):
    """A place where people are let in."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="gates", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="gate_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)


class Zone(models.Model):
    """A part of the site that only some tickets open: backstage, the camping, the press room.

    `number` (1 to 8) is the place of its bit in the signed code of a ticket; it is given once and stays.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="zones", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=80)
    number = models.PositiveSmallIntegerField(
        _("number"), editable=False, validators=[MinValueValidator(1), MaxValueValidator(MOST_ZONES)]
    )
    products = models.ManyToManyField(
        Product,
        related_name="zones",
        blank=True,
        limit_choices_to={"kind__in": Product.KINDS_OF_TICKETS},
        verbose_name=_("opened by"),
        help_text=_("An add-on that is ticked here opens the zone with the code of the ticket that it was bought for."),
    )

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="zone_once_per_edition",
                violation_error_message=_("This edition has a zone of this short name already."),
            ),
            models.UniqueConstraint(fields=["edition", "number"], name="zone_number_once_per_edition"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_ZONES), name="zone_has_its_bit"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Give a new zone the first free number. Raises ValidationError when the edition has eight already."""
        super().clean()
        if self.number is not None or self.edition_id is None:
            return
        taken = set(Zone.objects.filter(edition=self.edition_id).values_list("number", flat=True))
        free = [number for number in range(1, MOST_ZONES + 1) if number not in taken]
        if not free:
            raise ValidationError(_("An edition has at most eight zones: the code of a ticket says no more."))
        self.number = free[0]


def zones_of(product: Product) -> list[Zone]:
    """Return the zones that a product's tickets open, those of a set's parts too, by their numbers."""
    zones = {*product.zones.all(), *(zone for one in product.parts.all() for zone in one.part.zones.all())}
    return sorted(zones, key=lambda zone: zone.number)

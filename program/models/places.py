"""Where things happen: venues and their rooms."""

import uuid

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from festival.models import MOST_PLACES
from festival.text.translated import TranslatedCharField, TranslatedTextField
from program.models.belonging import OfEdition, once_per_edition

hex_colour = RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("Enter a colour such as #1d5c63."))


class Venue(OfEdition):
    """A place with an address, used by one or more parts of the week."""

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="venues", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=250)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    access = TranslatedTextField(_("how to get there"), blank=True)
    accessibility = TranslatedTextField(_("accessibility"), blank=True)
    sections = models.ManyToManyField(
        "festival.Section", related_name="venues", verbose_name=_("parts of the week"), blank=True
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["sort_order", "pk"]
        constraints = [once_per_edition("venue_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)


class Room(OfEdition):
    """A stage, hall, workshop or lawn: one column of the timetable."""

    same_edition = ("venue",)

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="rooms", verbose_name=_("edition"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms", verbose_name=_("venue"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    description = TranslatedTextField(_("description"), blank=True)
    capacity_seated = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, validators=[MaxValueValidator(MOST_PLACES)]
    )
    capacity_standing = models.PositiveIntegerField(
        _("standing places"), null=True, blank=True, validators=[MaxValueValidator(MOST_PLACES)]
    )
    outdoor = models.BooleanField(_("in the open air"), default=False)
    wheelchair = models.BooleanField(_("wheelchair accessible"), default=True)
    induction_loop = models.BooleanField(_("induction loop"), default=False)
    colour = models.CharField(_("colour"), max_length=7, default="#4a4a4a", validators=[hex_colour])
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["sort_order", "pk"]
        constraints = [
            once_per_edition("room_once_per_edition"),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="room_colour_is_hex",
                violation_error_message=_("Enter a colour such as #1d5c63."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

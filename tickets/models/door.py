"""The door: lists to check against, places, phones, and the log of what was scanned."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField
from translated_fields import fallback_to_any as fallback

from festival.models import Day, Edition
from tickets.models.catalogue import Product
from tickets.models.orders import Position


class Gate(models.Model):
    """A place where people are let in."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="gates", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedField(models.CharField(_("name"), max_length=80), attrgetter=fallback)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="gate_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)


class CheckinList(models.Model):
    """What a scanner checks against: which products are let in, on which day."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="checkin_lists", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedField(models.CharField(_("name"), max_length=120), attrgetter=fallback)
    day = models.ForeignKey(Day, models.PROTECT, related_name="checkin_lists", verbose_name=_("day"))
    products = models.ManyToManyField(Product, related_name="checkin_lists", verbose_name=_("products"))

    class Meta:
        verbose_name = _("check-in list")
        verbose_name_plural = _("check-in lists")
        ordering = ["day__date", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="checkin_list_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)


class Device(models.Model):
    """A phone at a gate; made when a person of the door team opens the scanner on it.

    `list` and `gate` are what it checks and where right now; each scan keeps its own copy.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="devices", verbose_name=_("last used by")
    )
    list = models.ForeignKey(
        CheckinList, models.SET_NULL, related_name="devices", null=True, blank=True, verbose_name=_("check-in list")
    )
    gate = models.ForeignKey(
        Gate, models.SET_NULL, related_name="devices", null=True, blank=True, verbose_name=_("gate")
    )
    created_at = models.DateTimeField(_("first used at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Checkin(models.Model):
    """One scan, kept as it happened, refused ones too. The phone makes the id, so that a retry is the same scan."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class Verdict(models.TextChoices):
        """What the door was told; a closed list."""

        ADMITTED = "admitted", _("admitted")
        ALREADY_IN = "already_in", _("already in")
        WRONG_DAY = "wrong_day", _("wrong day")
        WRONG_PRODUCT = "wrong_product", _("not valid here")
        WRONG_EDITION = "wrong_edition", _("another festival")
        CANCELLED = "cancelled", _("cancelled")
        UNPAID = "unpaid", _("not paid")
        REPLACED = "replaced", _("replaced by a newer ticket")
        FORGED = "forged", _("forged")
        UNKNOWN = "unknown", _("unknown")

    class Source(models.TextChoices):
        """How the code was read."""

        CAMERA = "camera", _("camera")
        TYPED = "typed", _("typed")
        READER = "reader", _("hand-held reader")

    id = models.UUIDField(primary_key=True, editable=False)
    list = models.ForeignKey(CheckinList, models.PROTECT, related_name="checkins", verbose_name=_("check-in list"))
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="checkins", null=True, blank=True, verbose_name=_("ticket")
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    source = models.CharField(_("read by"), max_length=8, choices=Source.choices)
    code_sha256 = models.CharField(_("hash of the code"), max_length=64)
    device = models.ForeignKey(Device, models.PROTECT, related_name="checkins", verbose_name=_("device"))
    gate = models.ForeignKey(
        Gate, models.PROTECT, related_name="checkins", null=True, blank=True, verbose_name=_("gate")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="checkins", verbose_name=_("scanned by")
    )
    at = models.DateTimeField(_("scanned at"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "position"],
                condition=Q(verdict="admitted"),
                name="checkin_one_admission_per_list",
            ),
        ]
        permissions = [("scan", _("Can scan tickets at the door"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verdict}"

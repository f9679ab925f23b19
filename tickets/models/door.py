"""The door: lists to check against, places, phones, and the log of what was scanned."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Day, Edition
from festival.text.translated import TranslatedCharField
from tickets.models.catalogue import Product, of_one_edition
from tickets.models.orders import Ticket


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


class CheckinList(models.Model):
    """What a scanner checks against: which products are let in, on which day, or all week."""

    class Reentry(models.TextChoices):
        """Who may come in again."""

        NO = "no", pgettext_lazy("re-entry", "nobody")
        ONCE_OUT = "once_out", pgettext_lazy("re-entry", "who was scanned out")
        FREE = "free", pgettext_lazy("re-entry", "everybody, as often as they like")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="checkin_lists", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    day = models.ForeignKey(
        Day,
        models.PROTECT,
        related_name="checkin_lists",
        null=True,
        blank=True,
        verbose_name=_("day"),
        help_text=_("Without a day the list is for the whole week."),
    )
    products = models.ManyToManyField(Product, related_name="checkin_lists", verbose_name=_("products"))
    reentry = models.CharField(_("may come in again"), max_length=10, choices=Reentry.choices, default=Reentry.NO)

    class Meta:
        verbose_name = _("check-in list")
        verbose_name_plural = _("check-in lists")
        ordering = ["edition", "day__date", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="checkin_list_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse a day of another edition. Raises ValidationError."""
        super().clean()
        of_one_edition(self, "day")


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
    """One scan, kept as it happened, refused ones too. The phone makes the id, so that a retry is the same scan.

    `shown` is what the phone said, and never changes; `verdict` is what the books say. A phone without network may let
    somebody in whom another phone has let in already: both have shown "admitted", one verdict says so.

    Phone and person are kept as text, so that a scan touches few tables and outlives both.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class Direction(models.TextChoices):
        """Which way the person goes."""

        IN = "in", pgettext_lazy("door", "in")
        OUT = "out", pgettext_lazy("door", "out")

    class Verdict(models.TextChoices):
        """What the door was told; a closed list."""

        ADMITTED = "admitted", _("admitted")
        LEFT = "left", pgettext_lazy("door", "left")
        ALREADY_IN = "already_in", _("already in")
        NOT_IN = "not_in", pgettext_lazy("door", "was not in")
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
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="checkins", null=True, blank=True, verbose_name=_("ticket")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.IN)
    shown = models.CharField(_("shown"), max_length=16, choices=Verdict.choices)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    passage = models.PositiveSmallIntegerField(
        _("passage"),
        null=True,
        blank=True,
        help_text=_("How often this ticket has gone this way on this list, this time included."),
    )
    counts = models.BooleanField(
        _("counts"), default=False, help_text=_("The one scan by which this visitor is counted on this list.")
    )
    source = models.CharField(_("read by"), max_length=8, choices=Source.choices)
    code_sha256 = models.CharField(_("hash of the code"), max_length=64)
    device_id = models.UUIDField(_("number of the device"))
    device_name = models.CharField(_("device"), max_length=80)
    gate = models.ForeignKey(
        Gate, models.PROTECT, related_name="checkins", null=True, blank=True, verbose_name=_("gate")
    )
    scanned_by = models.CharField(_("scanned by"), max_length=150)
    at = models.DateTimeField(_("scanned at"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "ticket", "direction", "passage"],
                condition=Q(passage__isnull=False),
                name="checkin_each_passage_once",
            ),
            models.UniqueConstraint(
                fields=["list", "ticket"], condition=Q(counts=True), name="checkin_visitor_counted_once_per_list"
            ),
            models.CheckConstraint(
                condition=Q(passage__isnull=True) | Q(passage__gte=1), name="checkin_passages_from_1"
            ),
            models.CheckConstraint(
                condition=Q(verdict="admitted", direction="in", passage__isnull=False, ticket__isnull=False)
                | Q(verdict="left", direction="out", passage__isnull=False, ticket__isnull=False)
                | (~Q(verdict__in=["admitted", "left"]) & Q(passage__isnull=True)),
                name="checkin_who_passes_has_a_passage",
            ),
            models.CheckConstraint(
                condition=Q(counts=True, verdict="admitted", passage=1)
                | (Q(counts=False) & ~Q(verdict="admitted", passage=1)),
                name="checkin_first_admission_counts",
            ),
        ]
        permissions = [("scan", _("Can scan tickets at the door"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verdict}"

"""The door: the keys that tickets are signed with, lists to check against, phones, the log of scans."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Day, Edition
from festival.text.translated import TranslatedCharField
from festival.text.typography import moment
from program.models import Occurrence
from tickets.models.catalogue import Product, of_one_edition
from tickets.models.orders import Ticket
from tickets.models.places import Gate, Zone


class SigningKey(models.Model):
    """One Ed25519 key pair; `kid` (0 to 15) stands in every token signed with it. The private half is encrypted."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="signing_keys", verbose_name=_("edition"))
    kid = models.PositiveSmallIntegerField(_("key number"), validators=[MaxValueValidator(15)])
    public = models.BinaryField(_("public key"), max_length=32)
    private_encrypted = models.BinaryField(_("private key, encrypted"))
    created_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["kid"]
        constraints = [models.UniqueConstraint(fields=["edition", "kid"], name="signing_key_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.kid}"


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
    occurrence = models.ForeignKey(
        Occurrence,
        models.PROTECT,
        related_name="checkin_lists",
        null=True,
        blank=True,
        verbose_name=_("only this session"),
        help_text=_("Lets in only who has booked a place in this session."),
    )
    products = models.ManyToManyField(
        Product,
        related_name="checkin_lists",
        blank=True,
        limit_choices_to={"kind__in": Product.KINDS_OF_TICKETS},
        verbose_name=_("products"),
        help_text=_("Besides those that open its zone."),
    )
    zone = models.ForeignKey(
        Zone,
        models.PROTECT,
        related_name="checkin_lists",
        null=True,
        blank=True,
        verbose_name=_("zone"),
        help_text=_("Lets in with every ticket that opens the zone."),
    )
    reentry = models.CharField(
        _("may come in again"),
        max_length=10,
        choices=Reentry.choices,
        default=Reentry.NO,
        help_text=_("Unless it is nobody, phones on this list can also scan the way out."),
    )
    finds_by_name = models.BooleanField(
        _("find tickets by name"),
        default=True,
        help_text=_("Phones on this list may look up a ticket whose code cannot be read. Each search is recorded."),
    )
    is_practice = models.BooleanField(
        _("practice list"),
        default=False,
        help_text=_("For training: scans use up no ticket, are in no count or export, and can be cleared."),
    )

    class Meta:
        verbose_name = _("check-in list")
        verbose_name_plural = _("check-in lists")
        ordering = ["edition", "day__date", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="checkin_list_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def scans_exits(self) -> bool:
        """Whether its phones can scan the way out: where nobody comes in again there is nothing to know."""
        return self.reentry != self.Reentry.NO

    def clean(self) -> None:
        """Refuse a day of another edition, and what would give the scans of this list another meaning.

        Raises:
            ValidationError: At the field.
        """
        super().clean()
        of_one_edition(self, "day", "occurrence")
        scanned = CheckinList.objects.filter(pk=self.pk, checkins__isnull=False).first()
        for name in ("is_practice", "day_id", "occurrence_id"):
            if scanned is not None and getattr(scanned, name) != getattr(self, name):
                sentence = _("This list has scans already, so it stays what it is. Clear them, or make another list.")
                raise ValidationError({name.removesuffix("_id"): sentence})


class Device(models.Model):
    """A phone at a gate; made when a person of the door team opens the scanner on it.

    `list` and `gate` are what it checks and where right now; each scan keeps its own copy. `session_key` is the session
    that it was last seen with, so that withdrawing the phone ends it.
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
    finds_by_name = models.BooleanField(
        _("find tickets by name"), default=True, help_text=_("If its list allows it too. Each search is recorded.")
    )
    session_key = models.CharField(max_length=40, blank=True, editable=False)
    created_at = models.DateTimeField(_("first used at"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

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

    What moves a visitor has a `step`: coming in, going out, and taking back one of the two. `counts` and `inside` say
    by how much the row changes the number of visitors and of those inside, so that both are sums, and taking back a
    scan is a row more, never a change to what happened.

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
        UNDONE = "undone", pgettext_lazy("door", "taken back")
        ALREADY_IN = "already_in", _("already in")
        NOT_IN = "not_in", pgettext_lazy("door", "was not in")
        WRONG_DAY = "wrong_day", _("wrong day")
        WRONG_LIST = "wrong_list", _("list of another day")
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
        NAME = "name", _("found by name")
        OFFICE = "office", _("in the office")

    id = models.UUIDField(primary_key=True, editable=False)
    list = models.ForeignKey(CheckinList, models.PROTECT, related_name="checkins", verbose_name=_("check-in list"))
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="checkins", null=True, blank=True, verbose_name=_("ticket")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.IN)
    shown = models.CharField(_("shown"), max_length=16, choices=Verdict.choices)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    step = models.PositiveSmallIntegerField(
        _("step"),
        null=True,
        blank=True,
        help_text=_("What moved this ticket on this list, in order: in, out, and what was taken back."),
    )
    counts = models.SmallIntegerField(
        _("counts"), default=0, help_text=_("By how many it changes the number of visitors of this list.")
    )
    inside = models.SmallIntegerField(
        _("inside"), default=0, help_text=_("By how many it changes the number of those who are inside.")
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, related_name="undone_by", null=True, blank=True, verbose_name=_("takes back")
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
    device_at = models.DateTimeField(
        _("by the clock of the phone"), null=True, blank=True, help_text=_("As the phone sent it; it may be wrong.")
    )
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "ticket", "step"], condition=Q(step__isnull=False), name="checkin_each_step_once"
            ),
            models.CheckConstraint(condition=Q(step__isnull=True) | Q(step__gte=1), name="checkin_steps_from_1"),
            models.CheckConstraint(
                condition=Q(verdict="admitted", direction="in", step__isnull=False, ticket__isnull=False)
                | Q(verdict="left", direction="out", step__isnull=False, ticket__isnull=False)
                | Q(verdict="undone", step__isnull=False, ticket__isnull=False)
                | (~Q(verdict__in=["admitted", "left", "undone"]) & Q(step__isnull=True)),
                name="checkin_who_moves_has_a_step",
            ),
            models.CheckConstraint(
                condition=Q(verdict="undone", undoes__isnull=False) | (~Q(verdict="undone") & Q(undoes__isnull=True)),
                name="checkin_what_is_undone_is_named",
            ),
            models.CheckConstraint(
                condition=Q(verdict="admitted", step=1, counts=1, inside=1)
                | Q(verdict="admitted", step__gt=1, counts__in=[0, 1], inside__in=[0, 1])
                | Q(verdict="left", counts=0, inside=-1)
                | Q(verdict="undone", counts__in=[-1, 0], inside__in=[-1, 0, 1])
                | (~Q(verdict__in=["admitted", "left", "undone"]) & Q(counts=0, inside=0)),
                name="checkin_ledger_fits_the_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["device_id", "-at"], condition=Q(step__isnull=False), name="checkin_last_of_a_phone")
        ]
        permissions = [("scan", _("Can scan tickets at the door")), ("undo_scan", _("Can take back scans"))]

    def __str__(self) -> str:
        return f"{moment(self.at)} · {self.get_verdict_display()}"

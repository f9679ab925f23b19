"""When and where: the placing of a session in time and room."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from festival.text.translated import TranslatedCharField
from program.models.belonging import OfEdition, once_per_edition


class Occurrence(OfEdition):
    """One placing. Its UUID and number never change, whatever moves: calendars, feeds and tickets hold on to them."""

    class Kind(models.TextChoices):
        """How it fills its time."""

        TIMED = "timed", _("At a time")
        ALL_DAY = "all_day", _("Open every day")

    class CapacityMode(models.TextChoices):
        """How the audience is placed."""

        SEATED = "seated", _("Seated")
        STANDING = "standing", _("Standing")

    same_edition = ("session", "room", "fallback_room", "moved_from_room")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(
        "festival.Edition", models.PROTECT, related_name="occurrences", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(
        _("number"), editable=False, help_text=_("Stands in exports; unique within the edition, never reused.")
    )
    session = models.ForeignKey(
        "program.Session", models.CASCADE, related_name="occurrences", verbose_name=_("session")
    )
    room = models.ForeignKey("program.Room", models.PROTECT, related_name="occurrences", verbose_name=_("room"))
    room_note = TranslatedCharField(_("where in the room"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TIMED)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    daily_from = models.TimeField(_("every day from"), null=True, blank=True)
    daily_to = models.TimeField(
        _("every day until"), null=True, blank=True, help_text=_("As early as the opening or earlier: after midnight.")
    )
    blocks_room = models.BooleanField(
        _("fills the room"), default=True, help_text=_("Untick for what may go on beside another session.")
    )
    fallback_room = models.ForeignKey(
        "program.Room",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("when it rains"),
    )
    slot_minutes = models.PositiveIntegerField(
        _("minutes per appointment"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
    )
    slots_in_parallel = models.PositiveIntegerField(
        _("appointments at a time"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    capacity_mode = models.CharField(_("audience"), max_length=10, choices=CapacityMode, default=CapacityMode.SEATED)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved on"), null=True, blank=True)
    moved_from_room = models.ForeignKey(
        "program.Room", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moved from room")
    )
    moved_from_starts_at = models.DateTimeField(_("moved from"), null=True, blank=True)
    # Both are set by `release_programme` alone.
    sequence = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    revised_at = models.DateTimeField(_("revised on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("timetable")
        ordering = ["starts_at", "room__sort_order", "number"]
        constraints = [
            once_per_edition("occurrence_number_once_per_edition", "number", message=_("This number is taken.")),
            models.CheckConstraint(condition=Q(number__gt=0), name="occurrence_number_positive"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="occurrence_ends_after_it_starts",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(kind="timed", daily_from=None, daily_to=None)
                | Q(kind="all_day", daily_from__isnull=False, daily_to__isnull=False),
                name="occurrence_daily_hours_only_all_day",
                violation_error_message=_("What is open every day needs its daily hours; the rest has none."),
            ),
            models.CheckConstraint(
                condition=Q(moved_at=None, moved_from_room=None, moved_from_starts_at=None)
                | Q(moved_at__isnull=False, moved_from_room__isnull=False)
                | Q(moved_at__isnull=False, moved_from_starts_at__isnull=False),
                name="occurrence_moved_from_somewhere",
                violation_error_message=_("A move needs its date, and the old room or the old start."),
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes=None) | Q(slot_minutes__gt=0), name="occurrence_slot_minutes_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

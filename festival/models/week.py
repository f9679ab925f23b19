"""The week of an edition: its parts, its days, and which part is open when."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from festival.look import colours
from festival.models.edition import Edition
from festival.text.translated import TranslatedCharField, TranslatedTextField
from festival.time import clock
from festival.time.days import opening_moments

_HEX = r"^#[0-9A-Fa-f]{6}$"
_hex_colour = RegexValidator(_HEX, _("Enter a colour such as #1d5c63."))


class Section(models.Model):
    """A part of the week, as the organiser calls, colours and orders it."""

    class Shape(models.TextChoices):
        """What is cut out of paper for it; drawn in `components/shape.html` and at the end of each pennant."""

        HALF_DISC = "half-disc", _("half-disc")
        PENNANT = "pennant", _("pennant")
        STAR = "star", _("eight-pointed star")
        CIRCLE = "circle", _("circle")
        SQUARE = "square", _("square flag")
        DIAMOND = "diamond", _("diamond")
        WAVE = "wave", _("wave")
        SWALLOWTAIL = "swallowtail", _("swallowtail")

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="sections", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"), help_text=_("Pages, filters and feeds name the part by it."))
    name = TranslatedCharField(_("name"), max_length=80)
    label = TranslatedCharField(
        _("on the string of days"), max_length=40, blank=True, help_text=_("Left empty: the name of the part.")
    )
    summary = TranslatedTextField(_("summary"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#fbd226", validators=[_hex_colour])
    dark_colour = models.CharField(
        _("colour in the dark"),
        max_length=7,
        blank=True,
        validators=[_hex_colour],
        help_text=_("Left empty: the same colour, made lighter where it would be lost on a dark page."),
    )
    shape = models.CharField(_("shape"), max_length=12, choices=Shape.choices, default=Shape.HALF_DISC)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"  # lets the editor drag the rows

    class Meta:
        verbose_name = _("part of the week")
        verbose_name_plural = _("parts of the week")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="section_once_per_edition"),
            # The colours are written into a style sheet, so they are nothing but colours.
            models.CheckConstraint(
                condition=Q(colour__regex=_HEX) & (Q(dark_colour="") | Q(dark_colour__regex=_HEX)),
                name="section_colours_are_hex",
                violation_error_message=_("Enter a colour such as #1d5c63."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=models.F("start_date")),
                name="section_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def short_label(self) -> str:
        """What the string of days says of it."""
        return str(self.label or self.name)

    @property
    def on_colour(self) -> str:
        """The colour of text on its colour, on paper and in mails, which know no dark scheme."""
        return colours.written_on(self.colour)


class Day(ClusterableModel):
    """One day of the week. When which part is open stands in its `OpeningHours`."""

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="days", verbose_name=_("edition"))
    date = models.DateField(_("date"))
    public_holiday = TranslatedCharField(_("public holiday"), max_length=80, blank=True)
    notice = TranslatedCharField(_("notice"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["edition", "date"], name="day_once_per_edition")]

    def __str__(self) -> str:
        return self.date.isoformat()

    @property
    def sections(self) -> list[Section]:
        """The parts that are open on it, in the organiser's order."""
        return [hours.section for hours in self.hours.all()]


class OpeningHours(models.Model):
    """When one part of the week is open on one day. Closing at or before the opening means after midnight."""

    day = ParentalKey(Day, on_delete=models.CASCADE, related_name="hours", verbose_name=_("day"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="hours", verbose_name=_("part of the week"))
    opens = models.TimeField(_("doors open"))
    closes = models.TimeField(_("doors close"), help_text=_("As early as the opening or earlier: after midnight."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["section__sort_order", "section_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "section"],
                name="opening_hours_once_per_day_and_section",
                violation_error_message=_("This part already has opening hours on this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section}, {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self) -> None:
        """Refuse a part of another edition."""
        super().clean()
        if self.section_id and self.day_id and self.section.edition_id != self.day.edition_id:
            raise ValidationError({"section": _("This part belongs to another edition.")})

    @property
    def is_next_day(self) -> bool:
        """Whether it closes in the morning of the next date; at midnight itself nobody calls it that."""
        return time(0) < self.closes <= self.opens


def hours_of(day: Day, section: Section | None = None) -> tuple[datetime, datetime] | None:
    """Return when the doors of `day` open first and close last, as aware moments; None when no hours are typed.

    With a `section` its own hours count, and those of the whole day only where it has none on that day.
    Fetch `hours` with the day to save a query.
    """
    listed = list(day.hours.all())
    own = [hours for hours in listed if section is not None and hours.section_id == section.pk]
    zone = clock.zone()
    moments = [opening_moments(day.date, hours.opens, hours.closes, zone) for hours in own or listed]
    return (min(opens for opens, _closes in moments), max(closes for _opens, closes in moments)) if moments else None


def closing_moment(day: Day) -> datetime:
    """Return the aware moment when `day` is over: its last doors close; without any hours, its festival day ends."""
    if hours := hours_of(day):
        return hours[1]
    return datetime.combine(day.date + timedelta(days=1), day.edition.day_starts_at, clock.zone())

"""One edition of the festival, and its phases."""

from datetime import datetime, time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from festival.text.translated import TranslatedCharField, TranslatedTextField
from festival.typed import currencies

MOST_PLACES = 1_000_000  # of a room, a session, a quota


def validate_currency(code: str) -> None:
    """Raise ValidationError for what is no currency that amounts in hundredths can be counted in."""
    if not currencies.is_counted_in_cents(code):
        raise ValidationError(_("Write the three capitals of a currency that is counted in hundredths, such as EUR."))


class EditionQuerySet(models.QuerySet["Edition"]):
    """Finds editions."""

    def current(self) -> "Edition | None":
        """Return the edition that the site shows, or None before the first one is set up."""
        return self.filter(is_current=True).first()


class Edition(ClusterableModel):
    """One year's festival week, its organiser and its licences."""

    number = models.PositiveIntegerField(
        _("number"),
        unique=True,
        validators=[MaxValueValidator(65535)],
        help_text=_("Stands in every ticket of this edition; never change it once tickets exist."),
    )
    slug = models.SlugField(_("short name"), unique=True)
    is_current = models.BooleanField(_("shown on the site"), default=False)
    name = TranslatedCharField(_("name"), max_length=120)
    theme = TranslatedCharField(_("theme"), max_length=120)
    tagline = TranslatedCharField(_("tagline"), max_length=250, blank=True)
    summary = TranslatedTextField(_("summary"), blank=True)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    day_starts_at = models.TimeField(
        _("a festival day starts at"),
        default=time(5),
        help_text=_("A party at 1 a.m. belongs to the day before."),
    )
    city = models.CharField(_("town"), max_length=80)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166 code, such as FR."))
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[validate_currency],
        help_text=_("ISO 4217 code, such as EUR. All its prices are in it."),
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    content_licence = models.CharField(_("licence of texts"), max_length=60, blank=True)
    data_licence = models.CharField(_("licence of data"), max_length=60, blank=True)
    notice = TranslatedTextField(
        _("notice"), blank=True, help_text=_("Shown at the top of every page of a demonstration.")
    )

    organiser_name = models.CharField(_("organiser"), max_length=120)
    organiser_legal_form = models.CharField(_("legal form"), max_length=120, blank=True)
    organiser_registration = models.CharField(_("registration number"), max_length=60, blank=True)
    organiser_address = models.CharField(_("address"), max_length=250, blank=True)
    organiser_email = models.EmailField(_("e-mail address"), blank=True)
    organiser_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    publication_director = models.CharField(_("publication director"), max_length=120, blank=True)
    host_name = models.CharField(_("web host"), max_length=120, blank=True)
    host_address = models.CharField(_("address of the web host"), max_length=250, blank=True)
    host_phone = models.CharField(_("telephone of the web host"), max_length=40, blank=True)

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="edition_one_current",
                violation_error_message=_("Another edition is already shown on the site."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="edition_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.start_date.year}"

    @property
    def written_hashtag(self) -> str:
        """The hashtag as it is written, with its sign whether or not that was typed; empty without one."""
        word = self.hashtag.strip().lstrip("#")
        return f"#{word}" if word else ""


class Phase(models.Model):
    """A period in the life of the edition: calls, ticket office, jury, vote."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="phases", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    label = TranslatedCharField(_("label"), max_length=120)
    opens = models.DateTimeField(_("opens"))
    closes = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["opens"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="phase_once_per_edition"),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="phase_closes_after_it_opens",
                violation_error_message=_("It must not close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def is_open(self, at: datetime) -> bool:
        """Return whether the phase runs at the aware moment `at`; both ends belong to it."""
        return self.opens <= at <= self.closes


class SiteGeneration(models.Model):
    """One row that counts what was published; caches are keyed by it, in every process alike."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("site generation")

    def __str__(self) -> str:
        return str(self.number)

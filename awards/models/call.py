"""A call: what can be won, by which rules, and until when projects apply."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from festival.models import AppendOnly, Edition, Section
from festival.text.translated import TranslatedCharField, TranslatedTextField


def end_of_minute(closes: datetime) -> datetime:
    """Return the last second of the minute; a missing value, which a form reports by itself, stays missing."""
    return closes.replace(second=59, microsecond=0) if closes else closes


class CallQuerySet(models.QuerySet["Call"]):
    """Finds calls."""

    def current(self) -> "Call | None":
        """Return the newest call of the edition that the site shows, or None."""
        return self._newest().filter(edition__is_current=True).first()

    def archived(self) -> "CallQuerySet":
        """Return the calls of editions before the current one, the newest first; none while none is current."""
        current = Edition.objects.filter(is_current=True)
        return self._newest().filter(edition__start_date__lt=Subquery(current.values("start_date")[:1]))

    def _newest(self) -> "CallQuerySet":
        return self.select_related("edition").order_by("-edition__start_date", "-opens", "-pk")


class Call(ClusterableModel):
    """One contest of an edition, from its opening to its results."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="award_calls", verbose_name=_("edition"))
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        related_name="award_calls",
        null=True,
        blank=True,
        verbose_name=_("part of the week"),
        help_text=_("Gives the pages of the contest their colour and their shape."),
    )
    slug = models.SlugField(
        _("short name"),
        unique=True,
        help_text=_("Stands in the addresses of the jury. Each call has its own, whatever the edition: awards-2027."),
    )
    name = TranslatedCharField(_("name"), max_length=120)
    opens = models.DateTimeField(_("projects can apply from"))
    closes = models.DateTimeField(_("until"), help_text=_("The minute that you set is still part of the call."))
    rules_version = models.CharField(_("version of the rules"), max_length=20, default="1.0")
    rules = TranslatedTextField(_("rules"), blank=True, help_text=_("One article a paragraph, in their order."))
    jury_terms_version = models.CharField(_("version of the jury’s terms"), max_length=20, default="1.0")
    jury_terms = TranslatedTextField(
        _("terms for the jury"),
        blank=True,
        help_text=_("What jurors accept besides confidentiality and honesty about conflicts, a paragraph each."),
    )
    funding_ceiling = models.PositiveBigIntegerField(
        _("funding ceiling"),
        null=True,
        blank=True,
        help_text=_("In whole units of the edition’s currency. Projects that received more are not eligible."),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace in minutes"),
        default=30,
        validators=[MaxValueValidator(1440)],
        help_text=_("What arrives so late is still taken. No page tells of it."),
    )
    resubmit_until = models.DateTimeField(
        _("changes are taken until"),
        null=True,
        blank=True,
        help_text=_("Projects that you ask to change can be sent in again until then. Empty: until the call closes."),
    )
    languages = models.CharField(
        _("languages of applications"),
        max_length=60,
        blank=True,
        help_text=_("None chosen: all languages of the site."),
    )
    entries_per_applicant = models.PositiveSmallIntegerField(
        _("projects per applicant"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Empty: as many as they like."),
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum in percent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("More than this share of the jury must be in the room to depart from its result; 100: all of it."),
    )
    retention_until = models.DateField(
        _("applications are kept until"),
        null=True,
        blank=True,
        help_text=_("Names, addresses and files of applicants are erased after this day; what was scored stays."),
    )
    erased_at = models.DateTimeField(_("applications erased at"), null=True, blank=True, editable=False)

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call would close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100), name="call_quorum_is_a_share"
            ),
        ]
        permissions = [("run_jury", _("Can follow the jury and freeze its result"))]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse a part of another edition; let the last minute be part of the call: what is typed has no seconds."""
        super().clean()
        if self.section and self.section.edition_id != self.edition_id:
            raise ValidationError({"section": _("This part belongs to another edition.")})
        self.closes = end_of_minute(self.closes)
        self.resubmit_until = end_of_minute(self.resubmit_until) if self.resubmit_until else None
        if self.retention_until and self.closes and self.retention_until < self.closes.date():
            raise ValidationError({"retention_until": _("Applications are still coming in on this day.")})

    @property
    def grace(self) -> timedelta:
        """How long after the close an application is still taken."""
        return timedelta(minutes=self.grace_minutes)

    @property
    def language_list(self) -> list[str]:
        """The codes of the languages that applications may have, one by one; none stands for all of the site’s."""
        return [code.strip() for code in self.languages.split(",") if code.strip()]

    @property
    def articles(self) -> list[str]:
        """The articles of the rules, in the active language."""
        return [article.strip() for article in str(self.rules).split("\n\n") if article.strip()]


class SortedRow(models.Model):
    """A row that has its place among its neighbours, moved by hand in the CMS."""

    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


class Category(SortedRow):
    """A prize that projects compete for. The public's prize takes no entries: it is voted among the finalists."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="categories", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    description = TranslatedTextField(_("description"), blank=True)
    prize = TranslatedCharField(_("prize"), max_length=160, blank=True)
    by_public_vote = models.BooleanField(_("decided by the public"), default=False)
    is_closed = models.BooleanField(
        _("takes no more projects"), default=False, help_text=_("The projects that are in it stay in the contest.")
    )

    class Meta(SortedRow.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["call", "slug"], name="category_slug_once_per_call")]

    def __str__(self) -> str:
        return str(self.name)


class RulesVersion(models.Model):
    """Rules of a call as they once held: applicants, or jurors, accept a version, so its text is kept. Append-only."""

    class For(models.TextChoices):
        """Who accepts them."""

        APPLICANTS = "applicants", _("applicants")
        JURY = "jury", _("the jury")

    call = models.ForeignKey(Call, models.PROTECT, related_name="rules_versions", verbose_name=_("call"))
    audience = models.CharField(_("for"), max_length=10, choices=For.choices, default=For.APPLICANTS)
    version = models.CharField(_("version of the rules"), max_length=20)
    text = TranslatedTextField(_("rules"), blank=True)
    adopted_at = models.DateTimeField(_("adopted at"))

    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        ordering = ["-adopted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "audience", "version"], name="rules_version_once_per_call")
        ]

    def __str__(self) -> str:
        return self.version

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raise AppendOnly."""
        raise AppendOnly

    @property
    def articles(self) -> list[str]:
        """The articles of this version, in the active language."""
        return [article.strip() for article in str(self.text).split("\n\n") if article.strip()]


class Extension(models.Model):
    """More time for one applicant, with the reason; it never shortens what holds for all."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="extensions", verbose_name=_("call"))
    email = models.EmailField(_("e-mail address"), help_text=_("The address with which the applicant signs in."))
    until = models.DateTimeField(_("until"), help_text=_("The minute that you set is still part of it."))
    reason = models.CharField(_("reason"), max_length=300, help_text=_("Organisers alone read it."))

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-until", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["call", "email"],
                name="extension_once_per_applicant",
                violation_error_message=_("This address has an extension already: change that one."),
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="extension_email_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Write the address in small letters; refuse an end that gives no time."""
        super().clean()
        self.email = (self.email or "").strip().lower()
        self.until = end_of_minute(self.until)
        if self.until and self.call_id and self.until <= self.call.closes:
            raise ValidationError({"until": _("The call is open until then anyway.")})

"""What is entered in a call: a project, its state, its public facts, its sessions, what screeners decide on it.

A screening is one row a decision, never edited: the newest one holds.
"""

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.applicants import Applicant
from awards.models.call import Call, Category
from festival.models import AppendOnly
from festival.text.languages import main_language
from festival.text.translated import TranslatedCharField, TranslatedTextField
from program.models import Session


class EntryQuerySet(models.QuerySet["Entry"]):
    """Finds entries."""

    def in_contest(self) -> "EntryQuerySet":
        """Keep entries that can be ranked."""
        return self.filter(state=Entry.State.ELIGIBLE)


class Entry(models.Model):
    """One project in one category. Never deleted: it leaves the contest by its state, with the reason.

    Facts that every project has are columns; what a call asks besides are answers.
    """

    class State(models.TextChoices):
        """Where an application stands; only eligible entries are ranked."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("not eligible")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISQUALIFIED = "disqualified", _("disqualified")

    class LegalForm(models.TextChoices):
        """What the applicant is in law."""

        ASSOCIATION_1901 = "association_1901", _("association (French law of 1901)")
        ASSOCIATION = "association", _("association")
        COOPERATIVE = "cooperative", _("co-operative")
        SCIC = "scic", _("Scic, a community-interest co-operative")
        SCOP = "scop", _("Scop, a workers’ co-operative")
        SAS_ESS = "sas_ess", _("social-economy company")
        LTD = "ltd", _("limited company")
        INFORMAL = "informal", _("group without legal form")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="entries", verbose_name=_("call"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="entries", verbose_name=_("category"))
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="entries", null=True, blank=True, verbose_name=_("applicant")
    )
    slug = models.SlugField(_("short name"), max_length=80)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    state_reason = TranslatedCharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Needed when the project leaves the contest. Jurors and the chair read it."),
    )
    title = TranslatedCharField(_("title"), max_length=160)
    pitch = TranslatedTextField(_("pitch"), max_length=2000)
    holder = models.CharField(_("project holder"), max_length=160)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as FR."))
    founded = models.PositiveSmallIntegerField(
        _("started in"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    funding_received = models.PositiveBigIntegerField(
        _("funding received"), default=0, help_text=_("In whole units of the edition’s currency.")
    )
    community_size = models.PositiveIntegerField(
        _("people in the community"), null=True, blank=True, validators=[MaxValueValidator(1_000_000_000)]
    )
    website = models.URLField(_("website"), blank=True)
    video = models.URLField(_("video"), blank=True)
    licence = models.CharField(_("licence of what it shares"), max_length=60, blank=True)
    tags = models.CharField(_("tags"), max_length=250, blank=True, help_text=_("Separated by commas."))
    language = models.CharField(_("language of the application"), max_length=12, default=main_language)
    crowdfunding_url = models.URLField(_("crowdfunding page"), blank=True)
    crowdfunding_goal = models.PositiveBigIntegerField(_("crowdfunding goal"), null=True, blank=True)
    crowdfunding_raised = models.PositiveBigIntegerField(_("raised so far"), null=True, blank=True)
    crowdfunding_asked_on = models.DateField(
        _("asked on"), null=True, blank=True, help_text=_("The day on which so much had been raised.")
    )
    crowdfunding_ends = models.DateField(_("crowdfunding ends on"), null=True, blank=True)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["category__sort_order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["call", "slug"], name="entry_slug_once_per_call"),
            models.CheckConstraint(
                condition=models.Q(crowdfunding_goal__isnull=True) | models.Q(crowdfunding_goal__gt=0),
                name="entry_crowdfunding_goal_positive",
                violation_error_message=_("The crowdfunding goal must be above zero."),
            ),
            models.CheckConstraint(
                condition=models.Q(crowdfunding_raised__isnull=True) | models.Q(crowdfunding_asked_on__isnull=False),
                name="entry_crowdfunding_raised_on_a_day",
                violation_error_message=_("Say on which day so much had been raised: it changes."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse a category of another call, and one that takes no projects."""
        super().clean()
        if self.category_id is None or self.call_id is None:
            return
        if self.category.call_id != self.call_id:
            raise ValidationError({"category": _("This category belongs to another call.")})
        if self.category.by_public_vote:
            raise ValidationError({"category": _("The public decides this prize among the finalists.")})

    @property
    def tag_list(self) -> list[str]:
        """The tags, one by one."""
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]

    @property
    def is_in_contest(self) -> bool:
        """Whether the entry can be ranked."""
        return self.state == self.State.ELIGIBLE

    @property
    def crowdfunding_percent(self) -> int:
        """How much of the goal is raised, rounded down; may pass 100."""
        return 100 * (self.crowdfunding_raised or 0) // self.crowdfunding_goal if self.crowdfunding_goal else 0

    @property
    def crowdfunding_filled(self) -> int:
        """How much of the goal's bar is filled: never more than the goal."""
        return min(self.crowdfunding_raised or 0, self.crowdfunding_goal or 0)


class EntryOnStage(models.Model):
    """A project that is presented in a session. Only the Awards know from when on it may be named there."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="on_stage", verbose_name=_("project"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="entries_on_stage", verbose_name=_("session"))

    class Meta:
        verbose_name = _("project on stage")
        verbose_name_plural = _("projects on stage")
        ordering = ["session_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "session"], name="entry_once_per_session")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.session}"


class Screening(models.Model):
    """A decision on a project, or that the last one was taken back; `before` is the state that it found.

    `until` is how long an applicant who is asked for changes may send them in.
    """

    class Verdict(models.TextChoices):
        """What was decided."""

        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("not eligible")
        DISQUALIFIED = "disqualified", _("disqualified")
        CHANGES = "changes", _("changes asked for")
        UNDONE = "undone", _("taken back")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="screenings", verbose_name=_("project"))
    verdict = models.CharField(_("decision"), max_length=12, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    until = models.DateTimeField(_("changes are taken until"), null=True, blank=True)
    before = models.CharField(_("state before"), max_length=12, choices=Entry.State.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-decided_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict__in=["eligible", "undone"]) | ~Q(reason=""), name="screening_against_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(verdict="changes", until__isnull=False) | (~Q(verdict="changes") & Q(until__isnull=True)),
                name="screening_changes_have_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly


class ScreeningLetterQuerySet(models.QuerySet["ScreeningLetter"]):
    """Finds letters."""

    def pending(self) -> "ScreeningLetterQuerySet":
        """Keep what will be sent unless another decision comes first."""
        return self.filter(queued_at__isnull=True, withdrawn_at__isnull=True)


class ScreeningLetter(models.Model):
    """What an applicant will be told of a decision from `due_at` on; another decision before that withdraws it."""

    screening = models.OneToOneField(Screening, models.PROTECT, related_name="letter", verbose_name=_("screening"))
    due_at = models.DateTimeField(_("due at"))
    queued_at = models.DateTimeField(_("on its way since"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects: ClassVar[ScreeningLetterQuerySet] = ScreeningLetterQuerySet.as_manager()  # type: ignore[assignment]
    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("letter about a screening")
        verbose_name_plural = _("letters about screenings")
        ordering = ["due_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="screening_letter_sent_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return str(self.screening_id)

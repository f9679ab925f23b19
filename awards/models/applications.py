"""What a call asks besides the facts that every project has."""

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from awards.models.call import Call, SortedRow
from festival.text.translated import TranslatedCharField


class QuestionQuerySet(models.QuerySet["Question"]):
    """Finds questions."""

    def current(self) -> "QuestionQuerySet":
        """Keep the newest version of each question that is still asked."""
        return self.filter(is_current=True)

    def read_by_jurors(self, *, is_blind: bool) -> "QuestionQuerySet":
        """Keep what jurors may read: in a blind round, nothing that would tell who applied."""
        seen = self.filter(audience__in=[Question.Audience.JURY, Question.Audience.PUBLIC])
        return seen.filter(hidden_when_blind=False) if is_blind else seen


class Question(SortedRow, ClusterableModel):
    """One version of one question of a call's form; `slug` is the same in all its versions, one of which is asked."""

    class Kind(models.TextChoices):
        """What is answered."""

        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("any of several")
        DATE = "date", _("date")
        LINK = "link", _("link")
        FILE = "file", _("file")
        BUDGET = "budget", _("budget table")

    class Audience(models.TextChoices):
        """Who sees the answer besides the applicant and the organisers; each includes those before it."""

        OFFICE = "office", _("organisers only")
        CHAIR = "chair", _("the chair")
        JURY = "jury", _("the jury")
        PUBLIC = "public", _("everybody, once the project is a finalist")

    class Unit(models.TextChoices):
        """What the limit of a text counts."""

        WORDS = "words", _("words")
        CHARACTERS = "characters", _("characters")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="questions", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    is_current = models.BooleanField(_("asked now"), default=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TEXT)
    label = TranslatedCharField(_("question"), max_length=200)
    help = TranslatedCharField(_("help"), max_length=400, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    limit = models.PositiveIntegerField(_("limit"), null=True, blank=True, validators=[MinValueValidator(1)])
    limit_unit = models.CharField(_("counted in"), max_length=10, choices=Unit.choices, blank=True)
    audience = models.CharField(_("seen by"), max_length=6, choices=Audience.choices, default=Audience.JURY)
    hidden_when_blind = models.BooleanField(_("hidden in a blind round"), default=False)

    objects: ClassVar[QuestionQuerySet] = QuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(SortedRow.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["call", "slug", "version"], name="question_version_once"),
            models.UniqueConstraint(
                fields=["call", "slug"],
                condition=Q(is_current=True),
                name="question_one_version_is_asked",
                violation_error_message=_("Another version of this question is asked already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="text", limit__isnull=False, limit__gt=0, limit_unit__in=["words", "characters"])
                | Q(limit__isnull=True, limit_unit=""),
                name="question_limit_of_a_text",
                violation_error_message=_("Only a text has a limit, in words or in characters."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)


class QuestionOption(SortedRow):
    """One of the answers to choose from."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options", verbose_name=_("question"))
    slug = models.SlugField(_("short name"))
    label = TranslatedCharField(_("answer"), max_length=120)

    class Meta(SortedRow.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="option_once_per_question")]

    def __str__(self) -> str:
        return str(self.label)

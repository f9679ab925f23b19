"""What a call asks besides the facts that every project has."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from awards.models.call import Call, Category, SortedRow
from festival.text.translated import TranslatedCharField

IN_EVERY_DATABASE = [MinValueValidator(-2_000_000_000), MaxValueValidator(2_000_000_000)]


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
        VIDEO = "video", _("address of a video")
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

    class FileKind(models.TextChoices):
        """What a file may be, as found in it."""

        PDF = "pdf", _("PDF")
        IMAGE = "image", _("picture")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="questions", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    version = models.PositiveSmallIntegerField(
        _("version"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    is_current = models.BooleanField(_("asked now"), default=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TEXT)
    label = TranslatedCharField(_("question"), max_length=200)
    help = TranslatedCharField(_("help"), max_length=400, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    limit = models.PositiveIntegerField(
        _("limit"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    limit_unit = models.CharField(_("counted in"), max_length=10, choices=Unit.choices, blank=True)
    audience = models.CharField(_("seen by"), max_length=6, choices=Audience.choices, default=Audience.JURY)
    hidden_when_blind = models.BooleanField(_("hidden in a blind round"), default=False)
    heading = TranslatedCharField(
        _("heading above it"), max_length=120, blank=True, help_text=_("Begins a part of the form with this question.")
    )
    least = models.IntegerField(_("at least"), null=True, blank=True, validators=IN_EVERY_DATABASE)
    most = models.IntegerField(_("at most"), null=True, blank=True, validators=IN_EVERY_DATABASE)
    file_kinds = models.CharField(_("kinds of files"), max_length=60, blank=True)  # of FileKind, separated by commas
    max_megabytes = models.PositiveSmallIntegerField(
        _("megabytes per file"), default=10, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    max_files = models.PositiveSmallIntegerField(
        _("files at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    depends_on = models.SlugField(
        _("asked only if this question"),
        blank=True,
        help_text=_("The short name of a question of this call with options. Empty: it is always asked."),
    )
    depends_options = models.CharField(
        _("has one of these answers"),
        max_length=250,
        blank=True,
        help_text=_("The short names of the options, separated by commas."),
    )
    categories = ParentalManyToManyField(
        Category,
        blank=True,
        related_name="questions",
        verbose_name=_("asked in these categories"),
        help_text=_("None chosen: in all."),
    )

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
            models.CheckConstraint(
                condition=Q(kind="number") | Q(least__isnull=True, most__isnull=True),
                name="question_range_of_a_number",
                violation_error_message=_("Only a number has a least and a most."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=F("least")),
                name="question_range_is_not_empty",
                violation_error_message=_("The most is below the least."),
            ),
            models.CheckConstraint(
                condition=Q(depends_on="", depends_options="") | (~Q(depends_on="") & ~Q(depends_options="")),
                name="question_condition_is_whole",
                violation_error_message=_("A condition names a question and the answers to it."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        """Refuse a condition on a question or an option that the call does not have, and on the question itself."""
        super().clean()
        if not (self.depends_on and self.call_id):
            return
        other = Question.objects.current().filter(call=self.call_id, slug=self.depends_on).first()
        known = set(other.options.values_list("slug", flat=True)) if other else set()
        if other is None or not known or other.slug == self.slug:
            raise ValidationError({"depends_on": _("This call has no such question with options.")})
        if not set(self.depends_option_list) <= known:
            raise ValidationError({"depends_options": _("That question has no such option.")})

    @property
    def depends_option_list(self) -> list[str]:
        """The options of the other question with which this one is asked, one by one."""
        return [slug.strip() for slug in self.depends_options.split(",") if slug.strip()]

    @property
    def file_kind_list(self) -> list[str]:
        """The kinds of files that are taken, one by one; none stands for all."""
        return [kind.strip() for kind in self.file_kinds.split(",") if kind.strip()] or list(self.FileKind.values)


class QuestionOption(SortedRow):
    """One of the answers to choose from."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options", verbose_name=_("question"))
    slug = models.SlugField(_("short name"))
    label = TranslatedCharField(_("answer"), max_length=120)
    excludes = models.BooleanField(
        _("excludes the project"),
        default=False,
        help_text=_("Who answers this is told at once that the project is not eligible, and so are the screeners."),
    )
    exclusion = TranslatedCharField(
        _("why it excludes"), max_length=250, blank=True, help_text=_("What the applicant then reads.")
    )

    class Meta(SortedRow.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="option_once_per_question")]

    def __str__(self) -> str:
        return str(self.label)

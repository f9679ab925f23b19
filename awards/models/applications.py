"""What a call asks besides the facts that every project has, what was answered, and what was sent in when."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from awards.models.call import Call, SortedRow
from awards.models.entries import Entry
from festival.models import AppendOnly
from festival.text.translated import TranslatedCharField

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", _("This is not a SHA-256 in hexadecimal digits."))


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


def _refuse_other_call(question: Question, entry: Entry) -> None:
    if question.call_id != entry.call_id:
        raise ValidationError({"question": _("This question belongs to another call.")})


class Answer(models.Model):
    """What an applicant answers to a version of a question; `value` is what `awards.application.rules` takes."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="answers", verbose_name=_("project"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    value = models.JSONField(_("answer"))
    updated_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["entry_id", "question__sort_order", "question_id"]
        constraints = [models.UniqueConstraint(fields=["entry", "question"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return f"{self.question_id} ({self.entry_id})"

    def clean(self) -> None:
        """Refuse an answer to another call's question."""
        super().clean()
        if self.question_id and self.entry_id:
            _refuse_other_call(self.question, self.entry)


class EntryRevision(models.Model):
    """What was sent in, whole, as it was at that moment. Append-only; the hash is that of the canonical JSON."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="revisions", verbose_name=_("project"))
    number = models.PositiveIntegerField(_("number"), validators=[MinValueValidator(1)])
    rules_version = models.CharField(_("accepted version of the rules"), max_length=20, blank=True)
    snapshot = models.JSONField(_("what was sent in"))
    sha256 = models.CharField(_("hash"), max_length=64, validators=[SHA256])
    submitted_at = models.DateTimeField(_("submitted at"))

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering = ["entry_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="revision_number_once_per_entry"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbers_begin_at_one"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="revision_sha256_in_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raise AppendOnly."""
        raise AppendOnly


class EntryFile(models.Model):
    """A file of an application, known by its hash. `redacted` points to the version that a blind round may see."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files", verbose_name=_("project"))
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="files", limit_choices_to={"kind": "file"}, verbose_name=_("question")
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("As the applicant named it. Never an address."))
    media_type = models.CharField(
        _("media type"), max_length=100, help_text=_("As found in the file, not in its name.")
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), validators=[MinValueValidator(1)])
    sha256 = models.CharField(_("hash"), max_length=64, validators=[SHA256])
    redacted = models.OneToOneField(
        "self", models.PROTECT, related_name="original", null=True, blank=True, verbose_name=_("version without names")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("file of a project")
        verbose_name_plural = _("files of projects")
        ordering = ["entry_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "question", "sha256"], name="entry_file_once_per_question"),
            models.CheckConstraint(condition=Q(size__gt=0), name="entry_file_is_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="entry_file_sha256_in_hex"),
            models.CheckConstraint(
                condition=Q(redacted__isnull=True) | ~Q(redacted=F("id")), name="entry_file_is_not_its_own_redaction"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a question of another call or kind, and a redaction that belongs to another project."""
        super().clean()
        if self.question_id and self.entry_id:
            _refuse_other_call(self.question, self.entry)
            if self.question.kind != Question.Kind.FILE:
                raise ValidationError({"question": _("This question asks for no file.")})
        if self.redacted is not None and self.redacted.entry_id != self.entry_id:
            raise ValidationError({"redacted": _("This file belongs to another project.")})

"""What an applicant types, what was answered, and what was sent in when."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from awards.models.applicants import Applicant
from awards.models.applications import Question
from awards.models.entries import Entry
from festival.models import AppendOnly
from festival.text.languages import main_language

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", _("This is not a SHA-256 in hexadecimal digits."))


def private_storage() -> Storage:
    """Return where files lie that no address leads to."""
    return storages["private"]


def _refuse_other_call(question: Question, entry: Entry) -> None:
    if question.call_id != entry.call_id:
        raise ValidationError({"question": _("This question belongs to another call.")})


class EntryDraft(models.Model):
    """What is typed in the form of a project, right or wrong, as it was last saved; jurors never read it.

    What counts is what was sent in: the columns and answers of the project. `window` is the open page that saved last,
    and `turn` the number of the save in it.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="draft", verbose_name=_("project"))
    typed = models.JSONField(_("what is typed"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    window = models.CharField(_("window"), max_length=32, blank=True)
    turn = models.PositiveIntegerField(_("save in that window"), default=0)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(
        Applicant, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("saved by")
    )

    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("draft of a project")
        verbose_name_plural = _("drafts of projects")
        ordering = ["entry_id"]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.version})"


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

    wagtail_reference_index_ignore = True  # rows that no editor links to

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
    file = models.FileField(_("file"), upload_to="entries/", storage=private_storage, max_length=200)
    redacted = models.OneToOneField(
        "self", models.PROTECT, related_name="original", null=True, blank=True, verbose_name=_("version without names")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    removed_at = models.DateTimeField(
        _("taken out at"),
        null=True,
        blank=True,
        help_text=_("The file stays while a version that was sent in has it."),
    )

    wagtail_reference_index_ignore = True  # rows that no editor links to

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


class EntryMemberQuerySet(models.QuerySet["EntryMember"]):
    """Finds people of projects."""

    def present(self) -> "EntryMemberQuerySet":
        """Keep those who are invited or have joined, and have not left."""
        return self.filter(ended_at__isnull=True)

    def joined(self) -> "EntryMemberQuerySet":
        """Keep those who may work on the project now."""
        return self.present().filter(applicant__isnull=False)


class EntryMember(models.Model):
    """Somebody whom the owner of a project invites by mail to write with them; the owner alone sends it in.

    They join by the link in that mail, which proves their address; `ended_at` is when they left or were taken out.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="members", verbose_name=_("project"))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of the mails"), max_length=12, default=main_language)
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="memberships", null=True, blank=True, verbose_name=_("applicant")
    )
    invited_at = models.DateTimeField(_("invited at"))
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects: ClassVar[EntryMemberQuerySet] = EntryMemberQuerySet.as_manager()  # type: ignore[assignment]
    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("member of a project")
        verbose_name_plural = _("members of projects")
        ordering = ["entry_id", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["entry", "email"], condition=Q(ended_at__isnull=True), name="entry_member_present_once"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="entry_member_email_in_small_letters"),
            models.CheckConstraint(
                condition=Q(applicant__isnull=True, joined_at__isnull=True)
                | Q(applicant__isnull=False, joined_at__isnull=False),
                name="entry_member_who_joined_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} #{self.pk}"  # no address: the audit log names rows by this


class EntryReminder(models.Model):
    """A mail that told an applicant how long the call is still open; each kind goes out once a project."""

    class Kind(models.TextChoices):
        """How long before the close it is due."""

        THREE_DAYS = "72h", _("three days before")
        ONE_DAY = "24h", _("a day before")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reminders", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    sent_at = models.DateTimeField(_("sent at"))

    wagtail_reference_index_ignore = True  # rows that no editor links to

    class Meta:
        verbose_name = _("reminder of a draft")
        verbose_name_plural = _("reminders of drafts")
        ordering = ["entry_id", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "kind"], name="entry_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"

"""Who works on a project besides its owner, and who was reminded of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from awards.models.applicants import Applicant
from awards.models.entries import Entry
from festival.text.languages import main_language


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
        return self.email


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

"""Who is told what, and when: applicants by mail, then everybody; and what an applicant may read of the cards."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.models.call import Call
from awards.models.entries import Entry
from awards.models.prizes import Decision, Prize
from awards.models.results import Tally
from awards.models.rounds import Round
from awards.models.scores import Scorecard
from festival.models import OutgoingMail
from festival.text.translated import TranslatedCharField, TranslatedTextField


class Announcement(models.Model):
    """The winners of a call become known: applicants at `tell_at`, everybody at `publish_at`.

    Before it is told, its moments may be changed; afterwards it can only be withdrawn, with a notice that all can read.
    `decisions` are those that stood when applicants were told. `stage_begun_at` is when the stage screen began to name
    winners; until then it rehearses.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="announcements", verbose_name=_("call"))
    tell_at = models.DateTimeField(_("applicants are told at"))
    publish_at = models.DateTimeField(_("public from"))
    at_last_reveal = models.BooleanField(_("public with the last reveal on stage, if that is earlier"), default=False)
    names_jury = models.BooleanField(_("names the jury"), default=True)
    certifies_finalists = models.BooleanField(_("finalists get a certificate too"), default=False)
    word = TranslatedTextField(_("word of the jury"), max_length=2000, blank=True)
    decisions = models.ManyToManyField(
        Decision, related_name="announcements", blank=True, editable=False, verbose_name=_("decisions")
    )
    created_at = models.DateTimeField(_("planned at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("planned by")
    )
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    stage_begun_at = models.DateTimeField(_("ceremony begun at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    notice = TranslatedCharField(_("notice"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(withdrawn_at__isnull=True), name="announcement_one_stands_per_call"
            ),
            models.CheckConstraint(
                condition=Q(publish_at__gte=F("tell_at")), name="announcement_tells_applicants_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class AnnouncementLetter(models.Model):
    """What one project is told of an announcement: once."""

    wagtail_reference_index_ignore = True

    class Outcome(models.TextChoices):
        """What became of the project."""

        WINNER = "winner", _("winner")
        MENTION = "mention", _("special mention")
        FINALIST = "finalist", _("finalist, without a prize")
        NOT_CHOSEN = "not_chosen", _("not chosen")

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="letters", verbose_name=_("announcement")
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="announcement_letters", verbose_name=_("project"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("mail")
    )
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("letter of an announcement")
        verbose_name_plural = _("letters of announcements")
        ordering = ["announcement_id", "entry__slug"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "entry"], name="announcement_letter_once_per_project")
        ]

    def __str__(self) -> str:
        # Nor which project nor its outcome: the audit log shows it.
        return f"{self._meta.verbose_name} {self.pk}"


class CeremonyStep(models.Model):
    """A step of the evening on which the prizes are given: a prize, or something else such as a welcome or a film."""

    wagtail_reference_index_ignore = True

    call = models.ForeignKey(Call, models.PROTECT, related_name="ceremony_steps", verbose_name=_("call"))
    place = models.PositiveSmallIntegerField(_("place"), validators=[MaxValueValidator(9999)])
    prize = models.OneToOneField(
        Prize, models.CASCADE, related_name="ceremony_step", null=True, blank=True, verbose_name=_("prize")
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    presenter = models.CharField(_("who is on stage"), max_length=160, blank=True)
    note = models.TextField(_("note for the host"), max_length=1000, blank=True)
    names_finalists = models.BooleanField(_("names the finalists before the winner"), default=False)

    class Meta:
        verbose_name = _("step of the ceremony")
        verbose_name_plural = _("steps of the ceremony")
        ordering = ["call_id", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prize__isnull=False) | ~Q(title=""), name="ceremony_step_without_a_prize_has_a_title"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class FinalistLetter(models.Model):
    """What one project is told of a frozen result: whether it is a finalist."""

    wagtail_reference_index_ignore = True

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="finalist_letters", verbose_name=_("frozen result"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="finalist_letters", verbose_name=_("project"))
    is_finalist = models.BooleanField(_("finalist"))
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("mail")
    )
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("letter about finalists")
        verbose_name_plural = _("letters about finalists")
        ordering = ["tally_id", "entry__slug"]
        constraints = [models.UniqueConstraint(fields=["tally", "entry"], name="finalist_letter_once_per_project")]

    def __str__(self) -> str:
        # Nor which project nor what it was told: the audit log shows it.
        return f"{self._meta.verbose_name} {self.pk}"


class FeedbackRelease(models.Model):
    """The chair gives applicants of a round their feedback: the profile by criterion, and what was chosen besides."""

    wagtail_reference_index_ignore = True

    round = models.OneToOneField(Round, models.PROTECT, related_name="feedback_release", verbose_name=_("round"))
    shows_place = models.BooleanField(_("says roughly where the project stood"), default=False)
    shows_comments = models.BooleanField(_("shows the comments that were let through"), default=True)
    released_at = models.DateTimeField(_("released at"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("released by")
    )

    class Meta:
        verbose_name = _("feedback to applicants")
        verbose_name_plural = _("feedback to applicants")
        ordering = ["-released_at"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class FeedbackComment(models.Model):
    """A comment for the applicant, as the chair lets it through; without it nothing of a card's words is shown."""

    wagtail_reference_index_ignore = True

    card = models.OneToOneField(Scorecard, models.PROTECT, related_name="feedback_comment", verbose_name=_("scorecard"))
    text = models.TextField(_("comment"), max_length=4000)
    moderated_at = models.DateTimeField(_("let through at"))
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("let through by")
    )

    class Meta:
        verbose_name = _("comment for an applicant")
        verbose_name_plural = _("comments for applicants")
        ordering = ["card_id"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

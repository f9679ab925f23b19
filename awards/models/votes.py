"""The public's vote: one ballot a voter, its grades, and what was sent and waits for its confirmation."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.entries import Entry
from awards.models.rounds import Round


class PublicBallotQuerySet(models.QuerySet["PublicBallot"]):
    """Finds ballots."""

    def counting(self) -> "PublicBallotQuerySet":
        """Keep ballots that count."""
        return self.exclude(state=PublicBallot.State.VOID)


class PublicBallot(models.Model):
    """What one voter says of the finalists of a vote; they may change it until the end. Never deleted.

    `voter` is a keyed hash of the mailbox that proved who votes, `ticket` one of the ticket, if that was the proof;
    nobody can read either from it. `network` is one of the network, keyed for the day, and is emptied when the vote has
    been counted. `sealed_at` is when a frozen result counted it, or left it out: the database keeps it as it is then.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Whether it counts; a suspect one does, until somebody decides."""

        VALID = "valid", _("valid")
        SUSPECT = "suspect", _("suspect")
        VOID = "void", _("void")

    class Reason(models.TextChoices):
        """Why somebody doubts a ballot. The result says these words, with how many."""

        NETWORK = "network", _("many ballots of one network")
        BURST = "burst", _("many ballots within minutes")
        DOMAIN = "domain", _("throw-away addresses, or many of one domain")
        TICKET = "ticket", _("the ticket was cancelled")
        OTHER = "other", _("another reason")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="public_ballots", verbose_name=_("round"))
    voter = models.CharField(_("voter"), max_length=64)
    ticket = models.CharField(_("ticket"), max_length=64, blank=True)
    domain = models.CharField(_("mail domain"), max_length=255, blank=True)
    network = models.CharField(_("network"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.VALID)
    state_reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    state_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    confirmed_at = models.DateTimeField(_("confirmed at"))
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)

    objects: ClassVar[PublicBallotQuerySet] = PublicBallotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ballot of the public")
        verbose_name_plural = _("ballots of the public")
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voter"], name="public_ballot_once_per_voter"),
            models.UniqueConstraint(
                fields=["round", "ticket"], condition=~Q(ticket=""), name="public_ballot_once_per_ticket"
            ),
            models.CheckConstraint(
                condition=Q(state="valid") | ~Q(state_reason=""), name="public_ballot_doubted_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PublicGrade(models.Model):
    """The grade of one finalist on one ballot; the higher, the better."""

    wagtail_reference_index_ignore = True

    ballot = models.ForeignKey(PublicBallot, models.PROTECT, related_name="grades", verbose_name=_("ballot"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="public_grades", verbose_name=_("project"))
    value = models.PositiveSmallIntegerField(_("grade"))

    class Meta:
        verbose_name = _("grade of the public")
        verbose_name_plural = _("grades of the public")
        ordering = ["ballot_id", "entry_id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "entry"], name="public_grade_once_per_entry"),
            models.CheckConstraint(condition=Q(value__lte=4), name="public_grade_has_a_word"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class SentBallot(models.Model):
    """A ballot that waits for the link in its mail. `grades` maps the uuids of finalists to grades."""

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="sent_ballots", verbose_name=_("round"))
    voter = models.CharField(_("voter"), max_length=64)
    domain = models.CharField(_("mail domain"), max_length=255, blank=True)
    network = models.CharField(_("network"), max_length=64, blank=True)
    grades = models.JSONField(_("grades"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("ballot to be confirmed")
        verbose_name_plural = _("ballots to be confirmed")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

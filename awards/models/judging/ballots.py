"""What jurors give in rounds without weighted marks: one ballot of a round, or answers about pairs of projects."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.models.entries import Entry
from awards.models.judging.jurors import Juror
from awards.models.rounds import Round


class JuryBallot(models.Model):
    """A juror's ballot of a round of grades, ranks, approvals or checks. `version` grows with every save."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Only submitted ballots count."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")

    round = models.ForeignKey(Round, models.PROTECT, related_name="ballots", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="ballots", verbose_name=_("juror"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=0)
    updated_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ballot of a juror")
        verbose_name_plural = _("ballots of jurors")
        ordering = ["round_id", "juror_id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "juror"], name="jury_ballot_once_per_juror"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="jury_ballot_submitted_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class BallotLine(models.Model):
    """What a ballot says of one project: a grade (higher is better), a rank (1 is best), or 1 for yes and 0 for no."""

    wagtail_reference_index_ignore = True

    ballot = models.ForeignKey(JuryBallot, models.CASCADE, related_name="lines", verbose_name=_("ballot"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="ballot_lines", verbose_name=_("project"))
    value = models.PositiveSmallIntegerField(_("value"))

    class Meta:
        verbose_name = _("line of a ballot")
        verbose_name_plural = _("lines of ballots")
        ordering = ["ballot_id", "entry_id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "entry"], name="ballot_line_once_per_entry")]

    def __str__(self) -> str:
        return str(self.value)


class BallotVersion(models.Model):
    """A ballot as it was saved once, by the projects' uuids. Append-only."""

    wagtail_reference_index_ignore = True

    ballot = models.ForeignKey(JuryBallot, models.PROTECT, related_name="versions", verbose_name=_("ballot"))
    version = models.PositiveIntegerField(_("version"))
    lines = models.JSONField(_("lines"))
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("version of a ballot")
        verbose_name_plural = _("versions of ballots")
        ordering = ["ballot_id", "version"]
        constraints = [models.UniqueConstraint(fields=["ballot", "version"], name="ballot_version_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.version}"


class PairAnswerQuerySet(models.QuerySet["PairAnswer"]):
    """Finds answers."""

    def standing(self) -> "PairAnswerQuerySet":
        """Keep what was not taken back."""
        return self.filter(undone_at__isnull=True)


class PairAnswer(models.Model):
    """Which of two projects a juror found better; without a winner, the pair was skipped. Taken back, never deleted."""

    wagtail_reference_index_ignore = True

    round = models.ForeignKey(Round, models.PROTECT, related_name="pair_answers", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="pair_answers", verbose_name=_("juror"))
    one = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("first project"))
    other = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("second project"))
    winner = models.ForeignKey(
        Entry, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("the better one")
    )
    answered_at = models.DateTimeField(_("answered at"))
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects: ClassVar[PairAnswerQuerySet] = PairAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("answer about a pair")
        verbose_name_plural = _("answers about pairs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_in_one_order"),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(winner=F("one")) | Q(winner=F("other")),
                name="pair_won_by_one_of_both",
            ),
            models.UniqueConstraint(
                fields=["round", "juror", "one", "other"],
                condition=Q(undone_at__isnull=True),
                name="pair_answered_once_per_juror",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

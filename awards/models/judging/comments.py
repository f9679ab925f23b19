"""What jurors say beside their marks: comments by who reads them, a star, a flag, and that they are finished."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.judging.jurors import Juror
from awards.models.jury import Assignment
from awards.models.rounds import Round
from awards.models.scores import Scorecard


class CardComment(models.Model):
    """A text of a card for others than the chair, whom `Scorecard.comment` is for. It is saved with its card."""

    wagtail_reference_index_ignore = True

    class Audience(models.TextChoices):
        """Who reads it. What the applicant reads is let through by the chair."""

        PRIVATE = "private", _("only me")
        JURY = "jury", _("the jury, once their own scorecard is in")
        APPLICANT = "applicant", _("the applicant, if the chair lets it through")

    card = models.ForeignKey(Scorecard, models.PROTECT, related_name="comments", verbose_name=_("scorecard"))
    audience = models.CharField(_("who reads it"), max_length=10, choices=Audience.choices)
    text = models.TextField(_("comment"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("comment of a scorecard")
        verbose_name_plural = _("comments of scorecards")
        ordering = ["card_id", "audience"]
        constraints = [models.UniqueConstraint(fields=["card", "audience"], name="card_comment_once_per_audience")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ReadingNote(models.Model):
    """What a juror keeps of a project beside the card: a star of their own, and a flag that the chair looks at."""

    wagtail_reference_index_ignore = True

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="note", verbose_name=_("assignment"))
    is_starred = models.BooleanField(_("on the juror’s own list"), default=False)
    flag = models.CharField(_("what the chair should look at"), max_length=500, blank=True)
    flagged_at = models.DateTimeField(_("flagged at"), null=True, blank=True)

    class Meta:
        verbose_name = _("note of a reading")
        verbose_name_plural = _("notes of readings")
        ordering = ["assignment_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(flag="", flagged_at__isnull=True) | (~Q(flag="") & Q(flagged_at__isnull=False)),
                name="reading_note_flag_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class FinishedRound(models.Model):
    """A juror says that they are finished with a round. It closes nothing: the chair stops waiting."""

    wagtail_reference_index_ignore = True

    round = models.ForeignKey(Round, models.PROTECT, related_name="finished", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="finished", verbose_name=_("juror"))
    finished_at = models.DateTimeField(_("finished at"))

    class Meta:
        verbose_name = _("finished round")
        verbose_name_plural = _("finished rounds")
        ordering = ["round_id", "juror_id"]
        constraints = [models.UniqueConstraint(fields=["round", "juror"], name="round_finished_once_per_juror")]

    def __str__(self) -> str:
        return f"{self.round} · {self.juror}"

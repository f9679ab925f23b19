"""What jurors write: a card per assignment, a mark per criterion, and the log of every change."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards.models.jury import Assignment
from awards.models.rubrics import HIGHEST_MARK, Criterion


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Finds cards."""

    def counting(self) -> "ScorecardQuerySet":
        """Keep cards that were handed in and that no recusal voids."""
        return self.filter(state=Scorecard.State.SUBMITTED, assignment__state=Assignment.State.OPEN)

    def with_marks(self) -> "ScorecardQuerySet":
        """Keep cards that have a mark, void ones too: they stay on record."""
        return self.filter(Exists(Score.objects.filter(card=OuterRef("pk"))))


class Scorecard(models.Model):
    """A juror's judgement of an entry. `version` grows with every save, so that two open windows notice each other.

    `window` is the open page that saved last, and `turn` the number of that save in it: a page whose answer was lost
    on the way is known again, and what arrives late does not replace what was sent after it.

    `sealed_at` is when the round's result was last frozen: from then on the database refuses another word or mark, and
    lets the card only be voided. A clock that was put back before it, for a rehearsal, lifts the seal.
    """

    wagtail_reference_index_ignore = True  # what jurors write is listed nowhere in the CMS

    class State(models.TextChoices):
        """Only submitted cards count."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        VOIDED = "voided", _("void")
        ABSTAINED = "abstained", _("abstained")

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="scorecard", verbose_name=_("assignment")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=0)
    comment = models.TextField(_("comment"), blank=True, max_length=4000)
    window = models.CharField(_("page that saved last"), max_length=36, blank=True)
    turn = models.PositiveIntegerField(_("number of the save in that page"), default=0)
    abstains_because = models.CharField(_("why the juror abstains"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    sealed_at = models.DateTimeField(_("sealed by a frozen result at"), null=True, blank=True, editable=False)

    objects: ClassVar[ScorecardQuerySet] = ScorecardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["assignment_id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="scorecard_submitted_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(state="voided", voided_at__isnull=False) | (~Q(state="voided") & Q(voided_at__isnull=True)),
                name="scorecard_voided_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="abstained") | ~Q(abstains_because=""), name="scorecard_abstained_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        # Nor whose it is nor of what: the audit log shows it, and tells nobody how a project is doing.
        return f"{self._meta.verbose_name} {self.pk}"


class Score(models.Model):
    """The mark of one criterion on one card."""

    wagtail_reference_index_ignore = True

    card = models.ForeignKey(Scorecard, models.PROTECT, related_name="scores", verbose_name=_("scorecard"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    value = models.PositiveSmallIntegerField(_("mark"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["card_id", "criterion__sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["card", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=HIGHEST_MARK), name="score_on_the_scale"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class ScoreChange(models.Model):
    """One change of one mark. Append-only; `fsck` compares the last one with the mark."""

    wagtail_reference_index_ignore = True

    card = models.ForeignKey(Scorecard, models.PROTECT, related_name="changes", verbose_name=_("scorecard"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="changes", verbose_name=_("criterion"))
    old_value = models.PositiveSmallIntegerField(_("old mark"), null=True)
    new_value = models.PositiveSmallIntegerField(_("new mark"))
    version = models.PositiveIntegerField(_("version of the card"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change of a score")
        verbose_name_plural = _("changes of scores")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old_value} → {self.new_value}"

"""How a call is judged: its rounds one after the other, each with the rubric that its cards answer."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from awards.models.call import Call, end_of_minute
from awards.models.rubrics import Rubric
from festival.text.translated import TranslatedCharField


class RoundQuerySet(models.QuerySet["Round"]):
    """Finds rounds."""

    def of_jurors(self) -> "RoundQuerySet":
        """Keep the rounds in which jurors score, in their order."""
        return self.exclude(kind=Round.Kind.PUBLIC).order_by("order")


class Round(models.Model):
    """One step of judging. Assignments, cards and tallies belong to a round; a round never touches another's."""

    class Kind(models.TextChoices):
        """Who judges what."""

        SCREENING = "screening", _("screening")
        JURY = "jury", _("jury")
        FINAL = "final", _("final")
        PUBLIC = "public", _("public vote")

    class Mode(models.TextChoices):
        """What one who judges gives."""

        CHECK = "check", _("pass or fail")
        SCORE = "score", _("weighted marks")
        GRADE = "grade", _("majority judgment")
        RANK = "rank", _("ranking")
        APPROVE = "approve", _("approval")
        PAIRWISE = "pairwise", _("pairs")

    class TallyMethod(models.TextChoices):
        """How weighted marks are counted."""

        MEAN = "mean", _("the mean of the cards")
        MIXED = "mixed", _("the mean, corrected for harsh and generous jurors")

    class Voters(models.TextChoices):
        """By what one who votes in a public vote proves to be one person."""

        BOTH = "both", _("by mail or by ticket")
        MAIL = "mail", _("by mail only")
        TICKET = "ticket", _("by ticket only")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = ParentalKey(Call, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("call"))
    order = models.PositiveSmallIntegerField(
        _("number"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.JURY)
    mode = models.CharField(_("judged by"), max_length=10, choices=Mode.choices, default=Mode.SCORE)
    name = TranslatedCharField(_("name"), max_length=120)
    opens = models.DateTimeField(_("opens"))
    closes = models.DateTimeField(_("closes"), help_text=_("The minute that you set is still part of the round."))
    announced_at = models.DateTimeField(
        _("its outcome is public from"),
        null=True,
        blank=True,
        help_text=_("Of a jury’s round: its finalists, once their result is frozen. Empty: never."),
    )
    told_hours_before = models.PositiveSmallIntegerField(
        _("applicants are told so many hours before"),
        default=24,
        validators=[MaxValueValidator(720)],
        help_text=_("Each by mail, of their own project only, before the finalists are public. 0: at that moment."),
    )
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, related_name="rounds", null=True, blank=True, verbose_name=_("rubric")
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="followers",
        null=True,
        blank=True,
        verbose_name=_("takes the finalists of"),
        help_text=_("Empty: it takes all eligible projects."),
    )
    is_blind = models.BooleanField(
        _("blind"), default=False, help_text=_("Jurors do not see who applied, nor answers that would tell.")
    )
    readers_per_entry = models.PositiveSmallIntegerField(
        _("jurors per project"), default=3, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    finalists_per_category = models.PositiveSmallIntegerField(
        _("finalists per category"), default=3, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    tally_method = models.CharField(
        _("counted by"),
        max_length=10,
        choices=TallyMethod.choices,
        default=TallyMethod.MEAN,
        help_text=_("Of weighted marks. Where every juror reads every project, both give the same order."),
    )
    pools_earlier = models.BooleanField(
        _("counts the cards of the rounds before"),
        default=False,
        help_text=_("Of the rounds that it follows, on the projects still there. All have the same scorecard."),
    )
    peers_visible = models.BooleanField(
        _("jurors see one another’s scores"),
        default=False,
        help_text=_("Of a project, once their own scorecard is in; never before."),
    )
    calibration_entry = models.ForeignKey(
        "awards.Entry",
        models.PROTECT,
        related_name="calibrates",
        null=True,
        blank=True,
        verbose_name=_("project to tune by"),
        help_text=_("The whole jury scores it first and then sees what the others gave. It is not in the result."),
    )
    most_approved = models.PositiveSmallIntegerField(
        _("most projects that one approves"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("Of a round of approval; empty: as many as one likes."),
    )
    least_views = models.PositiveSmallIntegerField(
        _("least views of a project"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("Of a round of pairs: no project is left behind before it was looked at so often."),
    )
    voters = models.CharField(
        _("who votes"),
        max_length=6,
        choices=Voters.choices,
        default=Voters.BOTH,
        help_text=_("Of a public vote: one ballot a mailbox; a ticket votes for the mailbox of its holder, at once."),
    )

    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["call_id", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "order"],
                name="round_order_once_per_call",
                violation_error_message=_("This call has another round of this number."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="round_closes_after_it_opens",
                violation_error_message=_("The round would close before it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(mode="score") | Q(rubric__isnull=False),
                name="round_of_marks_has_a_rubric",
                violation_error_message=_("A round of weighted marks needs a rubric."),
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="round_does_not_follow_itself",
                violation_error_message=_("A round cannot follow itself."),
            ),
            models.CheckConstraint(
                condition=Q(pools_earlier=False) | Q(follows__isnull=False),
                name="round_pools_what_it_follows",
                violation_error_message=_("A round that counts earlier cards needs a round that it follows."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.name}"

    def is_open(self, at: datetime) -> bool:
        """Return whether the round runs at the aware moment `at`; both ends belong to it."""
        return self.opens <= at <= self.closes

    def clean(self) -> None:
        """Refuse a rubric of another call, and a round that follows one of another call or a later one.

        The last minute is part of the round.
        """
        super().clean()
        self.closes = end_of_minute(self.closes)
        if self.rubric is not None and self.call_id and self.rubric.call_id != self.call_id:
            raise ValidationError({"rubric": _("This rubric belongs to another call.")})
        if self.follows is not None and self.call_id:
            if self.follows.call_id != self.call_id:
                raise ValidationError({"follows": _("This round belongs to another call.")})
            if self.follows.order >= self.order:
                raise ValidationError({"follows": _("A round takes finalists of an earlier one only.")})
            if self.pools_earlier and self.follows.rubric_id != self.rubric_id:
                raise ValidationError(
                    {
                        "pools_earlier": _(
                            "The round that it follows has another scorecard: its cards cannot be counted."
                        )
                    }
                )

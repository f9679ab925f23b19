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
from modelcluster.models import ClusterableModel

from awards.models.call import Call, SortedRow, end_of_minute
from festival.text.translated import TranslatedCharField


class Rubric(ClusterableModel):
    """The criteria and the scale that jurors score by. Once a card is in, it stays as it is: a change is a new version.

    Its words may be mended; its weights, marks and tie-break may not.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="rubrics", verbose_name=_("call"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    name = TranslatedCharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["call_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "version"],
                name="rubric_version_once_per_call",
                violation_error_message=_("This call has a rubric of this version already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.name} {self.version}"


class Criterion(SortedRow):
    """A question that jurors answer with a mark. `tie_break` 1 is looked at first when totals are equal."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("rubric"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    question = TranslatedCharField(_("question"), max_length=250, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The weights of a rubric make 100 together."),
    )
    tie_break = models.PositiveSmallIntegerField(
        _("place in the tie-break"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("1 is looked at first when totals are equal; empty is not looked at. The chair’s vote comes last."),
    )

    class Meta(SortedRow.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "slug"], name="criterion_slug_once_per_rubric"),
            models.UniqueConstraint(
                fields=["rubric", "tie_break"],
                name="criterion_tie_break_once_per_rubric",
                violation_error_message=_("Two criteria have the same place in the tie-break."),
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=100), name="criterion_weight_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ScaleLevel(models.Model):
    """One mark of the scale and the word for it."""

    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="scale", verbose_name=_("rubric"))
    value = models.PositiveSmallIntegerField(_("mark"), validators=[MaxValueValidator(5)])
    label = TranslatedCharField(_("word"), max_length=40)

    class Meta:
        verbose_name = _("level of the scale")
        verbose_name_plural = _("levels of the scale")
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "value"], name="scale_value_once_per_rubric"),
            models.CheckConstraint(condition=models.Q(value__lte=5), name="scale_value_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


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

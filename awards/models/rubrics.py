"""By what jurors score: criteria, scale, the words of each mark."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from awards.models.call import Call, Category, SortedRow
from festival.text.translated import TranslatedCharField, TranslatedTextField

HIGHEST_MARK = 100


class Rubric(ClusterableModel):
    """The criteria and the scale that jurors score by. Once a card is in, it stays as it is: a change is a new version.

    Its words may be mended; its weights, marks and tie-break may not.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="rubrics", verbose_name=_("call"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    name = TranslatedCharField(_("name"), max_length=120)
    needs_comment = models.BooleanField(_("a comment is needed to hand a card in"), default=False)

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


class Criterion(ClusterableModel, SortedRow):
    """A question that jurors answer with a mark. `tie_break` 1 is looked at first when totals are equal.

    Without a weight its marks are shown apart and count for nothing; only then may it be left open, or be asked in some
    categories only. `levels` says in one line per mark, the lowest first, when it is given.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("rubric"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    question = TranslatedCharField(_("question"), max_length=250, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        validators=[MaxValueValidator(100)],
        help_text=_("The weights of a rubric make 100 together. 0: shown apart, counts for nothing."),
    )
    tie_break = models.PositiveSmallIntegerField(
        _("place in the tie-break"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("1 is looked at first when totals are equal; empty is not looked at. The chair’s vote comes last."),
    )
    levels = TranslatedTextField(
        _("when which mark is given"),
        blank=True,
        help_text=_("One line per mark of the scale, the lowest first. Jurors read it while they score."),
    )
    is_optional = models.BooleanField(
        _("may be left open"), default=False, help_text=_("Only a criterion without a weight may be left open.")
    )
    categories = ParentalManyToManyField(
        Category,
        blank=True,
        related_name="criteria",
        verbose_name=_("categories"),
        help_text=_("None: asked in all. Only a criterion without a weight may be asked in some."),
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
                condition=models.Q(weight__gte=0, weight__lte=100), name="criterion_weight_in_range"
            ),
            models.CheckConstraint(
                condition=Q(is_optional=False) | Q(weight=0),
                name="criterion_with_a_weight_is_asked",
                violation_error_message=_("Only a criterion without a weight may be left open."),
            ),
            models.CheckConstraint(
                condition=Q(tie_break__isnull=True) | Q(weight__gte=1),
                name="criterion_of_the_tie_break_has_a_weight",
                violation_error_message=_("A criterion without a weight does not decide ties."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def level_texts(self) -> list[str]:
        """When which mark is given, a sentence per mark, the lowest first."""
        return [line.strip() for line in str(self.levels).splitlines() if line.strip()]


class ScaleLevel(models.Model):
    """One mark of the scale and the word for it."""

    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="scale", verbose_name=_("rubric"))
    value = models.PositiveSmallIntegerField(_("mark"), validators=[MaxValueValidator(HIGHEST_MARK)])
    label = TranslatedCharField(_("word"), max_length=40)

    class Meta:
        verbose_name = _("level of the scale")
        verbose_name_plural = _("levels of the scale")
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "value"], name="scale_value_once_per_rubric"),
            models.CheckConstraint(condition=models.Q(value__lte=HIGHEST_MARK), name="scale_value_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

"""A call: what can be won, by which rules, judged by which questions."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from translated_fields import TranslatedField
from translated_fields import fallback_to_any as fallback

from festival.models import Edition, Phase


class CallQuerySet(models.QuerySet["Call"]):
    """Finds calls."""

    def with_phases(self) -> "CallQuerySet":
        """Fetch the phases along, which say what the call is doing now."""
        return self.select_related("edition", "entry_phase", "judging_phase", "finalists_phase", "vote_phase")

    def current(self) -> "Call | None":
        """Return the call of the edition that the site shows, or None."""
        return self.with_phases().filter(edition__is_current=True).order_by("-entry_phase__opens", "-pk").first()


class Call(ClusterableModel):
    """One contest of an edition. Its dates are the edition's phases, so that no date is typed twice."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="award_calls", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedField(models.CharField(_("name"), max_length=120), attrgetter=fallback)
    entry_phase = models.ForeignKey(Phase, models.PROTECT, related_name="+", verbose_name=_("projects apply during"))
    judging_phase = models.ForeignKey(Phase, models.PROTECT, related_name="+", verbose_name=_("the jury scores during"))
    finalists_phase = models.ForeignKey(
        Phase, models.PROTECT, related_name="+", verbose_name=_("finalists are public from the start of")
    )
    vote_phase = models.ForeignKey(
        Phase, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("the public votes during")
    )
    vote_hidden_until = models.DateTimeField(_("result of the vote is hidden until"), null=True, blank=True)
    rules_version = models.CharField(_("version of the rules"), max_length=20, default="1.0")
    rules = TranslatedField(
        models.TextField(_("rules"), blank=True, help_text=_("One article a paragraph, in their order.")),
        attrgetter=fallback,
    )
    funding_ceiling = models.PositiveBigIntegerField(
        _("funding ceiling"),
        null=True,
        blank=True,
        help_text=_("In whole units of the edition’s currency. Projects that received more are not eligible."),
    )
    readers_per_entry = models.PositiveSmallIntegerField(
        _("jurors per project"), default=3, validators=[MinValueValidator(1)]
    )
    finalists_per_category = models.PositiveSmallIntegerField(
        _("finalists per category"), default=3, validators=[MinValueValidator(1)]
    )

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        ordering = ["-edition__start_date", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="call_slug_once_per_edition")]
        permissions = [("run_jury", _("Can follow the jury and freeze its result"))]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def articles(self) -> list[str]:
        """The articles of the rules, in the active language."""
        return [article.strip() for article in str(self.rules).split("\n\n") if article.strip()]


class CallPart(models.Model):
    """A row that belongs to a call and has its place in it."""

    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


class Category(CallPart):
    """A prize that projects compete for. The public's prize takes no entries: it is voted among the finalists."""

    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="categories", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    name = TranslatedField(models.CharField(_("name"), max_length=120), attrgetter=fallback)
    description = TranslatedField(models.TextField(_("description"), blank=True), attrgetter=fallback)
    prize = TranslatedField(models.CharField(_("prize"), max_length=160, blank=True), attrgetter=fallback)
    by_public_vote = models.BooleanField(_("decided by the public"), default=False)

    class Meta(CallPart.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["call", "slug"], name="category_slug_once_per_call")]

    def __str__(self) -> str:
        return str(self.name)


class Criterion(CallPart):
    """A question that jurors answer with a mark. `tie_break` 1 is looked at first when totals are equal."""

    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    name = TranslatedField(models.CharField(_("name"), max_length=120), attrgetter=fallback)
    question = TranslatedField(models.CharField(_("question"), max_length=250, blank=True), attrgetter=fallback)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The weights of a call make 100 together."),
    )
    tie_break = models.PositiveSmallIntegerField(
        _("place in the tie-break"),
        null=True,
        blank=True,
        help_text=_("1 is looked at first when totals are equal; empty is not looked at. The chair’s vote comes last."),
    )

    class Meta(CallPart.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["call", "slug"], name="criterion_slug_once_per_call"),
            models.UniqueConstraint(
                fields=["call", "tie_break"],
                name="criterion_tie_break_once_per_call",
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

    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="scale", verbose_name=_("call"))
    value = models.PositiveSmallIntegerField(_("mark"), validators=[MaxValueValidator(5)])
    label = TranslatedField(models.CharField(_("word"), max_length=40), attrgetter=fallback)

    class Meta:
        verbose_name = _("level of the scale")
        verbose_name_plural = _("levels of the scale")
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["call", "value"], name="scale_value_once_per_call"),
            models.CheckConstraint(condition=models.Q(value__lte=5), name="scale_value_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

"""What can be won, and who won it. Decisions are only ever added to; a later one replaces an earlier one."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from awards.models.call import Call, Category, SortedRow
from awards.models.deliberations import Motion
from awards.models.entries import Entry
from awards.models.results import Tally
from festival.models import AppendOnly
from festival.text.translated import TranslatedCharField, TranslatedTextField


class Prize(SortedRow):
    """A prize of a call; without a category, projects of all categories can win it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="prizes", verbose_name=_("call"))
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        related_name="prizes",
        null=True,
        blank=True,
        verbose_name=_("category"),
        help_text=_("Empty: projects of all categories can win it."),
    )
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    description = TranslatedTextField(_("description"), blank=True)
    winners = models.PositiveSmallIntegerField(
        _("how many can win it"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta(SortedRow.Meta):
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "slug"],
                name="prize_slug_once_per_call",
                violation_error_message=_("This call has another prize of this short name."),
            ),
            models.CheckConstraint(condition=models.Q(winners__gte=1), name="prize_won_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Finds decisions."""

    def standing(self) -> "DecisionQuerySet":
        """Keep decisions that no later one replaces or takes back."""
        return self.filter(replaced_by__isnull=True).exclude(kind=Decision.Kind.TAKEN_BACK)


class Decision(models.Model):
    """A project wins a prize or is mentioned for it, or nobody does. Never edited.

    `follows_tally` says whether the frozen result put it there; where it did not, the reason is told.
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What was decided."""

        WINNER = "winner", _("winner")
        MENTION = "mention", _("special mention")
        NOT_AWARDED = "not_awarded", _("not awarded")
        TAKEN_BACK = "taken_back", _("taken back")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    prize = models.ForeignKey(Prize, models.PROTECT, related_name="decisions", verbose_name=_("prize"))
    kind = models.CharField(_("decision"), max_length=12, choices=Kind.choices)
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="decisions", null=True, blank=True, verbose_name=_("project")
    )
    tally = models.ForeignKey(
        Tally, models.PROTECT, related_name="decisions", null=True, blank=True, verbose_name=_("frozen result")
    )
    follows_tally = models.BooleanField(_("follows the frozen result"), default=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    motion = models.ForeignKey(
        Motion, models.PROTECT, related_name="decisions", null=True, blank=True, verbose_name=_("motion")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True, verbose_name=_("replaces")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["winner", "mention"], entry__isnull=False)
                | Q(kind__in=["not_awarded", "taken_back"], entry__isnull=True),
                name="decision_names_who_wins",
            ),
            models.CheckConstraint(
                condition=Q(follows_tally=True) | ~Q(reason=""), name="decision_against_the_count_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["not_awarded", "taken_back"]) | ~Q(reason=""),
                name="decision_of_nobody_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="taken_back") | Q(replaces__isnull=False), name="decision_taken_back_was_one"
            ),
        ]

    def __str__(self) -> str:
        # Neither prize nor project: the audit log shows it, long before anybody may know.
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly

"""What can be won: a prize of one category, or one across them."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from awards.models.call import Call, Category, SortedRow
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

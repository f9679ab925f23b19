"""A call: what can be won, by which rules, and until when projects apply."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Subquery
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from festival.models import Edition, Section
from festival.text.translated import TranslatedCharField, TranslatedTextField


def end_of_minute(closes: datetime) -> datetime:
    """Return the last second of the minute; a missing value, which a form reports by itself, stays missing."""
    return closes.replace(second=59, microsecond=0) if closes else closes


class CallQuerySet(models.QuerySet["Call"]):
    """Finds calls."""

    def current(self) -> "Call | None":
        """Return the newest call of the edition that the site shows, or None."""
        return self._newest().filter(edition__is_current=True).first()

    def archived(self) -> "CallQuerySet":
        """Return the calls of editions before the current one, the newest first; none while none is current."""
        current = Edition.objects.filter(is_current=True)
        return self._newest().filter(edition__start_date__lt=Subquery(current.values("start_date")[:1]))

    def _newest(self) -> "CallQuerySet":
        return self.select_related("edition").order_by("-edition__start_date", "-opens", "-pk")


class Call(ClusterableModel):
    """One contest of an edition, from its opening to its results."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="award_calls", verbose_name=_("edition"))
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        related_name="award_calls",
        null=True,
        blank=True,
        verbose_name=_("part of the week"),
        help_text=_("Gives the pages of the contest their colour and their shape."),
    )
    slug = models.SlugField(
        _("short name"),
        unique=True,
        help_text=_("Stands in the addresses of the jury. Each call has its own, whatever the edition: awards-2027."),
    )
    name = TranslatedCharField(_("name"), max_length=120)
    opens = models.DateTimeField(_("projects can apply from"))
    closes = models.DateTimeField(_("until"), help_text=_("The minute that you set is still part of the call."))
    rules_version = models.CharField(_("version of the rules"), max_length=20, default="1.0")
    rules = TranslatedTextField(_("rules"), blank=True, help_text=_("One article a paragraph, in their order."))
    funding_ceiling = models.PositiveBigIntegerField(
        _("funding ceiling"),
        null=True,
        blank=True,
        help_text=_("In whole units of the edition’s currency. Projects that received more are not eligible."),
    )

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call would close before it opens."),
            )
        ]
        permissions = [("run_jury", _("Can follow the jury and freeze its result"))]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse a part of another edition; let the last minute be part of the call: what is typed has no seconds."""
        super().clean()
        if self.section and self.section.edition_id != self.edition_id:
            raise ValidationError({"section": _("This part belongs to another edition.")})
        self.closes = end_of_minute(self.closes)

    @property
    def articles(self) -> list[str]:
        """The articles of the rules, in the active language."""
        return [article.strip() for article in str(self.rules).split("\n\n") if article.strip()]


class SortedRow(models.Model):
    """A row that has its place among its neighbours, moved by hand in the CMS."""

    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


class Category(SortedRow):
    """A prize that projects compete for. The public's prize takes no entries: it is voted among the finalists."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="categories", verbose_name=_("call"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=120)
    description = TranslatedTextField(_("description"), blank=True)
    prize = TranslatedCharField(_("prize"), max_length=160, blank=True)
    by_public_vote = models.BooleanField(_("decided by the public"), default=False)

    class Meta(SortedRow.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["call", "slug"], name="category_slug_once_per_call")]

    def __str__(self) -> str:
        return str(self.name)

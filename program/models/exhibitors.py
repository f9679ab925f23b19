"""Who has a stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from festival.text.translated import TranslatedCharField
from program.models.belonging import OfEdition, once_per_edition


class Exhibitor(OfEdition):
    """A stand of the Village."""

    same_edition = ("track",)

    edition = models.ForeignKey(
        "festival.Edition", models.PROTECT, related_name="exhibitors", verbose_name=_("edition")
    )
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=120)
    stand = models.CharField(_("stand"), max_length=12)
    track = models.ForeignKey("program.Track", models.PROTECT, related_name="exhibitors", verbose_name=_("track"))
    days = models.ManyToManyField("festival.Day", related_name="exhibitors", verbose_name=_("days"))
    pitch = TranslatedCharField(_("what they offer"), max_length=250, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["stand"]
        constraints = [once_per_edition("exhibitor_once_per_edition")]

    def __str__(self) -> str:
        return self.name

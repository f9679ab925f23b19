"""Who supports the festival."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from program.models.belonging import OfEdition, once_per_edition


class Partner(OfEdition):
    """An organisation that supports the festival."""

    class Level(models.TextChoices):
        """How they support it; shown in this order."""

        MAIN = "main", _("Main partners")
        PROGRAMME = "programme", _("Programme partners")
        TECHNICAL = "technical", _("Technical partners")
        MEDIA = "media", _("Media partners")

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="partners", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    website = models.URLField(_("website"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["sort_order", "pk"]
        constraints = [once_per_edition("partner_once_per_edition")]

    def __str__(self) -> str:
        return self.name

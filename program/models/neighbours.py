"""Who and what surrounds the sessions: stands, partners, books."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField
from translated_fields import fallback_to_any as fallback


class Exhibitor(models.Model):
    """A stand of the Village."""

    edition = models.ForeignKey(
        "festival.Edition", models.CASCADE, related_name="exhibitors", verbose_name=_("edition")
    )
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=120)
    stand = models.CharField(_("stand"), max_length=12)
    track = models.ForeignKey("program.Track", models.PROTECT, related_name="exhibitors", verbose_name=_("track"))
    days = models.ManyToManyField("festival.Day", related_name="exhibitors", verbose_name=_("days"))
    pitch = TranslatedField(models.CharField(_("what they offer"), max_length=250, blank=True), attrgetter=fallback)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["stand"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="exhibitor_once_per_edition")]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation that supports the festival."""

    class Level(models.TextChoices):
        """How they support it; shown in this order."""

        MAIN = "main", _("Main partners")
        PROGRAMME = "programme", _("Programme partners")
        TECHNICAL = "technical", _("Technical partners")
        MEDIA = "media", _("Media partners")

    edition = models.ForeignKey("festival.Edition", models.CASCADE, related_name="partners", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    website = models.URLField(_("website"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="partner_once_per_edition")]

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """A book of the festival's bookshop, tied to sessions."""

    slug = models.SlugField(_("short name"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=160)
    year = models.PositiveIntegerField(_("year"))
    language = models.CharField(_("language"), max_length=12, default="fr", help_text=_("Code such as fr or en."))
    note = TranslatedField(models.TextField(_("note"), blank=True), attrgetter=fallback)
    sessions = models.ManyToManyField("program.Session", related_name="books", verbose_name=_("sessions"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("bookshelf")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

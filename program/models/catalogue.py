"""How sessions are sorted: theme, form, free labels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from festival.text.translated import TranslatedCharField
from program.models.belonging import OfEdition, once_per_edition
from program.models.places import hex_colour


class Track(OfEdition):  # type: ignore[django-manager-missing]  # SessionQuerySet
    """A theme; its colour is the edge of the session's card, always beside its name."""

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="tracks", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=80)
    colour = models.CharField(_("colour"), max_length=7, default="#4a4a4a", validators=[hex_colour])
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["sort_order", "pk"]
        constraints = [
            once_per_edition("track_once_per_edition"),
            # The colour is written into a style sheet, so it is nothing but a colour.
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="track_colour_is_hex",
                violation_error_message=_("Enter a colour such as #1d5c63."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Format(OfEdition):  # type: ignore[django-manager-missing]  # SessionQuerySet
    """A form of session: talk, workshop, party."""

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="formats", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=80)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["sort_order", "pk"]
        constraints = [once_per_edition("format_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)


class Tag(OfEdition):
    """A free label."""

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="tags", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]
        constraints = [once_per_edition("tag_once_per_edition")]

    def __str__(self) -> str:
        return str(self.name)

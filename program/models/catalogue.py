"""How sessions are sorted: theme, form, free labels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField
from translated_fields import fallback_to_any as fallback

from program.models.places import hex_colour


class Track(models.Model):  # type: ignore[django-manager-missing]  # SessionQuerySet
    """A theme; its colour is the edge of the session's card, always beside its name."""

    slug = models.SlugField(_("short name"), unique=True)
    name = TranslatedField(models.CharField(_("name"), max_length=80), attrgetter=fallback)
    colour = models.CharField(_("colour"), max_length=7, default="#4a4a4a", validators=[hex_colour])
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["sort_order", "pk"]
        constraints = [
            # The colour is written into a style sheet, so it is nothing but a colour.
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="track_colour_is_hex",
                violation_error_message=_("Enter a colour such as #1d5c63."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Format(models.Model):  # type: ignore[django-manager-missing]  # SessionQuerySet
    """A form of session: talk, workshop, party."""

    slug = models.SlugField(_("short name"), unique=True)
    name = TranslatedField(models.CharField(_("name"), max_length=80), attrgetter=fallback)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Tag(models.Model):
    """A free label."""

    slug = models.SlugField(_("short name"), unique=True, allow_unicode=False)
    name = TranslatedField(models.CharField(_("name"), max_length=60), {"en": {"blank": True}}, attrgetter=fallback)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)

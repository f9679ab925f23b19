"""The published, frozen, numbered programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """One compiled programme. The texts are never changed once written; everything public is a function of them."""

    bears_edition_number = True  # in the addresses that calendars subscribe to

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="releases", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    version = models.CharField(_("version"), max_length=40)
    note = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published on"), db_index=True)
    snapshot = models.TextField(_("snapshot"), help_text=_("Canonical JSON; served as it is."))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # Sessions that are only reached with their link. Kept apart so that no feed can carry them by mistake.
    unlisted = models.TextField(_("unlisted sessions"), default="{}")
    grid_css = models.TextField(_("style sheet of the timetable"))
    grid_hash = models.CharField(_("name of the style sheet"), max_length=16, db_index=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="release_number_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "version"], name="release_version_once_per_edition"),
        ]

    def __str__(self) -> str:
        return self.version

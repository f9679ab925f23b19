"""What was imported from files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedProgramme(models.Model):
    """One import that changed something. What the next file of the edition lacks has disappeared since then."""

    wagtail_reference_index_ignore = True

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="imports", verbose_name=_("edition"))
    imported_at = models.DateTimeField(_("imported on"))
    rows = models.JSONField(
        _("rows of the file"), help_text=_("Short names, dates and numbers by table, as the file had them.")
    )

    class Meta:
        verbose_name = _("imported programme")
        verbose_name_plural = _("imported programmes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d %H:%M}"

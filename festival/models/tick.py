"""When each periodic job ran last, and who is at it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TickJob(models.Model):
    """One job of the periodic run. All moments are real time, whatever the festival's clock shows."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("job"), max_length=150, primary_key=True)
    claimed_until = models.DateTimeField(_("at work until"), null=True)
    last_started = models.DateTimeField(_("last begun"), null=True)
    last_finished = models.DateTimeField(_("last done"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

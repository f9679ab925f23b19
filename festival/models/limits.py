"""How often something was done, one row per limit, subject and window of time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """One counter. Only `festival.core.limits` writes here, by one atomic statement; nobody can make it start anew."""

    wagtail_reference_index_ignore = True

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    used = models.PositiveIntegerField(_("used"))
    ends_at = models.DateTimeField(_("ends at"), db_index=True)

    class Meta:
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")

    def __str__(self) -> str:
        return f"{self.key} {self.used}"

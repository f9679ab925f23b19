"""Who looks for their tickets, for the moment until the mail is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketSearch(models.Model):
    """An address that somebody typed to find its tickets. Removed by the background work that answers it.

    Known and unknown addresses leave the same row, so that the page takes as long for both and tells neither.
    """

    wagtail_reference_index_ignore = True  # gone within a second; indexing costs six queries a row

    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("search for tickets")
        verbose_name_plural = _("searches for tickets")

    def __str__(self) -> str:
        return f"{self.pk}"

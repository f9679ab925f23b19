"""Events that payment services send: each is stored once, before it is answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.payments import Provider


class ProviderEvent(models.Model):
    """One event, without what it says: its handler asks the service for the state of its object."""

    wagtail_reference_index_ignore = True  # rows that no editor links to

    provider = models.CharField(_("through"), max_length=10, choices=Provider.choices)
    event_id = models.CharField(_("the provider’s own name for it"), max_length=255)
    kind = models.CharField(_("kind"), max_length=100)
    object_id = models.CharField(_("is about"), max_length=255, blank=True)
    key = models.CharField(
        _("our key"), max_length=36, blank=True, help_text=_("Of the payment or the refund, as it was sent along.")
    )
    received_at = models.DateTimeField(_("received at"))
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("event of a payment service")
        verbose_name_plural = _("events of payment services")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

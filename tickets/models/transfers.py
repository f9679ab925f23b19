"""Tickets that were passed on: the row of the ticket moves to an order of the new holder's own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tickets.models.orders import Order, Ticket


class Transfer(models.Model):
    """One ticket that went from one order to another; rows are never rewritten.

    `issue` is the one that died with it, so that the same ticket is passed on once, however often it is asked for.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="transfers", verbose_name=_("ticket"))
    issue = models.PositiveSmallIntegerField(_("issue"))
    giver = models.ForeignKey(Order, models.PROTECT, related_name="given", verbose_name=_("from the order"))
    receiver = models.OneToOneField(Order, models.PROTECT, related_name="received", verbose_name=_("to the order"))
    at = models.DateTimeField(_("passed on at"))

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "issue"], name="transfer_of_an_issue_once"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="transfer_to_another_order"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.giver} → {self.receiver}"

"""To whom tickets go: passed on to an order of the new holder's own, or to a guest within the order."""

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


class Guest(models.Model):
    """Somebody of a group who fills in their own name and answers, by a secret link that the buyer has handed them.

    What of the order is theirs are its lines of this guest; tickets, money and refunds stay with the order.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    order = models.ForeignKey(Order, models.PROTECT, related_name="guests", verbose_name=_("order"))
    rank = models.PositiveSmallIntegerField(_("which of them"), help_text=_("Counted from 1."))
    secret = models.CharField(_("secret"), max_length=43, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    filled_at = models.DateTimeField(_("filled in at"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["order", "rank"], name="guest_rank_once_per_order"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="guest_rank_from_1"),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True, name="", email="")
                | (Q(filled_at__isnull=False) & ~Q(name="") & ~Q(email="")),
                name="guest_has_a_name_once_filled_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.order} · {self.rank}"

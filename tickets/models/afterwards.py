"""What became of orders afterwards: passed on, money asked back, notes, searches, what calendars were told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from tickets.models.catalogue import Product
from tickets.models.orders import Order, OrderLine, Ticket


class Transfer(models.Model):
    """One ticket that went from one order to another; rows are never rewritten.

    `issue` is the one that died with it, so that the same ticket is passed on once, however often it is asked for.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="transfers", verbose_name=_("ticket"))
    issue = models.PositiveSmallIntegerField(_("issue"))
    giver = models.ForeignKey(Order, models.PROTECT, related_name="given", verbose_name=_("from the order"))
    receiver = models.ForeignKey(Order, models.PROTECT, related_name="received", verbose_name=_("to the order"))
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


class RefundRequest(models.Model):
    """A ticket, or an order as a whole, that its holder wants to give back; the office decides. Its tickets stay valid.

    `cents` is what the rules of its products give back at the moment of asking: waiting costs nobody anything.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """What the office said."""

        OPEN = "open", pgettext_lazy("refund request", "waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("refund request", "accepted")
        REFUSED = "refused", pgettext_lazy("refund request", "refused")
        DROPPED = "dropped", pgettext_lazy("refund request", "dropped: it was cancelled otherwise")

    order = models.ForeignKey(
        Order,
        models.PROTECT,
        related_name="refund_requests",
        verbose_name=_("order"),
        help_text=_("Of whoever asked; what was paid goes back to whoever paid it."),
    )
    ticket = models.ForeignKey(
        Ticket,
        models.PROTECT,
        related_name="refund_requests",
        null=True,
        blank=True,
        verbose_name=_("ticket"),
        help_text=_("None: the whole order."),
    )
    lines = models.ManyToManyField(OrderLine, related_name="refund_requests", verbose_name=_("order lines"))
    cents = models.PositiveIntegerField(_("to go back, in cents"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("The buyer can read it."))
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund request")
        verbose_name_plural = _("refund requests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="open"), name="refund_request_once_a_ticket"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="open", ticket=None), name="refund_request_once_an_order"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | Q(state__in=["accepted", "refused", "dropped"], decided_at__isnull=False),
                name="refund_request_decided_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.cents}"


class OrderNote(models.Model):
    """What somebody of the office wrote down about an order; buyers never see it. Never rewritten."""

    wagtail_reference_index_ignore = True

    LONGEST: ClassVar[int] = 2000

    order = models.ForeignKey(Order, models.PROTECT, related_name="notes", verbose_name=_("order"))
    text = models.TextField(_("note"), max_length=LONGEST)
    by = models.CharField(_("written by"), max_length=150)
    at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Visit(models.Model):
    """One day, or one session, that a product lets people in to: as it was last written into a calendar.

    The same for all orders of the product. Doors and places change at many places (screens, imports, the shell), so a
    change is noticed where it would show: when a calendar is written.
    """

    wagtail_reference_index_ignore = True

    product = models.ForeignKey(Product, models.CASCADE, related_name="visits", verbose_name=_("product"))
    key = models.CharField(max_length=60, help_text=_("Its day or its session; part of the entry's UID."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_whole_day = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, editable=False, help_text=_("Hash of all that an entry says of it."))
    sequence = models.PositiveIntegerField(_("revision"), default=0)
    revised_at = models.DateTimeField(_("revised on"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["product", "key"], name="visit_once_per_product")]

    def __str__(self) -> str:
        return self.key


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

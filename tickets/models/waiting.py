"""Who waits for a place in a session that is full."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Edition
from program.models import Occurrence
from tickets.models.catalogue import Product
from tickets.models.orders import Order, Ticket


class WaitingEntry(models.Model):
    """One person on the list of one session. What comes free is held for the first by an order, which ends by itself.

    The list is in order of arrival. `secret` stands in the address by which one looks at the entry and leaves.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class State(models.TextChoices):
        """Where it stands. What became of an offer is said by its order."""

        WAITING = "waiting", pgettext_lazy("waiting list", "waiting")
        OFFERED = "offered", pgettext_lazy("waiting list", "a place was offered")
        LEFT = "left", pgettext_lazy("waiting list", "has left the list")
        OVER = "over", pgettext_lazy("waiting list", "over")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="waiting_entries", verbose_name=_("edition"))
    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, related_name="waiting_entries", verbose_name=pgettext_lazy("programme", "session")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="waiting_entries", verbose_name=_("product"))
    ticket = models.ForeignKey(
        Ticket,
        models.PROTECT,
        related_name="waiting_entries",
        null=True,
        blank=True,
        verbose_name=_("with the ticket"),
    )
    order = models.OneToOneField(
        Order, models.PROTECT, related_name="waiting_entry", null=True, blank=True, verbose_name=_("order")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    secret = models.CharField(max_length=43, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("on the list since"))

    class Meta:
        verbose_name = _("waiting list entry")
        verbose_name_plural = _("waiting list")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "email"], condition=Q(state="waiting"), name="waiting_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "offered", "left", "over"]), name="waiting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", order__isnull=False) | (~Q(state="offered") & Q(order__isnull=True)),
                name="waiting_offer_has_its_order",
            ),
        ]
        indexes = [
            models.Index(fields=["occurrence", "id"], condition=Q(state="waiting"), name="waiting_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

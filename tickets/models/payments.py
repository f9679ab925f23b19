"""Money that came in and went back. Amounts are positive cents of the order's currency; rows are never rewritten."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from tickets.models.orders import Order


class Provider(models.TextChoices):
    """Through whom money moves. What is free needs no payment."""

    TRANSFER = "transfer", _("bank transfer")
    ONSITE = "onsite", _("on site")
    STRIPE = "stripe", _("Stripe")


class MoneyState(models.TextChoices):
    """How far a payment or a refund is."""

    CREATED = "created", pgettext_lazy("payment", "begun")
    PENDING = "pending", pgettext_lazy("payment", "on its way")
    CONFIRMED = "confirmed", pgettext_lazy("payment", "confirmed")
    FAILED = "failed", pgettext_lazy("payment", "failed")
    CANCELLED = "cancelled", pgettext_lazy("payment", "called off")


class _Money(models.Model):
    """What payments and refunds have in common."""

    wagtail_reference_index_ignore = True

    provider = models.CharField(_("through"), max_length=10, choices=Provider.choices)
    amount_cents = models.IntegerField(_("amount in cents"))
    state = models.CharField(_("state"), max_length=10, choices=MoneyState.choices, default=MoneyState.CREATED)
    reference = models.CharField(
        _("reference"), max_length=120, blank=True, help_text=_("The provider’s own name for it.")
    )
    created_at = models.DateTimeField(_("begun at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="%(class)s_of_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
                name="%(class)s_confirmed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["created", "pending", "confirmed", "failed", "cancelled"]),
                name="%(class)s_state_known",
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="%(class)s_reference_once"
            ),
        ]


class Payment(_Money):
    """One try to pay an order, or a part of it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name=_("order"))

    class Meta(_Money.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")

    def __str__(self) -> str:
        return f"{self.order} {self.amount_cents}"


class Refund(_Money):
    """Money of one payment that goes back, by the way that it came."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds", verbose_name=_("order"))
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment"))

    class Meta(_Money.Meta):
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")

    def __str__(self) -> str:
        return f"{self.order} {self.amount_cents}"

"""Orders and the admissions in them. Rows are cancelled, never deleted."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from festival.models import Day, Edition
from tickets.models.catalogue import Price, Product


class Order(models.Model):
    """What one person bought or registered at once. Opened by a secret address, no account needed."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class State(models.TextChoices):
        """The states of an order (design, section 4)."""

        HELD = "held", _("held")
        PENDING = "pending", _("pending")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")

    STATES_HOLDING: ClassVar[tuple[str, ...]] = (State.HELD, State.PENDING, State.PAID)

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="orders", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    secret = models.CharField(_("secret"), max_length=43, editable=False)
    form_token = models.UUIDField(_("form token"), unique=True, editable=False, default=uuid.uuid4)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2)
    total_cents = models.PositiveIntegerField(_("total in cents"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField(_("ordered at"))
    mailed_at = models.DateTimeField(_("mailed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["email"]), models.Index(fields=["-created_at"])]

    def __str__(self) -> str:
        return self.code


class PositionQuerySet(models.QuerySet["Position"]):
    """Finds tickets."""

    def holding_a_place(self) -> "PositionQuerySet":
        """Keep those that use a place of their quotas: not cancelled, nor in an expired or cancelled order."""
        return self.filter(cancelled_at=None, order__state__in=Order.STATES_HOLDING)


class Position(models.Model):
    """One admission of an order: one ticket. Its number, issue, product and days go into the signed token."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    order = models.ForeignKey(Order, models.PROTECT, related_name="positions", verbose_name=_("order"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="positions", verbose_name=_("product"))
    price = models.ForeignKey(
        Price, models.PROTECT, related_name="positions", null=True, blank=True, verbose_name=_("price")
    )
    day = models.ForeignKey(Day, models.PROTECT, related_name="positions", null=True, blank=True, verbose_name=_("day"))
    attendee_name = models.CharField(_("attendee"), max_length=120, blank=True)
    cents = models.PositiveIntegerField(_("price in cents"), default=0)
    ticket = models.PositiveIntegerField(
        _("ticket number"), unique=True, help_text=_("Counts on without a gap; stands in the ticket and never changes.")
    )
    issue = models.PositiveSmallIntegerField(_("issue"), default=1)
    short_code = models.CharField(_("short code"), max_length=8, unique=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects: ClassVar[PositionQuerySet] = PositionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(issue__gte=1, issue__lte=255), name="position_issue_is_a_byte"),
        ]

    def __str__(self) -> str:
        return self.short_code


class Series(models.Model):
    """An unbroken series of numbers. Its row stays locked from the UPDATE to the end of the sale: none is lost."""

    TICKETS = "tickets"

    slug = models.SlugField(_("short name"), primary_key=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")

    def __str__(self) -> str:
        return f"{self.slug} {self.last}"

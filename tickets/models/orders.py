"""Orders, their lines, and the tickets that come of them. Rows are cancelled, never deleted."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Day, Edition
from festival.text import collation
from festival.text.translated import TranslatedCharField
from program.models import Occurrence
from tickets.models.catalogue import Price, Product


class Order(models.Model):
    """What one person bought or registered at once. Opened by a secret address, no account needed."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class State(models.TextChoices):
        """The states of an order (design, section 4). Payments and refunds have their own."""

        HELD = "held", _("held")
        PENDING = "pending", _("pending")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")

    STATES_HOLDING: ClassVar[tuple[str, ...]] = (State.HELD, State.PENDING, State.PAID)
    STATES_TIMED: ClassVar[tuple[str, ...]] = (State.HELD, State.PENDING, State.EXPIRED)

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="orders", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    secret = models.CharField(_("secret"), max_length=43, editable=False)
    form_key = models.UUIDField(
        _("key of the form"),
        unique=True,
        editable=False,
        default=uuid.uuid4,
        help_text=_("Made of every field that was posted: the same post twice is one order."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    is_basket = models.BooleanField(
        _("bought in steps"),
        default=False,
        editable=False,
        help_text=_("Chosen first; name and address come in the next step, so that a basket that was left has none."),
    )
    awaits_approval = models.BooleanField(
        _("waits for approval"), default=False, editable=False, help_text=_("Until the office has decided.")
    )
    extended_at = models.DateTimeField(_("time added at"), null=True, blank=True, help_text=_("Once, as asked for."))
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    total_cents = models.IntegerField(_("total in cents"), default=0, help_text=_("The sum of its lines."))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    created_at = models.DateTimeField(_("ordered at"))
    confirmed_at = models.DateTimeField(
        _("address confirmed at"), null=True, blank=True, help_text=_("When the link in the mail was opened.")
    )
    terms = models.CharField(
        _("terms of sale"),
        max_length=80,
        blank=True,
        help_text=_("The version that was agreed to: the page, its revision, when it was published."),
    )
    terms_accepted_at = models.DateTimeField(_("terms agreed to at"), null=True, blank=True)
    network = models.CharField(
        _("network"),
        max_length=16,
        blank=True,
        editable=False,
        help_text=_("A keyed hash of the network that it came from; emptied after a short time."),
    )
    cancel_reason = models.CharField(_("reason of the cancellation"), max_length=200, blank=True)
    extends = models.ForeignKey(
        "self", models.PROTECT, related_name="extensions", null=True, blank=True, verbose_name=_("bought for the order")
    )

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at"]
        permissions = [("cancel_order", _("Can cancel orders"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["paid", "cancelled"]) | Q(expires_at__isnull=False),
                name="order_that_waits_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "pending", "paid", "expired", "cancelled"]), name="order_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(is_basket=True, state__in=["held", "expired", "cancelled"]),
                name="order_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(awaits_approval=False) | Q(is_basket=True, state__in=["held", "expired", "cancelled"]),
                name="order_is_approved_before_it_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(extends__isnull=True) | ~Q(extends=F("id")), name="order_does_not_extend_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state__in=["held", "pending"]), name="order_waiting"),
            models.Index(fields=["edition", "-created_at"], name="order_of_edition"),
            models.Index(fields=["email"], name="order_email"),
            models.Index(fields=["network"], condition=~Q(network=""), name="order_network"),
        ]

    def __str__(self) -> str:
        return self.code


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    """Finds lines of orders."""

    def live(self) -> "OrderLineQuerySet":
        """Keep what counts in the order's total: not cancelled."""
        return self.filter(cancelled_at=None)

    def holding_a_place(self) -> "OrderLineQuerySet":
        """Keep those that use a place of their quotas: live, and not in an expired or cancelled order."""
        return self.live().filter(order__state__in=Order.STATES_HOLDING)


class OrderLine(models.Model):
    """One thing of an order, as it was sold: its texts, amount and tax never change. The amount includes the tax."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class Kind(models.TextChoices):
        """What the line is. Only an admission makes a ticket."""

        ADMISSION = "admission", _("admission")
        ADDON = "addon", _("add-on")
        DONATION = "donation", _("donation")
        SET = "set", _("set")
        FEE = "fee", _("fee")
        DISCOUNT = "discount", _("discount")

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="lines", null=True, blank=True, verbose_name=_("product")
    )
    price = models.ForeignKey(
        Price, models.PROTECT, related_name="lines", null=True, blank=True, verbose_name=_("price")
    )
    product_name = TranslatedCharField(_("what was sold"), max_length=120, help_text=_("As it was called then."))
    price_name = TranslatedCharField(_("price chosen"), max_length=80, blank=True)
    holder = models.CharField(
        _("holder"), max_length=120, blank=True, help_text=_("The name that its ticket will carry, if not the buyer’s.")
    )
    cents = models.IntegerField(_("amount in cents"), help_text=_("Includes the tax; negative for a discount."))
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate"), default=0, help_text=_("In hundredths of a percent."))
    vat_cents = models.IntegerField(_("VAT in cents"), default=0, help_text=_("Contained in the amount."))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("belongs to the line")
    )
    goes_back = models.BooleanField(
        _("fee that goes back"), null=True, blank=True
    )  # unknown: kept of a refund, or none
    day = models.ForeignKey(Day, models.PROTECT, related_name="lines", null=True, blank=True, verbose_name=_("day"))
    occurrence = models.ForeignKey(
        Occurrence,
        models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("programme", "session"),
    )
    booked_with = models.ForeignKey(
        "tickets.Ticket",
        models.PROTECT,
        related_name="bookings",
        null=True,
        blank=True,
        verbose_name=_("booked with the ticket"),
        help_text=_("It opens the session, one place in it; an add-on is opened by its code."),
    )
    guest = models.ForeignKey(
        "tickets.Guest", models.PROTECT, related_name="lines", null=True, blank=True, verbose_name=_("for the guest")
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects: ClassVar[OrderLineQuerySet] = OrderLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["admission", "addon", "donation", "fee"], cents__gte=0)
                | Q(kind="discount", cents__lte=0)
                | Q(kind="set", cents=0),  # its parts have its price
                name="line_only_a_discount_is_negative",
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False) | Q(kind__in=["fee", "discount"], price__isnull=True),
                name="line_names_its_product",
            ),
            models.CheckConstraint(condition=Q(goes_back__isnull=True) | Q(kind="fee"), name="line_fee_goes_back"),
            models.CheckConstraint(
                condition=Q(vat_rate__lt=10000)
                & (
                    Q(cents__gte=0, vat_cents__gte=0, vat_cents__lte=F("cents"))
                    | Q(cents__lt=0, vat_cents__lte=0, vat_cents__gte=F("cents"))
                ),
                name="line_contains_its_vat",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="line_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(occurrence__isnull=True), name="line_of_a_day_or_of_a_session"
            ),
        ]

    def __str__(self) -> str:
        return str(self.product_name)


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Makes tickets that can be found."""

    def bulk_create(self, objs: Iterable["Ticket"], *args: Any, **kwargs: Any) -> list["Ticket"]:
        """Insert as Django does, with the words by which the door finds each."""
        tickets = list(objs)
        for ticket in tickets:
            ticket.note_words()
        return super().bulk_create(tickets, *args, **kwargs)


class Ticket(models.Model):
    """One admission that was paid or is free. Number, issue, product and days go into the signed token.

    Made anew (lost, passed on) it keeps its row and its number, and gets the next issue: older ones are refused.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class State(models.TextChoices):
        """Whether it opens the door."""

        VALID = "valid", pgettext_lazy("ticket", "valid")
        CANCELLED = "cancelled", pgettext_lazy("ticket", "cancelled")

    SERIES = "tickets"
    bears_edition_number = True  # in its signed code
    counts_edition_days = True  # in its signed code too

    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="ticket", verbose_name=_("order line"))
    # On whose page it is; what was paid stays with the order of its line.
    order = models.ForeignKey(Order, models.PROTECT, related_name="tickets", verbose_name=_("holder’s order"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="tickets", verbose_name=_("edition"))
    number = models.PositiveIntegerField(
        _("ticket number"),
        help_text=_("Counts on without a gap in its edition; stands in the ticket and never changes."),
    )
    issue = models.PositiveSmallIntegerField(_("issue"), default=1)
    short_code = models.CharField(_("short code"), max_length=8, unique=True)
    holder = models.CharField(_("holder"), max_length=120, blank=True)
    words = models.TextField(blank=True, editable=False)  # of holder and buyer, folded, for the door
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.VALID)

    objects: ClassVar[TicketQuerySet] = TicketQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="ticket_number_once_per_edition"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ticket_number_from_1"),
            models.CheckConstraint(condition=Q(issue__gte=1, issue__lte=255), name="ticket_issue_is_a_byte"),
            models.CheckConstraint(condition=Q(state__in=["valid", "cancelled"]), name="ticket_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.short_code[:4]}-{self.short_code[4:]}"  # as it is printed

    def save(self, **kwargs: Any) -> None:
        """Store the row, with the words by which the door finds it."""
        self.note_words()
        if (fields := kwargs.get("update_fields")) is not None and "holder" in fields:
            kwargs["update_fields"] = {*fields, "words"}
        super().save(**kwargs)

    def note_words(self) -> None:
        """Write down the words of holder and buyer as they are compared: without accents, small."""
        self.words = collation.words_to_find(self.holder, self.order.name)

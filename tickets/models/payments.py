"""Money that came in and went back, and what an edition takes it by.

Amounts are positive cents of the order's currency. A row says what is asked for, and once it is confirmed, what came.
"""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Edition
from festival.text.translated import TranslatedCharField
from festival.typed.hundredths import CentsField, PercentField
from tickets.models.orders import Order

MOST_FEE_CENTS = 100_000  # with as many places as an order may hold, the sum still fits its column
MOST_FEE_PERCENT = 3000  # hundredths of a percent


class Provider(models.TextChoices):
    """Through whom money moves. What is free needs no payment; the pot pays what it gives (decision 0036)."""

    TRANSFER = "transfer", _("bank transfer")
    ONSITE = "onsite", _("on site")
    STRIPE = "stripe", _("card (Stripe)")
    POT = "pot", _("solidarity pot")


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

    key = models.UUIDField(
        _("key"),
        unique=True,
        editable=False,
        default=uuid.uuid4,
        help_text=_("Stored before anybody is called, so that the same call is never done twice."),
    )
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

    OPEN: ClassVar[tuple[str, ...]] = (MoneyState.CREATED, MoneyState.PENDING)

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name=_("order"))
    url = models.URLField(
        _("page of the provider"), max_length=2000, blank=True, help_text=_("Where the buyer pays; else on our page.")
    )
    expires_at = models.DateTimeField(_("to be paid until"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta(_Money.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        permissions = [("confirm_payment", _("Can confirm payments")), ("refund_payment", _("Can send money back"))]

    def __str__(self) -> str:
        return f"{self.order} {self.amount_cents}"


class Refund(_Money):
    """Money of one payment that goes back, by the way that it came."""

    class Reason(models.TextChoices):
        """Why it goes back."""

        LATE = "late", pgettext_lazy("refund", "it came too late, the places were gone")
        TOO_MUCH = "too_much", pgettext_lazy("refund", "more came than was asked for")
        GIVEN_BACK = "given_back", pgettext_lazy("refund", "what it paid for was cancelled")
        GOODWILL = "goodwill", pgettext_lazy("refund", "the organisers gave a part back, and everything stays valid")
        OUTSIDE = "outside", pgettext_lazy("refund", "somebody sent it back at the payment service")

    OWED: ClassVar[tuple[str, ...]] = (MoneyState.CREATED, MoneyState.PENDING, MoneyState.CONFIRMED)

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds", verbose_name=_("order"))
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices, default=Reason.GIVEN_BACK)
    told = models.CharField(_("told to the buyer"), max_length=200, blank=True)
    clarified_at = models.DateTimeField(
        _("clarified at"), null=True, blank=True, help_text=_("When somebody said what it was sent back for.")
    )

    class Meta(_Money.Meta):
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")

    def __str__(self) -> str:
        return f"{self.order} {self.amount_cents}"


class PaymentSettings(models.Model):
    """By which ways an edition takes money, and the terms that buyers agree to. Without it, nothing paid is on sale."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="payment_settings", verbose_name=_("edition"))
    terms_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("terms of sale"),
        help_text=_("The page that buyers agree to. Without it, nothing paid is on sale."),
    )
    account_holder = models.CharField(
        _("account holder"), max_length=70, blank=True, help_text=_("As the bank knows it.")
    )
    iban = models.CharField("IBAN", max_length=34, blank=True, help_text=_("Left empty: nobody pays by bank transfer."))
    bic = models.CharField("BIC", max_length=11, blank=True, help_text=_("Not needed within the SEPA area."))
    transfer_days = models.PositiveSmallIntegerField(
        _("days to pay by transfer"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Places are kept so long, and never past the day before the doors open."),
    )
    takes_card = models.BooleanField(
        _("paid by card"), default=True, help_text=_("Offered as soon as the keys of the payment service are set.")
    )
    takes_onsite = models.BooleanField(
        _("paid on site"), default=False, help_text=_("Places are kept until the doors open.")
    )
    onsite_help = TranslatedCharField(
        _("how one pays on site"),
        max_length=200,
        blank=True,
        help_text=_("For example: cash, card or cheque, at the reception."),
    )

    class Meta:
        verbose_name = _("payment settings")
        verbose_name_plural = _("payment settings")

    def __str__(self) -> str:
        return str(self.edition)


class Fee(models.Model):
    """What is asked besides what is sold: of each place, or once of an order. Never for a way of paying.

    Both parts add up. What was ordered keeps the fee of its day, on a line of its own.
    """

    class Basis(models.TextChoices):
        """What it is asked of."""

        PLACE = "place", pgettext_lazy("fee", "each place")
        ORDER = "order", pgettext_lazy("fee", "the order, once")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="fees", verbose_name=_("edition"))
    name = TranslatedCharField(_("name"), max_length=120, help_text=_("For example: booking fee."))
    basis = models.CharField(_("asked of"), max_length=5, choices=Basis.choices, default=Basis.PLACE)
    cents = CentsField(_("amount"), default=0, validators=[MaxValueValidator(MOST_FEE_CENTS)])
    percent = PercentField(
        _("and of the price, in percent"),
        default=0,
        validators=[MaxValueValidator(MOST_FEE_PERCENT)],
        help_text=_("For example 2.5. Of what is left to pay, without gifts."),
    )
    vat_rate = PercentField(
        _("VAT rate"),
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text=_("In percent, such as 5.5. The fee includes the tax."),
    )
    on_free = models.BooleanField(
        _("also where nothing is to pay"),
        default=False,
        help_text=_("For places that a code makes free, or that are free beside others. Registrations carry no fee."),
    )
    goes_back = models.BooleanField(
        _("goes back"),
        default=True,
        help_text=_("With its place, or with the last of the order, if anything of that goes back. Else you keep it."),
    )

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gt=0) | Q(percent__gt=0),
                name="fee_of_more_than_nothing",
                violation_error_message=_("Write an amount, or a part of the price."),
            ),
            models.CheckConstraint(condition=Q(basis__in=["place", "order"]), name="fee_basis_known"),
            models.CheckConstraint(condition=Q(vat_rate__lt=10000), name="fee_vat_rate_below_100_percent"),
        ]

    def __str__(self) -> str:
        return str(self.name)


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

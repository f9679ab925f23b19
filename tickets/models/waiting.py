"""Who waits: for a place in a session that is full, before the ticket office in a rush, for the opening of a sale."""

import secrets
import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
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


def fresh_seed() -> str:
    """Return what a draw is made with: 128 random bits."""
    return secrets.token_hex(16)


class WaitingRoom(models.Model):
    """How a rush is let into the ticket office: so many at once, early arrivals in an order that is drawn.

    `seed` makes the draw, and anybody who has it can make it again; the office sees it after the opening. `moved_at` is
    when somebody was let in last: whoever lets in moves it first, so that one does after the other.
    """

    wagtail_reference_index_ignore = True

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="waiting_room", verbose_name=_("edition"))
    is_on = models.BooleanField(
        pgettext_lazy("waiting room", "on"),
        default=False,
        help_text=_("Nobody notices it until more people are in the ticket office than it lets in at once."),
    )
    most_inside = models.PositiveIntegerField(
        _("buyers at once"),
        default=150,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("How many may be in the ticket office at the same time."),
    )
    opens_at = models.DateTimeField(
        _("opening hour"),
        null=True,
        blank=True,
        help_text=_("Whoever came before it is let in by lot from then on, others in the order in which they come."),
    )
    gather_minutes = models.PositiveSmallIntegerField(
        _("gathers before"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text=_("So many minutes before the opening hour the ticket office closes, and people gather."),
    )
    pass_minutes = models.PositiveSmallIntegerField(
        _("time to choose"),
        default=15,
        validators=[MinValueValidator(2), MaxValueValidator(240)],
        help_text=_("In minutes, for whoever was let in."),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("time to come in"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("In minutes, for whose turn it is; then it is the next one’s."),
    )
    seed = models.CharField(max_length=32, default=fresh_seed, editable=False)
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("waiting room")
        verbose_name_plural = _("waiting rooms")

    def __str__(self) -> str:
        return str(self.edition)


class WaitingPlace(models.Model):
    """One browser before, or in, the ticket office. Nobody is named; `key` stands in a signed cookie.

    `turn` is its order among those who wait. `until` is the end of its time to come in, or of its time inside.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", pgettext_lazy("waiting room", "waits")
        CALLED = "called", pgettext_lazy("waiting room", "may come in")
        INSIDE = "inside", pgettext_lazy("waiting room", "is in")
        GONE = "gone", pgettext_lazy("waiting room", "has left")

    room = models.ForeignKey(WaitingRoom, models.CASCADE, related_name="places")
    key = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    turn = models.BigIntegerField()
    came_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place in the waiting room")
        verbose_name_plural = _("places in the waiting room")
        ordering = ["turn", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "called", "inside", "gone"]), name="waiting_place_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["called", "inside"], until__isnull=False) | Q(state__in=["waiting", "gone"]),
                name="waiting_place_let_in_until",
            ),
        ]
        indexes = [
            models.Index(fields=["room", "turn", "id"], condition=Q(state="waiting"), name="waiting_place_queue"),
            models.Index(
                fields=["room", "until"], condition=Q(state__in=["called", "inside"]), name="waiting_place_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn} {self.state}"


class SaleAlertQuerySet(models.QuerySet["SaleAlert"]):
    """Finds alerts."""

    def waiting(self) -> "SaleAlertQuerySet":
        """Keep those whose address was confirmed and who were not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at=None)

    def unconfirmed(self) -> "SaleAlertQuerySet":
        """Keep those whose link in the mail was not opened yet."""
        return self.filter(confirmed_at=None)


class SaleAlert(models.Model):
    """One mailbox that is told once that the sale of one product opens. It counts from the link in the mail on."""

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    product = models.ForeignKey(Product, models.CASCADE, related_name="alerts", verbose_name=_("product"))
    email = models.EmailField(_("e-mail address"))
    mailbox = models.EmailField(_("mailbox"), editable=False, help_text=_("What aliases of it have in common."))
    language = models.CharField(_("language"), max_length=12)
    secret = models.CharField(_("secret"), max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects: ClassVar[SaleAlertQuerySet] = SaleAlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("alert for the opening of a sale")
        verbose_name_plural = _("alerts for the opening of a sale")
        constraints = [
            models.UniqueConstraint(fields=["product", "mailbox"], name="alert_once_per_product_and_mailbox"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(confirmed_at__isnull=False), name="alert_told_only_if_confirmed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["product"],
                condition=Q(confirmed_at__isnull=False, told_at__isnull=True),
                name="alert_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}"

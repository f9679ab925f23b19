"""What people ask the office for: a ticket of the pot, a ticket that needs approval; and the pot itself."""

import uuid

from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.models import Day, Edition
from festival.text.translated import TranslatedCharField, TranslatedTextField
from tickets.models.catalogue import Price
from tickets.models.orders import Order
from tickets.models.questions import Answer


class Pot(models.Model):
    """The solidarity pot of an edition: gifts go in, tickets for whoever asks come out.

    `balance_cents` is a counter that actions move by one conditional UPDATE, with the ledger's account `pot`; `fsck`
    recounts it.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="pot", verbose_name=_("edition"))
    name = TranslatedCharField(_("name"), max_length=120, blank=True)
    description = TranslatedTextField(_("description"), blank=True, help_text=_("Stands above the form."))
    prices = models.ManyToManyField(
        Price,
        related_name="pots",
        blank=True,
        verbose_name=_("tickets to ask for"),
        help_text=_("Each at the price that the pot pays for it. None: nothing can be asked for."),
    )
    most_per_request = models.PositiveSmallIntegerField(
        _("tickets per request"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    automatic_per_day = models.PositiveSmallIntegerField(
        _("given by itself, per person and day"),
        default=2,
        validators=[MaxValueValidator(20)],
        help_text=_("So many tickets are given at once while the pot has money. 0: the office decides each request."),
    )
    balance_cents = models.PositiveIntegerField(_("in the pot, in cents"), default=0, editable=False)

    class Meta:
        verbose_name = _("solidarity pot")
        verbose_name_plural = _("solidarity pots")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.edition.number}"


class PotRequest(models.Model):
    """Somebody who asks for tickets of the pot, without proof. What was given is an order, paid by the pot.

    `secret` stands in the address of the page that says how it stands.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    class State(models.TextChoices):
        """How far it is. What becomes of the tickets afterwards is said by the order."""

        WAITING = "waiting", pgettext_lazy("request", "waiting")
        GRANTED = "granted", pgettext_lazy("request", "given")
        REFUSED = "refused", pgettext_lazy("request", "refused")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="pot_requests", verbose_name=_("edition"))
    price = models.ForeignKey(Price, models.PROTECT, related_name="pot_requests", verbose_name=_("ticket"))
    day = models.ForeignKey(
        Day, models.PROTECT, related_name="pot_requests", null=True, blank=True, verbose_name=_("day")
    )
    places = models.PositiveSmallIntegerField(_("how many"), validators=[MinValueValidator(1)])
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    word = models.TextField(_("message"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    by_hand = models.BooleanField(
        _("for the office"), default=False, help_text=_("Not given by itself when money comes into the pot.")
    )
    secret = models.CharField(max_length=43, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    order = models.OneToOneField(
        Order, models.PROTECT, related_name="pot_request", null=True, blank=True, verbose_name=_("order")
    )
    reason = models.CharField(_("answer"), max_length=300, blank=True, help_text=_("Stands in the mail."))
    created_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request to the pot")
        verbose_name_plural = _("requests to the pot")
        ordering = ["pk"]
        permissions = [("decide_potrequest", _("Can decide about requests to the pot"))]
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="pot_request_for_somebody"),
            models.CheckConstraint(
                condition=Q(state="waiting", order__isnull=True, decided_at__isnull=True)
                | Q(state="granted", order__isnull=False, decided_at__isnull=False)
                | Q(state="refused", order__isnull=True, decided_at__isnull=False),
                name="pot_request_decided_in_one_way",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "id"], condition=Q(state="waiting"), name="pot_request_waiting"),
        ]

    def __str__(self) -> str:
        return self.name


def private_storage() -> Storage:
    """Return where files lie that only the office may read: never below an address."""
    return storages["private"]


class Approval(models.Model):
    """What somebody says of themselves who orders what needs approval, and what was decided.

    The order waits while its `awaits_approval` is set; whether it was withdrawn or has ended is said by the order.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    order = models.OneToOneField(Order, models.PROTECT, related_name="approval", verbose_name=_("order"))
    word = models.TextField(_("who they are"))
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("Stands in the mail."))
    created_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ["-pk"]
        permissions = [("decide_approval", _("Can decide about approvals"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True, decided_at__isnull=True)
                | Q(is_accepted__isnull=False, decided_at__isnull=False),
                name="approval_decided_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)


class SentFile(models.Model):
    """A file that a stranger has sent, with a request for approval or as an answer. Its row goes with the file.

    `key` stands in the form that brought it, so that a file chosen once need not be chosen again; nobody guesses it.
    What belongs to nothing waits for its form to be sent whole, or was let go of: `sent_at` tells which.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    key = models.UUIDField(unique=True, editable=False)
    approval = models.OneToOneField(
        Approval, models.PROTECT, related_name="file", null=True, blank=True, verbose_name=_("request for approval")
    )
    answer = models.OneToOneField(
        Answer, models.SET_NULL, related_name="file", null=True, blank=True, verbose_name=_("answer")
    )
    file = models.FileField(_("file"), upload_to="sent/", storage=private_storage)
    name = models.CharField(_("name"), max_length=120, help_text=_("As its sender called it."))
    created_at = models.DateTimeField(_("received at"))
    sent_at = models.DateTimeField(_("sent whole at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file that was sent")
        verbose_name_plural = _("files that were sent")
        constraints = [
            models.CheckConstraint(
                condition=Q(approval__isnull=True) | Q(answer__isnull=True), name="sent_file_belongs_to_one"
            ),
            models.CheckConstraint(
                condition=Q(approval__isnull=True, answer__isnull=True) | Q(sent_at__isnull=False),
                name="sent_file_that_belongs_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""What banks say came in: each credit of an imported file once, and what was decided about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from festival.text import typography
from tickets.models.payments import Payment


class StatementFile(models.Model):
    """One file that was taken in. The same file may come again; it adds nothing then."""

    wagtail_reference_index_ignore = True  # rows that no editor links to

    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    imported_at = models.DateTimeField(_("imported at"))
    added = models.PositiveIntegerField(_("new credits"), default=0)
    known = models.PositiveIntegerField(_("credits known before"), default=0)
    left_out = models.PositiveIntegerField(_("lines that could not be read"), default=0)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class StatementLineQuerySet(models.QuerySet["StatementLine"]):
    """Finds lines of statements."""

    def open(self) -> "StatementLineQuerySet":
        """Keep those about which nothing was decided yet."""
        return self.filter(state=StatementLine.State.OPEN)


class StatementLine(models.Model):
    """One credit of a bank statement. What the bank wrote never changes; the decision is made once."""

    wagtail_reference_index_ignore = True  # rows that no editor links to

    class State(models.TextChoices):
        """What was decided."""

        OPEN = "open", pgettext_lazy("line of a bank statement", "to be assigned")
        CREDITED = "credited", pgettext_lazy("line of a bank statement", "credited to an order")
        SET_ASIDE = "set_aside", pgettext_lazy("line of a bank statement", "set aside")

    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("Of all that the bank wrote: the same credit is kept once, whichever files it is in."),
    )
    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="lines", verbose_name=_("file"))
    line = models.PositiveIntegerField(_("line in the file"))
    booked_on = models.DateField(_("booked on"))
    amount_cents = models.IntegerField(_("amount in cents"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    text = models.CharField(_("text"), max_length=1000, blank=True)
    counterparty = models.CharField(_("payer"), max_length=200, blank=True)
    bank_id = models.CharField(_("the bank’s own name for it"), max_length=140, blank=True)
    account = models.CharField(_("account"), max_length=200, blank=True)
    is_return = models.BooleanField(_("comes back from a payment of ours"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    payment = models.OneToOneField(
        Payment, models.PROTECT, related_name="statement_line", null=True, blank=True, verbose_name=_("payment")
    )
    reason = models.CharField(_("why it was set aside"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects: ClassVar[StatementLineQuerySet] = StatementLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of bank statements")
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="statement_line_is_a_credit"),
            models.CheckConstraint(
                condition=Q(state="open", payment=None, reason="", decided_at=None)
                | Q(state="credited", payment__isnull=False, reason="", decided_at__isnull=False)
                | Q(state="set_aside", payment=None, decided_at__isnull=False) & ~Q(reason=""),
                name="statement_line_decided_in_one_way",
            ),
        ]
        indexes = [models.Index(fields=["booked_on"], condition=Q(state="open"), name="statement_line_open")]

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} {self.amount_cents}"

    @property
    def amount(self) -> str:
        """What came, as people write it; a file that names no currency means the account's, which is in euros."""
        return typography.price(self.amount_cents, self.currency or "EUR")

"""Every mail that the site sends has a row: to whom, about what, and how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy as _p

from festival.models.edition import Edition

HELD_UP_AFTER = 7  # tries


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Finds mails."""

    def about(self, fact: models.Model) -> "OutgoingMailQuerySet":
        """Keep the mails about one row, such as an order."""
        return self.filter(fact_type=fact._meta.label_lower, fact_id=str(fact.pk))

    def waiting(self) -> "OutgoingMailQuerySet":
        """Keep what is still to be sent, or being sent."""
        return self.filter(state__in=OutgoingMail.WAITING)

    def given_up(self) -> "OutgoingMailQuerySet":
        """Keep what could not be sent, unless a later mail of the same kind about the same went to the same address."""
        same = {name: OuterRef(name) for name in ("kind", "to", "fact_type", "fact_id")}
        later = OutgoingMail.objects.filter(**same, pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), state=OutgoingMail.State.FAILED)

    def held_up(self) -> "OutgoingMailQuerySet":
        """Keep what waits although it was tried for half an hour: the mail server is down, or set up wrongly."""
        return self.waiting().filter(tries__gte=HELD_UP_AFTER)


class OutgoingMail(models.Model):
    """One mail to one address. Rows are not rewritten: sending again makes a new one."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", _p("state of a mail", "waiting")
        SENDING = "sending", _p("state of a mail", "being sent")
        SENT = "sent", _p("state of a mail", "sent")
        FAILED = "failed", _p("state of a mail", "given up")
        CANCELLED = "cancelled", _p("state of a mail", "no longer needed")

    WAITING: ClassVar[tuple[str, ...]] = (State.QUEUED, State.SENDING)

    kind = models.CharField(_("kind"), max_length=60)
    to = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=12)
    fact_type = models.CharField(_("kind of thing that it is about"), max_length=60)
    fact_id = models.CharField(_("number of what it is about"), max_length=64)
    edition = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="mails", verbose_name=_("edition")
    )
    subject = models.CharField(_("subject line"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=150, unique=True)
    again_for = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="sent_again", verbose_name=_("sent again for")
    )
    created_at = models.DateTimeField(_("queued at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects: ClassVar[OutgoingMailQuerySet] = OutgoingMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["fact_type", "fact_id"]),
            models.Index(fields=["state"]),
            models.Index(fields=["-created_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be sent, or being sent."""
        return self.state in self.WAITING

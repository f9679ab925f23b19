"""Who judges what, and who steps back from what."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.entries import Entry
from awards.models.judging.jurors import Juror
from awards.models.rounds import Round


class AssignmentBatch(models.Model):
    """What the rules propose for a round. Until it is released its pairs are kept here, where no juror looks.

    `basis` is all that it was made from, so that a release finds out what has changed since; the same basis, seed and
    algorithm give the same pairs on any machine.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """One proposal a round at a time; the others are history."""

        PROPOSED = "proposed", _("proposed")
        RELEASED = "released", _("released")
        DISCARDED = "discarded", _("discarded")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="batches", verbose_name=_("round"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    seed = models.CharField(_("seed"), max_length=64)
    algorithm = models.CharField(_("version of the method"), max_length=10)
    basis = models.JSONField(_("what it was made from"))
    added = models.JSONField(_("pairs to make"))  # [[juror's uuid, project's uuid], …]
    dropped = models.JSONField(_("pairs to take back"))
    metrics = models.JSONField(_("figures of the checks"))
    reason = models.CharField(_("why it was released all the same"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        verbose_name=_("released or discarded by"),
    )
    settled_at = models.DateTimeField(_("released or discarded at"), null=True)

    class Meta:
        verbose_name = _("plan of assignments")
        verbose_name_plural = _("plans of assignments")
        ordering = ["round_id", "-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="proposed"), name="batch_one_proposal_per_round"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", settled_at__isnull=True)
                | (~Q(state="proposed") & Q(settled_at__isnull=False)),
                name="batch_settled_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(seed=""), name="batch_has_a_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_state_display()}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Finds assignments."""

    def open(self) -> "AssignmentQuerySet":
        """Keep pairs that are still to be judged, or are."""
        return self.filter(state=Assignment.State.OPEN)


class Assignment(models.Model):
    """One juror reads one entry in one round. Closed, never deleted, when the juror steps back or had begun it."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Whether the juror is still to judge the entry."""

        OPEN = "open", _("open")
        RECUSED = "recused", _("stepped back")
        REASSIGNED = "reassigned", _("given to another juror")

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="assignments", verbose_name=_("juror"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assignments", verbose_name=_("project"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    batch = models.ForeignKey(  # None: given by hand
        AssignmentBatch,
        models.PROTECT,
        related_name="assignments",
        null=True,
        editable=False,
        verbose_name=_("plan of assignments"),
    )

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["round_id", "juror__sort_name", "entry__category__sort_order", "entry__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "juror", "entry"],
                name="assignment_once_per_round",
                violation_error_message=_("This juror already reads this project."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror} · {self.entry}"

    def clean(self) -> None:
        """Refuse pairs across calls, and a pair from which the juror stepped back (regulation, article 3)."""
        super().clean()
        if self.juror_id is None or self.entry_id is None or self.round_id is None:
            return
        if self.juror.call_id != self.round.call_id:
            raise ValidationError({"juror": _("The juror and the round belong to different calls.")})
        if self.entry.call_id != self.round.call_id:
            raise ValidationError({"entry": _("The project and the round belong to different calls.")})
        if self.pk is None and Recusal.objects.filter(juror=self.juror_id, entry=self.entry_id).exists():
            raise ValidationError({"juror": _("This juror stepped back from this project.")})


class RecusalManager(models.Manager["Recusal"]):
    """Finds the conflicts that hold: one that was lifted is history, and bars nobody."""

    def get_queryset(self) -> models.QuerySet["Recusal"]:
        """Leave out what was lifted."""
        return super().get_queryset().filter(lifted_at__isnull=True)


class Recusal(models.Model):
    """A conflict keeps a juror from an entry, in all rounds; from then on no card or vote of the pair counts.

    The juror said so, the chair, or the site found it. Nothing outweighs it. A row that was a mistake
    is lifted, with the reason, and stays; what jurors said of themselves is never lifted.
    """

    wagtail_reference_index_ignore = True

    class When(models.TextChoices):
        """Before the juror scored the entry, or after, which voids the card."""

        BEFORE = "declared_before", _("before scoring")
        AFTER = "declared_after", _("after scoring")

    class Source(models.TextChoices):
        """Who says that there is a conflict."""

        OWN = "own", _("the juror")
        CHAIR = "chair", _("the chair")
        AUTOMATIC = "automatic", _("the site")

    class Tie(models.TextChoices):
        """What ties the juror to the entry; the last four are what the site looks for."""

        PERSONAL = "personal", _("personal")
        PROFESSIONAL = "professional", _("professional")
        FINANCIAL = "financial", _("financial")
        OTHER = "other", _("other")
        OWNER = "owner", _("the juror applied with it")
        MEMBER = "member", _("the juror works on it")
        MAIL_DOMAIN = "mail_domain", _("same mail domain")
        ORGANISATION = "organisation", _("same organisation")

    round = models.ForeignKey(  # the one in which it was said, if it was said in one
        Round, models.PROTECT, related_name="recusals", null=True, blank=True, verbose_name=_("round")
    )
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="recusals", verbose_name=_("juror"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals", verbose_name=_("project"))
    source = models.CharField(_("declared by"), max_length=9, choices=Source.choices, default=Source.OWN)
    tie = models.CharField(_("tie"), max_length=12, choices=Tie.choices, default=Tie.OTHER)
    when = models.CharField(_("declared"), max_length=16, choices=When.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    declared_at = models.DateTimeField(_("declared at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_reason = models.CharField(_("why it was lifted"), max_length=500, blank=True)

    objects: ClassVar[RecusalManager] = RecusalManager()
    ever: ClassVar[models.Manager["Recusal"]] = models.Manager()

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["declared_at", "pk"]
        base_manager_name = "ever"
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "entry"], condition=Q(lifted_at__isnull=True), name="recusal_once_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | (~Q(source="own") & ~Q(lifted_reason="")),
                name="recusal_lifted_with_a_reason_never_ones_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} · {self.entry}"

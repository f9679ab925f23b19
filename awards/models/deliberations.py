"""The room in which a jury deliberates: what is on the agenda, who is there, what is moved and how it is voted."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.models.entries import Entry
from awards.models.judging.jurors import Juror
from awards.models.rounds import Round


class Deliberation(models.Model):
    """The jury's meeting about a round, once per round. Signed off, it is never changed again.

    `item` is what the jury speaks of now: whoever stepped back from a project of it is out of the room.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(Round, models.PROTECT, related_name="deliberation", verbose_name=_("round"))
    quorum = models.PositiveSmallIntegerField(
        _("jurors needed to decide"), default=1, validators=[MaxValueValidator(1000)]
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    item = models.ForeignKey(
        "AgendaItem", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("item under discussion")
    )
    signed_at = models.DateTimeField(_("signed off at"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("signed off by"),
    )

    class Meta:
        verbose_name = _("deliberation")
        verbose_name_plural = _("deliberations")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__gte=F("opened_at"), signed_by__isnull=False),
                name="deliberation_signed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class AgendaItem(models.Model):
    """One matter on the agenda: a tie, a disagreement, or what the chair adds."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """Why it is on the agenda."""

        TIE = "tie", _("tie")
        CLOSE = "close", _("too close to call")
        DISAGREEMENT = "disagreement", _("disagreement")
        OTHER = "other", _("other matter")

    deliberation = models.ForeignKey(Deliberation, models.PROTECT, related_name="items", verbose_name=_("deliberation"))
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=160, blank=True)
    entries = models.ManyToManyField(Entry, related_name="agenda_items", blank=True, verbose_name=_("projects"))
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    opened_at = models.DateTimeField(_("first taken up at"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["deliberation_id", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(title=""), name="agenda_item_other_has_a_title")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Presence(models.Model):
    """A juror in the room, from when to when. Who comes back has another row."""

    wagtail_reference_index_ignore = True

    deliberation = models.ForeignKey(
        Deliberation, models.PROTECT, related_name="presences", verbose_name=_("deliberation")
    )
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="presences", verbose_name=_("juror"))
    came_at = models.DateTimeField(_("came at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "juror"], condition=Q(left_at__isnull=True), name="presence_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="presence_leaves_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} {self.came_at:%H:%M}"


class Motion(models.Model):
    """Something that the present vote on. Its counts are written when it closes, never before."""

    wagtail_reference_index_ignore = True

    class Result(models.TextChoices):
        """What became of it; as many for as against carries nothing."""

        CARRIED = "carried", _("carried")
        LOST = "lost", _("not carried")
        LEVEL = "level", _("as many for as against: not carried")
        NO_QUORUM = "no_quorum", _("too few voted")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="motions", verbose_name=_("item of the agenda"))
    text = models.CharField(_("motion"), max_length=500)
    proposer = models.ForeignKey(Juror, models.PROTECT, related_name="motions", verbose_name=_("proposed by"))
    is_secret = models.BooleanField(_("secret ballot"), default=False)
    opened_at = models.DateTimeField(_("put to the vote at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_at__isnull=True), name="motion_one_open_per_item"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="", votes_for__isnull=True)
                | Q(
                    ~Q(result=""),
                    closed_at__isnull=False,
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstentions__isnull=False,
                ),
                name="motion_closed_with_its_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class MotionVoter(models.Model):
    """That a juror has voted on a motion; in an open ballot also how."""

    wagtail_reference_index_ignore = True

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="voters", verbose_name=_("motion"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="motion_votes", verbose_name=_("juror"))

    class Meta:
        verbose_name = _("voter on a motion")
        verbose_name_plural = _("voters on motions")
        ordering = ["motion_id", "juror__sort_name"]
        constraints = [models.UniqueConstraint(fields=["motion", "juror"], name="motion_voter_once")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class MotionBallot(models.Model):
    """One vote. A secret one names nobody, and its random key says nothing of the order in which votes came in."""

    wagtail_reference_index_ignore = True

    class Choice(models.TextChoices):
        """What one can say to a motion."""

        FOR = "for", _("for")
        AGAINST = "against", _("against")
        ABSTAIN = "abstain", _("abstention")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="ballots", verbose_name=_("motion"))
    juror = models.ForeignKey(
        Juror, models.PROTECT, related_name="motion_ballots", null=True, blank=True, verbose_name=_("juror")
    )
    choice = models.CharField(_("vote"), max_length=7, choices=Choice.choices)

    class Meta:
        verbose_name = _("vote on a motion")
        verbose_name_plural = _("votes on motions")
        ordering = ["motion_id", "id"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

"""Frozen results and the chair's casting votes. Both are only ever added to."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.models.call import Category
from awards.models.entries import Entry
from awards.models.judging.jurors import Juror
from awards.models.rounds import Round


class CastingVote(models.Model):
    """The chair puts one entry before another that nothing else separates; a later vote on the pair replaces it."""

    wagtail_reference_index_ignore = True  # nothing that decides is listed in the CMS

    round = models.ForeignKey(Round, models.PROTECT, related_name="casting_votes", verbose_name=_("round"))
    preferred = models.ForeignKey(Entry, models.PROTECT, related_name="casting_votes_won", verbose_name=_("put first"))
    other = models.ForeignKey(Entry, models.PROTECT, related_name="casting_votes_lost", verbose_name=_("put behind"))
    cast_by = models.ForeignKey(Juror, models.PROTECT, related_name="casting_votes", verbose_name=_("cast by"))
    reason = models.CharField(_("reason"), max_length=500)
    cast_at = models.DateTimeField(_("cast at"))

    class Meta:
        verbose_name = _("casting vote")
        verbose_name_plural = _("casting votes")
        ordering = ["cast_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(preferred=F("other")), name="casting_vote_between_two_entries")
        ]

    def __str__(self) -> str:
        return f"{self.preferred_id} > {self.other_id}"


class Tally(models.Model):
    """One frozen run of the count of a round: what went in, by which rule, what came out. Anyone can recompute it.

    `input` knows entries, jurors, criteria and categories by their uuids; `names` says what they were called that day,
    so that a later rename breaks nothing. Each has its hash. `reason` says why cards were missing when it was frozen.
    Its finalists become public as planned in the round, or at `public_from`; neither means not yet.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="tallies", verbose_name=_("round"))
    method = models.CharField(_("method"), max_length=40)
    code_version = models.CharField(_("version of the rule"), max_length=20)
    seed = models.PositiveBigIntegerField(_("seed of the draws"), default=0)
    parameters = models.JSONField(_("parameters"), default=dict)
    input = models.JSONField(_("input"))
    input_sha256 = models.CharField(_("hash of the input"), max_length=64)
    names = models.JSONField(_("names"), default=dict)
    names_sha256 = models.CharField(_("hash of the names"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("frozen by")
    )

    reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_public_as_planned = models.BooleanField(_("public as planned in the round"), default=True)
    public_from = models.DateTimeField(_("public from"), null=True, blank=True)

    class Meta:
        verbose_name = _("frozen result")
        verbose_name_plural = _("frozen results")
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(input_sha256__regex=r"^[0-9a-f]{64}$", names_sha256__regex=r"^[0-9a-f]{64}$"),
                name="tally_hashes_in_hex",
            ),
            models.CheckConstraint(
                condition=Q(is_public_as_planned=False) | Q(public_from__isnull=True), name="tally_public_by_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frozen_at:%Y-%m-%d %H:%M} {self.input_sha256[:12]}"

    @property
    def announced_at(self) -> datetime | None:
        """From when its finalists are public, or None while that is not decided. `round` must be fetched along."""
        return self.round.announced_at if self.is_public_as_planned else self.public_from

    @property
    def told_from(self) -> datetime | None:
        """From when applicants are told of it, or None while that is not decided. `round` must be fetched along."""
        return self.announced_at - timedelta(hours=self.round.told_hours_before) if self.announced_at else None


class TallyRow(models.Model):
    """The frozen result of one entry. `score` and `means` are exact fractions, such as `271/3`.

    What the mixed model estimates stands beside, whatever the rule of the round: the adjusted score and its standard
    error, the ranks that nine draws of ten lie between, how likely the first one is. `component` numbers the groups
    that jurors connect; 0 where the entry has no card.
    """

    wagtail_reference_index_ignore = True

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="rows", verbose_name=_("frozen result"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="tally_rows", verbose_name=_("project"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="tally_rows", verbose_name=_("category"))
    place = models.PositiveIntegerField(_("place in the list"))
    cards = models.PositiveSmallIntegerField(_("valid cards"))
    score = models.CharField(_("score out of 100"), max_length=40, blank=True)
    means = models.JSONField(_("mean of each criterion"), default=dict)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    is_finalist = models.BooleanField(_("finalist"), default=False)
    decided_by = models.CharField(_("tie decided by"), max_length=60, blank=True)
    adjusted = models.FloatField(_("adjusted score"), null=True)
    se = models.FloatField(_("standard error"), null=True)
    rank_low = models.PositiveSmallIntegerField(_("best rank of the interval"), null=True)
    rank_high = models.PositiveSmallIntegerField(_("worst rank of the interval"), null=True)
    p_first = models.FloatField(_("chance of the first rank"), null=True)
    component = models.PositiveSmallIntegerField(_("group that jurors connect"), default=0)

    class Meta:
        verbose_name = _("row of a frozen result")
        verbose_name_plural = _("rows of a frozen result")
        ordering = ["tally_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "entry"], name="tally_row_once_per_entry"),
            models.CheckConstraint(
                condition=Q(is_finalist=False) | Q(rank__isnull=False), name="tally_row_finalist_has_a_rank"
            ),
            models.CheckConstraint(
                condition=Q(rank_low__isnull=True, rank_high__isnull=True) | Q(rank_low__lte=F("rank_high")),
                name="tally_row_interval_in_order",
            ),
            models.CheckConstraint(
                condition=Q(p_first__isnull=True) | Q(p_first__gte=0, p_first__lte=1), name="tally_row_chance_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.entry_id}"

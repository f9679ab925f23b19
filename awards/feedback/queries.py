"""What an applicant may read of the cards, and what the chair lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from awards.feedback.rules import Band, Place, band_of, place_of
from awards.models import (
    Call,
    CardComment,
    Criterion,
    Entry,
    FeedbackComment,
    FeedbackRelease,
    Round,
    Scorecard,
    Tally,
    TallyRow,
)
from awards.results.tally import rounded


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with the mean that a project got and where the middle half of all lies. Marks go from 0 to `top`."""

    criterion: Criterion
    mean: Fraction
    band: Band | None
    top: int

    @property
    def own(self) -> Decimal:
        """The mean, rounded for reading."""
        return rounded(self.mean)

    @property
    def others(self) -> tuple[Decimal, Decimal] | None:
        """The middle half of all, rounded for reading; None of too few projects."""
        return (rounded(self.band.low), rounded(self.band.high)) if self.band else None

    @property
    def drawn(self) -> dict[str, str]:
        """Where things stand on a line of 200, with a margin of 4 at each end."""
        shown = {"own": self._at(self.mean)}
        if self.band:
            shown |= {"low": self._at(self.band.low), "middle": self._at(self.band.middle)}
            shown["width"] = f"{192 * float((self.band.high - self.band.low) / self.top):.1f}"
        return shown

    def _at(self, value: Fraction) -> str:
        return f"{4 + 192 * float(value / self.top):.1f}"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one release says to one project. `lines` is empty for a round without marks."""

    release: FeedbackRelease
    cards: int
    lines: tuple[Line, ...]
    place: Place | None
    comments: tuple[str, ...]

    @property
    def round(self) -> Round:
        """The round."""
        return self.release.round


@dataclass(frozen=True, slots=True)
class ToModerate:
    """What a juror wrote for an applicant, and what the chair let through of it, if anything."""

    card: Scorecard
    entry: Entry
    typed: str
    passed: FeedbackComment | None


def released_to(entry: Entry, now: datetime) -> QuerySet[FeedbackRelease]:
    """Return the releases that say something to a project, the last round first; none once it left the contest."""
    if entry.state != Entry.State.ELIGIBLE:
        return FeedbackRelease.objects.none()
    rounds = Round.objects.filter(tallies__rows__entry=entry).values("pk")
    found = FeedbackRelease.objects.filter(round__in=rounds, round__call=entry.call_id, released_at__lte=now)
    return found.select_related("round__rubric").order_by("-round__order")


def feedback_of(entry: Entry, now: datetime) -> list[Feedback]:
    """Return what was released to a project, the last round first."""
    found = (_feedback(entry, release) for release in released_to(entry, now))
    return [feedback for feedback in found if feedback is not None]


def newest_tally(judged: Round) -> Tally | None:
    """Return the newest frozen result of a round, or None."""
    return judged.tallies.order_by("-frozen_at", "-pk").first()


def rounds_with_result(call: Call, now: datetime) -> list[Round]:
    """Return the jury's rounds that have a frozen result, the last first."""
    rounds = call.rounds.of_jurors().filter(tallies__frozen_at__lte=now).distinct()
    return list(rounds.select_related("rubric", "call__edition").order_by("-order"))


def to_moderate(judged: Round) -> list[ToModerate]:
    """Return what jurors wrote for applicants on cards that count, by project; whose it is does not matter here."""
    comments = CardComment.objects.filter(
        audience=CardComment.Audience.APPLICANT,
        card__in=Scorecard.objects.counting().filter(assignment__round=judged),
        card__assignment__entry__state=Entry.State.ELIGIBLE,
    ).exclude(text="")
    rows = comments.select_related("card__assignment__entry__category", "card__feedback_comment")
    return [
        ToModerate(
            comment.card, comment.card.assignment.entry, comment.text, getattr(comment.card, "feedback_comment", None)
        )
        for comment in rows.order_by("card__assignment__entry__slug", "card_id")
    ]


def _feedback(entry: Entry, release: FeedbackRelease) -> Feedback | None:
    tally = newest_tally(release.round)
    rows = list(tally.rows.all()) if tally else []
    own = next((row for row in rows if row.entry_id == entry.pk), None)
    if own is None:
        return None
    ranked = [row for row in rows if row.category_id == own.category_id and row.rank is not None]
    place = place_of(own.rank, len(ranked), own.rank_low, own.rank_high) if release.shows_place else None
    return Feedback(release, own.cards, tuple(_lines(release.round, own, ranked)), place, _comments(release, entry))


def _lines(judged: Round, own: TallyRow, rows: Sequence[TallyRow]) -> list[Line]:
    if judged.rubric is None:
        return []
    top = max(judged.rubric.scale.values_list("value", flat=True), default=0)
    lines = []
    for criterion in judged.rubric.criteria.filter(weight__gte=1).order_by("sort_order", "pk"):
        key = str(criterion.uuid)
        if top and key in own.means:
            band = band_of([Fraction(row.means[key]) for row in rows if key in row.means])
            lines.append(Line(criterion, Fraction(own.means[key]), band, top))
    return lines


def _comments(release: FeedbackRelease, entry: Entry) -> tuple[str, ...]:
    if not release.shows_comments:
        return ()
    cards = Scorecard.objects.counting().filter(assignment__round=release.round, assignment__entry=entry)
    # By their text: the order says nothing of whose they are.
    return tuple(FeedbackComment.objects.filter(card__in=cards).order_by("text").values_list("text", flat=True))

"""The dossier of a round, read from the database, and its result as of now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from awards.jury.queries import owed_in
from awards.jury.rounds import entries_of
from awards.models import Assignment, CastingVote, Criterion, Entry, Juror, Recusal, Round, Score, Scorecard, Tally
from awards.results.dossier import Candidate, Card, CardState, Dossier, Method, Preference, Rubric, fits
from awards.results.estimates import Estimates, estimated
from awards.results.tally import Result, count, groups_for_the_chair

JUDGED = [Entry.State.ELIGIBLE, Entry.State.INELIGIBLE, Entry.State.WITHDRAWN, Entry.State.DISQUALIFIED]


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier and its result, as of now."""

    dossier: Dossier
    result: Result
    estimates: Estimates

    @property
    def groups_for_the_chair(self) -> list[tuple[str, ...]]:
        """The groups that only the chair can order, each as it stands, even if the chair has voted."""
        ranks = {row.entry: row.rank or 0 for row in self.result.rows}
        groups = groups_for_the_chair(self.dossier, self.estimates)
        return [tuple(sorted(group, key=lambda entry: (ranks[entry], entry))) for group in groups]


def is_intact(tally: Tally) -> bool:
    """Return whether a frozen result is still what its hashes say."""
    return fits(tally.input, tally.input_sha256) and fits(tally.names, tally.names_sha256)


def standing_of(judged: Round) -> Standing:
    """Count the round's cards as they are now. `judged` is a round of weighted marks."""
    dossier = dossier_of(judged)
    estimates = estimated(dossier)
    return Standing(dossier, count(dossier, estimates), estimates)


def missing_in(judged: Round) -> QuerySet[Assignment]:
    """Return those without which the result is not whole: not of the project to tune by, which is not in it."""
    return owed_in(judged).exclude(entry=judged.calibration_entry_id or 0)


def dossier_of(judged: Round) -> Dossier:
    """Return the round's dossier by uuids, with the short names beside. A fixed number of queries.

    Drafts are left out: they count for nothing and would change the fingerprint at every keystroke.
    """
    weighed = judged.rubric.criteria.filter(weight__gte=1) if judged.rubric else Criterion.objects.none()
    criteria = list(weighed.order_by("sort_order", "pk"))
    entries = entries_of(judged).filter(state__in=JUDGED).exclude(pk=judged.calibration_entry_id or 0)
    asked_only = [Juror.State.INVITED, Juror.State.DECLINED, Juror.State.TAKEN_BACK]
    jurors = judged.call.jurors.exclude(state__in=asked_only).order_by("pk")
    categories = judged.call.categories.order_by("sort_order", "pk")
    # Whoever steps back after a vote takes it back, as with a card.
    between = Q(entry=OuterRef("preferred")) | Q(entry=OuterRef("other"))
    recused = Recusal.objects.filter(between, juror=OuterRef("cast_by"))
    votes = CastingVote.objects.filter(~Exists(recused), round=judged).order_by("cast_at", "pk")
    known = dict(_pairs(entries))
    recusals = Recusal.objects.filter(juror__call=judged.call_id).values_list("juror__uuid", "entry__uuid")
    return Dossier(
        rubric=_rubric(judged, criteria),
        categories=tuple(key for key, _slug in _pairs(categories)),
        candidates=tuple(
            Candidate(str(key), str(category), state == Entry.State.ELIGIBLE)
            for key, category, state in entries.values_list("uuid", "category__uuid", "state")
        ),
        cards=tuple(card for card in _cards(judged) if card.entry in known),
        method=cast("Method", judged.tally_method),
        recusals=frozenset((str(juror), str(entry)) for juror, entry in recusals if str(entry) in known),
        preferences=tuple(
            Preference(str(entry), str(other)) for entry, other in votes.values_list("preferred__uuid", "other__uuid")
        ),
        names=known
        | dict(_pairs(jurors))
        | dict(_pairs(categories))
        | {str(item.uuid): item.slug for item in criteria},
    )


def _cards(judged: Round) -> Iterable[Card]:
    """Return the cards of a round, and of those that it pools: of one juror on one entry the latest round's."""
    orders = {item.pk: item.order for item in _pooled(judged)}
    marks: dict[int, dict[str, int]] = defaultdict(dict)
    scores = Score.objects.filter(card__assignment__round__in=orders, criterion__weight__gte=1)
    for card_id, criterion, value in scores.values_list("card_id", "criterion__uuid", "value"):
        marks[card_id][str(criterion)] = value
    silent = [Scorecard.State.DRAFT, Scorecard.State.ABSTAINED]
    cards = Scorecard.objects.filter(assignment__round__in=orders).exclude(state__in=silent)
    # Where a round is pooled, what its jury tuned by there may compete here.
    cards = cards.exclude(assignment__entry=F("assignment__round__calibration_entry"))
    columns = ("pk", "assignment__entry__uuid", "assignment__juror__uuid", "state", "assignment__round")
    found: dict[tuple[str, str], Card] = {}
    for pk, entry, juror, state, _round in sorted(cards.values_list(*columns), key=lambda card: orders[card[4]]):
        pair = str(entry), str(juror)
        found[pair] = Card(*pair, marks[pk], cast("CardState", state))
    return found.values()


def _pooled(judged: Round) -> list[Round]:
    """Return the round and, as far as each counts the cards before it, those that it follows by the same rubric."""
    rounds = [judged]
    while rounds[-1].pools_earlier and (before := rounds[-1].follows) and before.rubric_id == judged.rubric_id:
        rounds.append(before)
    return rounds


def _pairs(rows: QuerySet[Any]) -> Iterable[tuple[str, str]]:
    return ((str(key), slug) for key, slug in rows.values_list("uuid", "slug"))


def _rubric(judged: Round, criteria: list[Criterion]) -> Rubric:
    """Return how the round's cards are weighed."""
    chain = sorted((item for item in criteria if item.tie_break is not None), key=lambda item: item.tie_break or 0)
    scale = judged.rubric.scale.values_list("value", flat=True) if judged.rubric else ()
    return Rubric(
        weights={str(item.uuid): item.weight for item in criteria},
        top=max(scale, default=0),
        tie_chain=tuple(str(item.uuid) for item in chain),
        finalists_per_category=judged.finalists_per_category,
    )

"""The dossier of a round, read from the database, and its result as of now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.jury.rounds import entries_of
from awards.models import CastingVote, Criterion, Entry, Recusal, Round, Score, Scorecard, Tally
from awards.results.dossier import Candidate, Card, CardState, Dossier, Preference, Rubric, fits
from awards.results.tally import Result, count

JUDGED = [Entry.State.ELIGIBLE, Entry.State.INELIGIBLE, Entry.State.WITHDRAWN, Entry.State.DISQUALIFIED]


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier and its result, as of now."""

    dossier: Dossier
    result: Result


def is_intact(tally: Tally) -> bool:
    """Return whether a frozen result is still what its hashes say."""
    return fits(tally.input, tally.input_sha256) and fits(tally.names, tally.names_sha256)


def standing_of(judged: Round) -> Standing:
    """Count the round's cards as they are now. `judged` is a round of weighted marks."""
    dossier = dossier_of(judged)
    return Standing(dossier, count(dossier))


def dossier_of(judged: Round) -> Dossier:
    """Return the round's dossier by uuids, with the short names beside. A fixed number of queries.

    Drafts are left out: they count for nothing and would change the fingerprint at every keystroke.
    """
    criteria = list(judged.rubric.criteria.order_by("sort_order", "pk")) if judged.rubric else []
    entries = entries_of(judged).filter(state__in=JUDGED)
    jurors = judged.call.jurors.order_by("pk")
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
    marks: dict[int, dict[str, int]] = defaultdict(dict)
    scores = Score.objects.filter(card__assignment__round=judged)
    for card_id, criterion, value in scores.values_list("card_id", "criterion__uuid", "value"):
        marks[card_id][str(criterion)] = value
    cards = Scorecard.objects.filter(assignment__round=judged).exclude(state=Scorecard.State.DRAFT)
    columns = cards.values_list("pk", "assignment__entry__uuid", "assignment__juror__uuid", "state")
    for pk, entry, juror, state in columns:
        yield Card(str(entry), str(juror), marks[pk], cast("CardState", state))


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

"""The contest of a call, read from the database."""

from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from awards.models import Call, CastingVote, Entry, Recusal, Score, Scorecard
from awards.results.dossier import Candidate, Card, CardState, Contest, Preference, Rubric
from awards.results.tally import Result, count


@dataclass(frozen=True, slots=True)
class Standing:
    """A contest and its result, as of now."""

    contest: Contest
    result: Result


def standing_of(call: Call) -> Standing:
    """Count the call's cards as they are now."""
    contest = contest_of(call)
    return Standing(contest, count(contest))


def contest_of(call: Call) -> Contest:
    """Return the call's contest; entries, jurors, categories and criteria are named by their slugs. Eight queries.

    Drafts are left out: they count for nothing and would change the fingerprint at every keystroke.
    """
    marks: dict[int, dict[str, int]] = defaultdict(dict)
    scores = Score.objects.filter(card__assignment__entry__call=call)
    for card_id, slug, value in scores.values_list("card_id", "criterion__slug", "value"):
        marks[card_id][slug] = value
    cards = Scorecard.objects.filter(assignment__entry__call=call).exclude(state=Scorecard.State.DRAFT)
    entries = Entry.objects.filter(call=call).exclude(state__in=[Entry.State.DRAFT, Entry.State.SUBMITTED])
    votes = CastingVote.objects.filter(preferred__call=call).order_by("cast_at", "pk")
    return Contest(
        rubric=rubric_of(call),
        categories=tuple(call.categories.order_by("sort_order", "pk").values_list("slug", flat=True)),
        candidates=tuple(
            Candidate(slug, category, state == Entry.State.ELIGIBLE)
            for slug, category, state in entries.values_list("slug", "category__slug", "state")
        ),
        cards=tuple(
            Card(entry, juror, marks[pk], cast("CardState", state))
            for pk, entry, juror, state in cards.values_list(
                "pk", "assignment__entry__slug", "assignment__juror__slug", "state"
            )
        ),
        recusals=frozenset(Recusal.objects.filter(entry__call=call).values_list("juror__slug", "entry__slug")),
        preferences=tuple(Preference(*pair) for pair in votes.values_list("preferred__slug", "other__slug")),
    )


def rubric_of(call: Call) -> Rubric:
    """Return how the call's cards are weighed."""
    criteria = list(call.criteria.order_by("sort_order", "pk"))
    chain = sorted((item for item in criteria if item.tie_break is not None), key=lambda item: item.tie_break or 0)
    return Rubric(
        weights={item.slug: item.weight for item in criteria},
        top=max(call.scale.values_list("value", flat=True), default=5),
        tie_chain=tuple(item.slug for item in chain),
        finalists_per_category=call.finalists_per_category,
    )

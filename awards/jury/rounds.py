"""Which round a jury is in, whether it may write, and which projects the round is about."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from awards.models import Call, Criterion, Entry, Round, Tally


class JudgingState(StrEnum):
    """Whether jurors may write."""

    AHEAD = "ahead"
    OPEN = "open"
    OVER = "over"


def current_round(call: Call, at: datetime) -> Round | None:
    """Return the last round of the jury that has begun at the aware moment `at`, else its first; None without any."""
    rounds = list(call.rounds.of_jurors().filter(mode=Round.Mode.SCORE).select_related("rubric"))
    begun = [item for item in rounds if item.opens <= at]
    return begun[-1] if begun else next(iter(rounds), None)


def judging_state(judged: Round, at: datetime) -> JudgingState:
    """Return whether the round runs at the aware moment `at`."""
    if judged.is_open(at):
        return JudgingState.OPEN
    return JudgingState.OVER if at > judged.closes else JudgingState.AHEAD


def criteria_for(judged: Round, entry: Entry) -> list[Criterion]:
    """Return what jurors are asked about a project, in the rubric's order; some criteria are for some categories."""
    if judged.rubric is None:
        return []
    asked = Q(categories__isnull=True) | Q(categories=entry.category_id)
    return list(judged.rubric.criteria.model.objects.filter(asked, rubric=judged.rubric).order_by("sort_order", "pk"))


def entries_of(judged: Round) -> QuerySet[Entry]:
    """Return what the round is about: the finalists of the round that it follows, or all entries of its call.

    The finalists are those of the newest frozen result; before there is one, there are none.
    """
    entries = Entry.objects.filter(call=judged.call_id)
    if judged.follows_id is None:
        return entries
    newest = Tally.objects.filter(round=judged.follows_id).order_by("-frozen_at", "-pk").values("pk")[:1]
    return entries.filter(tally_rows__tally__in=newest, tally_rows__is_finalist=True)

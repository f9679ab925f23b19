"""What the chair does: decide what nothing else separates, and freeze the result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from awards.exceptions import JuryStillAtWork, NotTied, TieAtTheCut
from awards.models import Call, CastingVote, Category, Entry, Juror, Tally, TallyRow
from awards.results.dossier import Contest, fingerprint, to_dict
from awards.results.standing import standing_of
from awards.results.tally import CODE_VERSION, METHOD, Result, exact, groups_for_the_chair
from festival.core import generation
from festival.core.transactions import write_transaction


def cast_vote(*, chair_id: int, first: str, others: Sequence[str], reason: str, now: datetime) -> list[CastingVote]:
    """Record that the chair puts entry `first` before each of `others` (slugs), with which it shares total and chain.

    Raises NotTied unless they all belong to one group that only the chair can decide (rules, article 4).
    """
    with write_transaction():
        chair = Juror.objects.select_related("call").get(pk=chair_id, is_chair=True)
        call = Call.objects.select_for_update().get(pk=chair.call_id)
        standing = standing_of(call)
        groups = groups_for_the_chair(standing.result.rows, standing.contest.rubric)
        if not others or not any({first, *others} <= set(group) for group in groups):
            raise NotTied
        entries = {entry.slug: entry for entry in Entry.objects.filter(call=call, slug__in=[first, *others])}
        votes = [
            CastingVote(preferred=entries[first], other=entries[other], cast_by=chair, reason=reason, cast_at=now)
            for other in others
            if other != first
        ]
        return CastingVote.objects.bulk_create(votes)


def freeze_result(*, call_id: int, user_id: int | None, now: datetime) -> Tally:
    """Store the count as it stands, with its input, so that it can be shown, published and recomputed for ever.

    Raises JuryStillAtWork before the round is over, TieAtTheCut while the last finalist's place is undecided.
    """
    with write_transaction():
        call = Call.objects.select_for_update(of=("self",)).select_related("judging_phase").get(pk=call_id)
        if now <= call.judging_phase.closes:
            raise JuryStillAtWork
        standing = standing_of(call)
        if undecided := next((tie for tie in standing.result.ties if tie.at_the_cut), None):
            raise TieAtTheCut(undecided.entries)
        tally = Tally.objects.create(call=call, frozen_at=now, frozen_by_id=user_id, **_input(standing.contest))
        TallyRow.objects.bulk_create(_rows(tally, call, standing.result))
        generation.bump()
    return tally


def _input(contest: Contest) -> dict[str, Any]:
    data = to_dict(contest)
    return {"method": METHOD, "code_version": CODE_VERSION, "input": data, "input_sha256": fingerprint(data)}


def _rows(tally: Tally, call: Call, result: Result) -> list[TallyRow]:
    entries = dict(Entry.objects.filter(call=call).values_list("slug", "pk"))
    categories = dict(Category.objects.filter(call=call).values_list("slug", "pk"))
    return [
        TallyRow(
            tally=tally,
            entry_id=entries[row.entry],
            category_id=categories[row.category],
            place=place,
            cards=row.cards,
            rank=row.rank,
            is_finalist=row.is_finalist,
            decided_by=row.decided_by,
            **exact(row),
        )
        for place, row in enumerate(result.rows, start=1)
    ]

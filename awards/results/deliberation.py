"""What the chair does: decide what nothing else separates, and freeze the result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from awards.exceptions import ChairRecused, JuryStillAtWork, NotTied, TieAtTheCut
from awards.models import CastingVote, Category, Entry, Juror, Recusal, Round, Tally, TallyRow
from awards.results.dossier import Dossier, fingerprint, to_dict
from awards.results.standing import standing_of
from awards.results.tally import CODE_VERSION, METHOD, Result, exact, groups_for_the_chair
from festival.core import audit
from festival.core.audit import IMPORTER, Actor, Fact
from festival.core.writing import writing
from festival.models import User


def cast_vote(
    *, chair_id: int, round_id: int, first: UUID, others: Sequence[UUID], reason: str, now: datetime
) -> list[CastingVote]:
    """Record that the chair puts entry `first` before each of `others`, with which it shares total and chain.

    Raises:
        NotTied: They do not all belong to one group that only the chair can decide (rules, article 4).
        ChairRecused: The chair stepped back from one of them (rules, article 3).
    """
    behind = [other for other in others if other != first]
    with writing(public=False):
        judged = _held(round_id)
        chair = Juror.objects.select_related("user").get(pk=chair_id, call=judged.call_id, is_chair=True)
        standing = standing_of(judged)
        groups = groups_for_the_chair(standing.result.rows, standing.dossier.rubric)
        wanted = {str(first), *map(str, behind)}
        if not behind or not any(wanted <= set(group) for group in groups):
            raise NotTied
        if Recusal.objects.filter(juror=chair, entry__uuid__in=wanted).exists():
            raise ChairRecused
        entries = {entry.uuid: entry for entry in Entry.objects.filter(call=judged.call_id, uuid__in=wanted)}
        new = {"round": judged, "preferred": entries[first], "cast_by": chair, "reason": reason, "cast_at": now}
        votes = CastingVote.objects.bulk_create([CastingVote(other=entries[other], **new) for other in behind])
        facts: dict[str, Fact] = {"round": judged.uuid, "first": first, "others": [*behind]}
        actor = Actor.of_user(chair.user) if chair.user else IMPORTER
        audit.record("casting_vote.cast", votes[0], actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return votes


def freeze_result(*, round_id: int, by: User | None, now: datetime) -> Tally:
    """Store the count as it stands, with its input, so that it can be shown, published and recomputed for ever.

    Raises JuryStillAtWork before the round is over, TieAtTheCut while the last finalist's place is undecided.
    """
    with writing(public=True):
        judged = _held(round_id)
        if now <= judged.closes:
            raise JuryStillAtWork
        standing = standing_of(judged)
        if undecided := next((tie for tie in standing.result.ties if tie.at_the_cut), None):
            raise TieAtTheCut(undecided.entries)
        tally = Tally.objects.create(round=judged, frozen_at=now, frozen_by=by, **_input(standing.dossier))
        TallyRow.objects.bulk_create(_rows(tally, judged, standing.result))
        facts: dict[str, Fact] = {
            "round": judged.uuid,
            "input_sha256": tally.input_sha256,
            "cards": sum(row.cards for row in standing.result.rows),
            "finalists": len(standing.result.finalists),
        }
        actor = Actor.of_user(by) if by else IMPORTER
        audit.record("result.frozen", tally, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return tally


def _held(round_id: int) -> Round:
    """Return the round and keep others from saving its cards until the transaction ends."""
    rounds = Round.objects.select_for_update(of=("self",), no_key=True)
    return rounds.select_related("call__edition", "rubric").get(pk=round_id)


def _input(dossier: Dossier) -> dict[str, Any]:
    data, names = to_dict(dossier), dict(dossier.names)
    return {
        "method": METHOD,
        "code_version": CODE_VERSION,
        "input": data,
        "input_sha256": fingerprint(data),
        "names": names,
        "names_sha256": fingerprint(names),
    }


def _rows(tally: Tally, judged: Round, result: Result) -> list[TallyRow]:
    entries = dict(Entry.objects.filter(call=judged.call_id).values_list("uuid", "pk"))
    categories = dict(Category.objects.filter(call=judged.call_id).values_list("uuid", "pk"))
    return [
        TallyRow(
            tally=tally,
            entry_id=entries[UUID(row.entry)],
            category_id=categories[UUID(row.category)],
            place=place,
            cards=row.cards,
            rank=row.rank,
            is_finalist=row.is_finalist,
            decided_by=row.decided_by,
            **exact(row),
        )
        for place, row in enumerate(result.rows, start=1)
    ]

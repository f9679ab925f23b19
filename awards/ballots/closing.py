"""Freezing a round without weighted marks, as rounds of marks are: with its input, its hash, and its rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from awards.ballots import tally as rules
from awards.ballots.counted import input_of
from awards.ballots.queries import answers_of, ballots_in, entries_for
from awards.exceptions import CardsMissing, JuryStillAtWork
from awards.models import Category, Entry, Juror, Round, Tally, TallyRow
from awards.results.deliberation import AS_PLANNED, Publication, published
from awards.results.dossier import fingerprint
from festival.core import audit
from festival.core.audit import IMPORTER, Actor, Fact
from festival.core.writing import writing
from festival.models import User


def freeze_ballots(
    *, round_id: int, by: User | None, now: datetime, publication: Publication = AS_PLANNED, reason: str = ""
) -> Tally:
    """Store what the ballots of a round come to; the database refuses another ballot or answer of it then.

    Raises:
        JuryStillAtWork: The round is not over.
        CardsMissing: Jurors have not voted, and no `reason` says why it is frozen without them.
    """
    with writing(public=True):
        held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
        judged = held.exclude(mode=Round.Mode.SCORE).exclude(kind=Round.Kind.PUBLIC).get(pk=round_id)
        if now <= judged.closes:
            raise JuryStillAtWork
        missing = len(silent_in(judged))
        if missing and not reason.strip():
            raise CardsMissing(missing)
        given = {"frozen_at": now, "frozen_by": by, "reason": reason.strip(), **published(publication, judged, now)}
        tally = Tally.objects.create(round=judged, **given, **_input(judged))
        rows = TallyRow.objects.bulk_create(_rows(tally, judged))
        facts: dict[str, Fact] = {
            "round": judged.uuid,
            "input_sha256": tally.input_sha256,
            "cards": len(tally.input["votes"]),
            "missing": missing,
            "public_from": tally.announced_at,
            "finalists": sum(row.is_finalist for row in rows),
        }
        actor = Actor.of_user(by) if by else IMPORTER
        audit.record("result.frozen", tally, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return tally


def silent_in(judged: Round) -> list[Juror]:
    """Return the jurors who have something to judge in the round and have said nothing of it, by name."""
    heard = {ballot.juror_id for ballot in ballots_in(judged)} | {item.juror_id for item in answers_of(judged)}
    jurors = Juror.objects.filter(call=judged.call_id).exclude(pk__in=heard).order_by("sort_name", "pk")
    return [juror for juror in jurors if entries_for(juror, judged)]


def _input(judged: Round) -> dict[str, Any]:
    data, names = input_of(judged)
    return {
        "method": data["method"],
        "code_version": rules.CODE_VERSION,
        "parameters": {"prior": rules.PRIOR} if judged.mode == Round.Mode.PAIRWISE else {},
        "input": data,
        "input_sha256": fingerprint(data),
        "names": names,
        "names_sha256": fingerprint(names),
    }


def _rows(tally: Tally, judged: Round) -> list[TallyRow]:
    entries = dict(Entry.objects.filter(call=judged.call_id).values_list("uuid", "pk"))
    categories = dict(Category.objects.filter(call=judged.call_id).values_list("uuid", "pk"))
    return [
        TallyRow(
            tally=tally,
            entry_id=entries[UUID(row.entry)],
            category_id=categories[UUID(row.category)],
            place=place,
            cards=row.n,
            rank=row.rank,
            is_finalist=row.is_finalist,
            means=dict(row.said),
        )
        for place, row in enumerate(rules.count(tally.input), start=1)
    ]

"""What the chair does: decide what nothing else separates, and freeze the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from awards.counting.chances import SEED
from awards.exceptions import (
    CardsMissing,
    ChairRecused,
    FrozenResultEdited,
    JuryDisconnected,
    JuryStillAtWork,
    NotTied,
    TieAtTheCut,
)
from awards.models import CastingVote, Category, Entry, Juror, Recusal, Round, Scorecard, Tally, TallyRow
from awards.results.dossier import fingerprint, to_dict
from awards.results.estimates import Estimate
from awards.results.standing import Standing, is_intact, missing_in, standing_of
from awards.results.tally import CODE_VERSION, exact
from festival.core import audit
from festival.core.audit import IMPORTER, Actor, Fact
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Publication:
    """When finalists become public: as planned in the round, at an aware moment, or not yet."""

    as_planned: bool = False
    moment: datetime | None = None


AS_PLANNED, NOT_YET = Publication(as_planned=True), Publication()


def cast_vote(
    *, chair_id: int, round_id: int, first: UUID, others: Sequence[UUID], reason: str, now: datetime
) -> list[CastingVote]:
    """Record that the chair puts entry `first` before each of `others`, with which it shares total and chain.

    Raises:
        NotTied: They do not all belong to one group that only the chair can decide (rules, article 4).
        ChairRecused: The chair stepped back from one of that group (rules, article 3).
    """
    behind = [other for other in others if other != first]
    with writing(public=False):
        judged = _held(round_id)
        chair = Juror.objects.select_related("user").get(pk=chair_id, call=judged.call_id, is_chair=True)
        standing = standing_of(judged)
        groups = standing.groups_for_the_chair
        wanted = {str(first), *map(str, behind)}
        group = next((group for group in groups if wanted <= set(group)), None)
        if not behind or group is None:
            raise NotTied
        # A vote between two moves all that are level with them.
        if Recusal.objects.filter(juror=chair, entry__uuid__in=group).exists():
            raise ChairRecused
        entries = {entry.uuid: entry for entry in Entry.objects.filter(call=judged.call_id, uuid__in=wanted)}
        new = {"round": judged, "preferred": entries[first], "cast_by": chair, "reason": reason, "cast_at": now}
        votes = CastingVote.objects.bulk_create([CastingVote(other=entries[other], **new) for other in behind])
        # Which project it puts first stands with the votes alone: the log is read by people who may not know yet.
        facts: dict[str, Fact] = {"round": judged.uuid, "votes": [vote.pk for vote in votes]}
        actor = Actor.of_user(chair.user) if chair.user else IMPORTER
        audit.record("casting_vote.cast", votes[0], actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return votes


def freeze_result(
    *, round_id: int, by: User | None, now: datetime, publication: Publication = AS_PLANNED, reason: str = ""
) -> Tally:
    """Store the count as it stands, with its input, so that it can be shown, published and recomputed for ever.

    The database refuses another word or mark on the round's cards then.

    Freezing publishes nothing by itself: a planned moment that has passed already is no plan, but not yet.

    Raises:
        JuryStillAtWork: The round is not over.
        JuryDisconnected: By the model, groups of one category have no ranking in common.
        TieAtTheCut: The last finalist's place is undecided.
        CardsMissing: The jury owes cards, and no `reason` says why it is frozen without them.
    """
    with writing(public=True):
        judged = _held(round_id)
        if now <= judged.closes:
            raise JuryStillAtWork
        standing = standing_of(judged)
        if standing.result.split:
            raise JuryDisconnected
        if undecided := next((tie for tie in standing.result.ties if tie.at_the_cut), None):
            raise TieAtTheCut(undecided.entries)
        missing = missing_in(judged).count()
        if missing and not reason.strip():
            raise CardsMissing(missing)
        given = {"frozen_at": now, "frozen_by": by, "reason": reason.strip(), **published(publication, judged, now)}
        tally = _kept(judged, standing, given)
        facts: dict[str, Fact] = {
            "round": judged.uuid,
            "input_sha256": tally.input_sha256,
            "cards": sum(row.cards for row in standing.result.rows),
            "missing": missing,
            "public_from": tally.announced_at,
            "finalists": len(standing.result.finalists),
        }
        actor = Actor.of_user(by) if by else IMPORTER
        audit.record("result.frozen", tally, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return tally


def publish(*, tally_id: int, publication: Publication, actor: Actor, now: datetime) -> Tally:
    """Set when the finalists of a frozen result become public. Raises FrozenResultEdited for one that was changed."""
    with writing(public=True):
        tally = Tally.objects.select_for_update(of=("self",)).select_related("round__call__edition").get(pk=tally_id)
        if not is_intact(tally):
            raise FrozenResultEdited
        for name, value in published(publication, tally.round, now).items():
            setattr(tally, name, value)
        tally.save(update_fields=["is_public_as_planned", "public_from"])
        facts: dict[str, Fact] = {"round": tally.round.uuid, "public_from": tally.announced_at}
        edition = tally.round.call.edition
        audit.record("result.publication_set", tally, actor=actor, at=now, facts=facts, edition=edition)
    return tally


def published(publication: Publication, judged: Round, now: datetime) -> dict[str, Any]:
    """Return the columns of a result that say when it becomes public; a planned moment that has passed is no plan."""
    planned = judged.announced_at
    is_plan = publication.as_planned and (planned is None or planned > now)
    return {"is_public_as_planned": is_plan, "public_from": publication.moment}


def _held(round_id: int) -> Round:
    """Return the round and keep others from saving its cards until the transaction ends."""
    rounds = Round.objects.select_for_update(of=("self",), no_key=True)
    return rounds.select_related("call__edition", "rubric").get(pk=round_id)


def _kept(judged: Round, standing: Standing, given: dict[str, Any]) -> Tally:
    """Store a result with its rows, and seal the cards of its round."""
    tally = Tally.objects.create(round=judged, **given, **_input(standing))
    TallyRow.objects.bulk_create(_rows(tally, judged, standing))
    Scorecard.objects.filter(assignment__round=judged).update(sealed_at=tally.frozen_at)
    return tally


def _input(standing: Standing) -> dict[str, Any]:
    dossier = standing.dossier
    data, names = to_dict(dossier), dict(dossier.names)
    return {
        "method": dossier.method,
        "code_version": CODE_VERSION,
        "seed": SEED,
        "parameters": dict(standing.estimates.parameters),
        "input": data,
        "input_sha256": fingerprint(data),
        "names": names,
        "names_sha256": fingerprint(names),
    }


def _rows(tally: Tally, judged: Round, standing: Standing) -> list[TallyRow]:
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
            **_estimate(standing.estimates.of.get(row.entry)),
        )
        for place, row in enumerate(standing.result.rows, start=1)
    ]


def _estimate(found: Estimate | None) -> dict[str, Any]:
    if found is None:
        return {}
    interval = {"rank_low": found.rank_low, "rank_high": found.rank_high, "p_first": found.first}
    return {"adjusted": found.adjusted, "se": found.se, "component": found.component, **interval}

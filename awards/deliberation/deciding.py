"""Deciding who gets a prize. A decision is a row that stays; a later one replaces it, and the log names no winner."""

from dataclasses import dataclass
from datetime import datetime

from awards.deliberation import queries, rules
from awards.exceptions.deliberation import (
    AlreadyTold,
    BarredFromDeciding,
    DecisionReplaced,
    NoFrozenResult,
    NoQuorum,
    NotInThePrize,
    PrizeTaken,
    ReasonMissing,
)
from awards.models import Decision, Deliberation, Entry, Juror, Motion, Prize, Recusal, Tally
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be decided; `replaces` is the decision that falls, `motion` what the room voted on."""

    kind: str
    entry_id: int | None = None
    reason: str = ""
    replaces: int | None = None
    motion: int | None = None


def decide(*, prize_id: int, choice: Choice, by: User, now: datetime) -> Decision:
    """Add a decision about a prize.

    Raises:
        AlreadyTold: Applicants were told of the winners.
        NoFrozenResult: The jury has no frozen result yet.
        DecisionReplaced: What it is to replace does not stand any more.
        NotInThePrize: The project cannot win this prize.
        PrizeTaken: All its winners are named, or this one is.
        ReasonMissing: It departs from the result, or nobody gets the prize, and no reason is given.
        NoQuorum: It departs from the result, and too few are in the room.
        BarredFromDeciding: The person stepped back from the project.
    """
    with writing(public=False):
        prize = _held(prize_id)
        tally = queries.deciding_tally(prize.call, now)
        if tally is None:
            raise NoFrozenResult
        earlier = _to_replace(prize, choice.replaces)
        entry = _entry(prize, tally, choice)
        _check_free(prize, choice, entry, earlier)
        _check_person(by, [entry, earlier.entry if earlier else None])
        follows = _follows(prize, tally, choice.kind, entry)
        if not follows:
            _check_departure(prize, tally, choice, now)
        given = {"prize": prize, "kind": choice.kind, "entry": entry, "tally": tally, "decided_by": by}
        given |= {"replaces": earlier, "motion": _motion(prize, choice.motion)}
        reason = choice.reason.strip()
        decision = Decision.objects.create(**given, follows_tally=follows, reason=reason, decided_at=now)
        _record("decision.made", decision, by, now)
    return decision


def take_back(*, decision_id: int, reason: str, by: User, now: datetime) -> Decision:
    """Take a decision back: a row that says why, and the prize is open again.

    Raises AlreadyTold, DecisionReplaced, ReasonMissing, BarredFromDeciding as `decide` does.
    """
    with writing(public=False):
        prize = _held(Decision.objects.values_list("prize_id", flat=True).get(pk=decision_id))
        earlier = _to_replace(prize, decision_id)
        if not reason.strip():
            raise ReasonMissing
        _check_person(by, [earlier.entry if earlier else None])
        given = {"prize": prize, "kind": Decision.Kind.TAKEN_BACK, "replaces": earlier, "decided_by": by}
        decision = Decision.objects.create(**given, reason=reason.strip(), decided_at=now)
        _record("decision.taken_back", decision, by, now)
    return decision


def _held(prize_id: int) -> Prize:
    """Return the prize and keep others from deciding about it until the transaction ends."""
    prizes = Prize.objects.select_for_update(of=("self",)).select_related("call__edition", "category")
    prize = prizes.get(pk=prize_id)
    announcement = queries.standing_announcement(prize.call)
    if announcement is not None and announcement.told_at is not None:
        raise AlreadyTold
    return prize


def _to_replace(prize: Prize, decision_id: int | None) -> Decision | None:
    if decision_id is None:
        return None
    decision = Decision.objects.standing().filter(prize=prize, pk=decision_id).select_related("entry").first()
    if decision is None:
        raise DecisionReplaced
    return decision


def _entry(prize: Prize, tally: Tally, choice: Choice) -> Entry | None:
    if choice.kind == Decision.Kind.NOT_AWARDED:
        return None
    candidates = {entry.pk: entry for entry, _row in queries.candidates_of(prize, tally)}
    if choice.kind not in {Decision.Kind.WINNER, Decision.Kind.MENTION} or choice.entry_id not in candidates:
        raise NotInThePrize
    return candidates[choice.entry_id]


def _check_free(prize: Prize, choice: Choice, entry: Entry | None, earlier: Decision | None) -> None:
    standing = Decision.objects.standing().filter(prize=prize).values_list("pk", "kind", "entry_id")
    others = [(kind, entry_id) for pk, kind, entry_id in standing if earlier is None or pk != earlier.pk]
    if entry is not None and any(entry_id == entry.pk for _kind, entry_id in others):
        raise PrizeTaken
    kinds = [kind for kind, _entry_id in others if kind != Decision.Kind.MENTION]
    if choice.kind == Decision.Kind.MENTION:
        return
    full = len(kinds) >= prize.winners or Decision.Kind.NOT_AWARDED in kinds
    if full or (choice.kind == Decision.Kind.NOT_AWARDED and kinds):
        raise PrizeTaken


def _check_person(by: User, entries: list[Entry | None]) -> None:
    seats = Juror.objects.filter(user=by)
    known = [entry.pk for entry in entries if entry is not None]
    if Recusal.objects.filter(juror__in=seats, entry__in=known).exists():
        raise BarredFromDeciding


def _follows(prize: Prize, tally: Tally, kind: str, entry: Entry | None) -> bool:
    of_one_category = prize.category is not None and not prize.category.by_public_vote
    standing = queries.standing_in(tally, entry) if entry else None
    return rules.follows_count(kind, standing, winners=prize.winners, of_one_category=of_one_category)


def _check_departure(prize: Prize, tally: Tally, choice: Choice, now: datetime) -> None:
    """What departs from the result has a reason and is decided by enough of the jury; the public's prize is counted."""
    if not choice.reason.strip():
        raise ReasonMissing
    if prize.category is not None and prize.category.by_public_vote:
        return
    room = Deliberation.objects.filter(round=tally.round_id).first()
    quorum = room.quorum if room else queries.usual_quorum(tally.round)
    present = len(queries.present_in(room, now)) if room else 0
    if present < quorum:
        raise NoQuorum(present, quorum)


def _motion(prize: Prize, motion_id: int | None) -> Motion | None:
    if motion_id is None:
        return None
    return Motion.objects.filter(item__deliberation__round__call=prize.call_id, pk=motion_id).first()


def _record(verb: str, decision: Decision, by: User, now: datetime) -> None:
    """Log that something was decided about a prize; what it was stands in the decision alone until it is announced."""
    edition = decision.prize.call.edition
    facts: dict[str, Fact] = {"decision": decision.uuid, "prize": decision.prize.uuid}
    if decision.tally:
        facts["round"] = decision.tally.round.uuid
    audit.record(verb, decision, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)

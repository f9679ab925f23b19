"""What jurors do in rounds without weighted marks: save a ballot, answer about a pair, take the last answer back."""

from collections.abc import Mapping
from datetime import datetime

from awards.ballots.queries import entries_for
from awards.exceptions import JudgingNotOpen
from awards.exceptions.scoring import BallotChanged, BallotIncomplete, BallotNotFit, PairNotFit, TooManyApproved
from awards.models import BallotLine, BallotVersion, Juror, JuryBallot, PairAnswer, Round
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User

NEEDS_ALL = (Round.Mode.GRADE, Round.Mode.CHECK)


def cast_ballot(
    *,
    round_id: int,
    juror_id: int,
    version: int,
    values: Mapping[int, int],
    choices: range,
    submit: bool,
    by: User,
    now: datetime,
) -> JuryBallot:
    """Save a juror's ballot, as a draft or handed in; every save is kept as a version. Sent twice, saved once.

    `values` are by entry: what is left out is not judged. `choices` are the values that the round knows.

    Raises:
        JudgingNotOpen: The round has not begun, is over or frozen.
        BallotChanged: Another window saved something else first.
        BallotNotFit, TooManyApproved, BallotIncomplete: The ballot is not right.
    """
    with writing(public=False):
        judged, juror = _open_round(round_id, now), _juror(juror_id)
        ballot = JuryBallot.objects.filter(round=judged, juror=juror).first() or JuryBallot(round=judged, juror=juror)
        known = {entry.pk: str(entry.uuid) for entry in entries_for(juror, judged)}
        _check(judged, known, values, choices, is_in=submit or ballot.state == JuryBallot.State.SUBMITTED)
        before = dict(ballot.lines.values_list("entry_id", "value")) if ballot.pk else None
        is_in = ballot.state == JuryBallot.State.SUBMITTED
        if before == dict(values) and (is_in or not submit):
            return ballot
        if ballot.version != version and before != dict(values):
            raise BallotChanged(ballot.version)
        ballot.version, ballot.updated_at = ballot.version + 1, now
        if submit:
            ballot.state, ballot.submitted_at = JuryBallot.State.SUBMITTED, now
        _write(ballot, values, known)
        if submit:
            _record("ballot.submitted", ballot, judged, juror, by, now)
    return ballot


def answer_pair(
    *, round_id: int, juror_id: int, pair: tuple[int, int], winner: int | None, by: User, now: datetime
) -> PairAnswer:
    """Keep which of two a juror found better, or that they skipped the pair. The same answer sent twice is one.

    Raises JudgingNotOpen, or PairNotFit where one of both is not the juror's to judge or the pair is answered already.
    """
    with writing(public=False):
        judged, juror = _open_round(round_id, now), _juror(juror_id)
        one, other = sorted(pair)
        own = {entry.pk for entry in entries_for(juror, judged)}
        if one == other or not {one, other} <= own or winner not in (None, one, other):
            raise PairNotFit
        pair_key = {"round": judged, "juror": juror, "one_id": one, "other_id": other}
        known = PairAnswer.objects.standing().filter(**pair_key).first()
        if known is not None and known.winner_id != winner:
            raise PairNotFit
        answer = known or PairAnswer.objects.create(**pair_key, winner_id=winner, answered_at=now)
        if known is None:
            _record("pair.answered", answer, judged, juror, by, now)
    return answer


def take_back(*, round_id: int, juror_id: int, by: User, now: datetime) -> PairAnswer | None:
    """Take the juror's last answer back, which is asked again; None without any. Raises JudgingNotOpen."""
    with writing(public=False):
        judged, juror = _open_round(round_id, now), _juror(juror_id)
        last = PairAnswer.objects.standing().filter(round=judged, juror=juror).order_by("-pk").first()
        if last is not None:
            last.undone_at = now
            last.save(update_fields=["undone_at"])
            _record("pair.taken_back", last, judged, juror, by, now)
    return last


def _open_round(round_id: int, now: datetime) -> Round:
    """Hold the round first, as whoever freezes its result does."""
    held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
    judged = held.get(pk=round_id)
    if not judged.is_open(now) or judged.tallies.exists():
        raise JudgingNotOpen(is_over=now >= judged.opens)
    return judged


def _juror(juror_id: int) -> Juror:
    """Hold the juror: two windows of one person come one after the other."""
    return Juror.objects.select_for_update(of=("self",)).get(pk=juror_id)


def _check(judged: Round, known: Mapping[int, str], values: Mapping[int, int], choices: range, *, is_in: bool) -> None:
    if not set(values) <= set(known) or not set(values.values()) <= set(choices):
        raise BallotNotFit
    approved = sum(values.values())
    if judged.mode == Round.Mode.APPROVE and judged.most_approved is not None and approved > judged.most_approved:
        raise TooManyApproved(judged.most_approved)
    is_whole = set(values) == set(known) if judged.mode in NEEDS_ALL else bool(values)
    if is_in and not is_whole:
        raise BallotIncomplete


def _write(ballot: JuryBallot, values: Mapping[int, int], known: Mapping[int, str]) -> None:
    ballot.save()
    ballot.lines.all().delete()
    BallotLine.objects.bulk_create(
        [BallotLine(ballot=ballot, entry_id=pk, value=value) for pk, value in values.items()]
    )
    lines = {known[pk]: value for pk, value in values.items()}
    BallotVersion.objects.create(ballot=ballot, version=ballot.version, lines=lines, saved_at=ballot.updated_at)


def _record(verb: str, row: JuryBallot | PairAnswer, judged: Round, juror: Juror, by: User, now: datetime) -> None:
    """Say who voted, never how."""
    facts = {"round": judged.uuid, "juror": juror.uuid}
    audit.record(verb, row, actor=Actor.of_user(by), at=now, facts=facts, edition=judged.call.edition)

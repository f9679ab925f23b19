"""Who chairs the jury, and who leaves it."""

from dataclasses import dataclass
from datetime import datetime

from awards.exceptions.seats import NotSeated
from awards.models import Assignment, Juror, Scorecard
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Departure:
    """What becomes of the work of somebody who leaves: how many projects come back, how many cards still count."""

    given_back: int
    cards_kept: int


def make_chair(*, juror_id: int, by: User, now: datetime) -> Juror:
    """Let a juror chair the jury, in the place of whoever does. Again is the same.

    Raises NotSeated for somebody who is not of the jury.
    """
    with writing(public=False):
        juror = _held(juror_id)
        if juror.is_chair:
            return juror
        former = Juror.objects.filter(call=juror.call_id, is_chair=True).first()
        Juror.objects.filter(call=juror.call_id, is_chair=True).update(is_chair=False)
        juror.is_chair = True
        juror.save(update_fields=["is_chair"])
        facts: dict[str, audit.Fact] = {"juror": juror.uuid}
        if former:
            facts["former"] = former.uuid
        _record("juror.put_in_the_chair", juror, by, now, facts)
    return juror


def leave(*, juror_id: int, by: User, now: datetime) -> Departure:
    """Let a juror go from the jury: what they have not handed in comes back to be given, what is in counts.

    A card that was begun stays on record and counts for nothing, as when a project goes to another juror. Rounds that
    are over stay as they are. A second call changes nothing.

    Raises NotSeated for somebody who is only asked.
    """
    with writing(public=False):
        juror = Juror.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=juror_id)
        kept = Scorecard.objects.filter(assignment__juror=juror, state=Scorecard.State.SUBMITTED).count()
        if juror.state == Juror.State.LEFT:
            return Departure(0, kept)
        juror = _held(juror_id)
        given_back = _give_back(juror, now)
        juror.state, juror.left_at, juror.is_chair = Juror.State.LEFT, now, False
        juror.save(update_fields=["state", "left_at", "is_chair"])
        facts: dict[str, audit.Fact] = {"juror": juror.uuid, "given_back": given_back, "cards": kept}
        _record("juror.left_the_jury", juror, by, now, facts)
    return Departure(given_back, kept)


def _give_back(juror: Juror, now: datetime) -> int:
    """Close what the juror still owes; return how many projects wait for somebody else."""
    owed = Assignment.objects.select_for_update(of=("self",)).open().filter(juror=juror, round__closes__gte=now)  # type: ignore[attr-defined]
    count = 0
    for pair in owed.order_by("pk"):
        card = Scorecard.objects.filter(assignment=pair).first()
        if card is not None and card.state != Scorecard.State.DRAFT:
            continue
        count += 1
        if card is None:
            pair.delete()
            continue
        pair.state = Assignment.State.REASSIGNED
        pair.save(update_fields=["state"])
        card.state, card.voided_at, card.version = Scorecard.State.VOIDED, now, card.version + 1
        card.save(update_fields=["state", "voided_at", "version"])
    return count


def _held(juror_id: int) -> Juror:
    juror = Juror.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=juror_id)
    if juror.state != Juror.State.SEATED:
        raise NotSeated
    return juror


def _record(verb: str, juror: Juror, by: User, now: datetime, facts: dict[str, audit.Fact]) -> None:
    audit.record(verb, juror, actor=Actor.of_user(by), at=now, facts=facts, edition=juror.call.edition)

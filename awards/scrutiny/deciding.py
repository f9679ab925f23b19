"""What the office decides about ballots: doubted, void, or taken back; each in the log, never with its grades."""

from collections.abc import Collection
from datetime import datetime

from awards.exceptions.voting import VoteCounted
from awards.models import PublicBallot, Round
from awards.voting.casting import LONGEST_REQUEST
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User

_VERBS = {
    PublicBallot.State.SUSPECT: "ballot.doubted",
    PublicBallot.State.VOID: "ballot.voided",
    PublicBallot.State.VALID: "ballot.taken_back",
}


def decide(
    *, round_id: int, ballots: Collection[int], state: str, by: User, now: datetime, reason: str = "", note: str = ""
) -> int:
    """Give ballots of a vote a state; return how many change. Void ones do not count; `valid` takes a decision back.

    `reason` is one of `PublicBallot.Reason`, none for `valid`; the result says it. `note` stays in the log.

    Raises VoteCounted: nothing changes once the vote was counted.
    """
    chosen = PublicBallot.State(state)
    reason = "" if chosen == PublicBallot.State.VALID else PublicBallot.Reason(reason).value
    with writing(public=False):
        held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
        judged = held.get(pk=round_id, kind=Round.Kind.PUBLIC)
        if judged.tallies.filter(frozen_at__lte=now + LONGEST_REQUEST).exists():
            raise VoteCounted
        changing = judged.public_ballots.filter(pk__in=ballots).exclude(state=chosen, state_reason=reason)
        found = list(changing.order_by("pk"))
        changing.model.objects.filter(pk__in=[ballot.pk for ballot in found]).update(
            state=chosen, state_reason=reason, state_at=now, sealed_at=None
        )
        facts: dict[str, audit.Fact] = {"round": judged.uuid, "reason": reason, "note": note}
        for ballot in found:
            actor = Actor.of_user(by)
            audit.record(_VERBS[chosen], ballot, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return len(found)

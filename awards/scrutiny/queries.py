"""How the ballots of a vote came, and who of them is doubted. Neither grades nor totals are read here."""

from dataclasses import dataclass

from awards.models import Call, PublicBallot, Round
from awards.scrutiny import rules
from awards.voting.queries import tickets_gone


@dataclass(frozen=True, slots=True)
class Group:
    """Ballots to look at together."""

    reason: str
    domain: str
    ballots: tuple[PublicBallot, ...]

    @property
    def keys(self) -> str:
        """All of them, for one tick: those that were seen, and none that came since."""
        return "-".join(str(ballot.pk) for ballot in self.ballots)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody looks at, and what was decided already."""

    groups: tuple[Group, ...]
    decided: tuple[PublicBallot, ...]

    @property
    def keys(self) -> set[int]:
        """Every ballot that the sheet shows."""
        return {ballot.pk for group in self.groups for ballot in group.ballots} | {one.pk for one in self.decided}


def vote_of(call: Call) -> Round | None:
    """Return the public vote of a call, or None without one."""
    return Round.objects.select_related("call__edition").filter(call=call, kind=Round.Kind.PUBLIC).first()


def sheet_of(judged: Round) -> Sheet:
    """Return what there is to look at in a vote."""
    gone = tickets_gone(judged)
    ballots = {ballot.pk: ballot for ballot in judged.public_ballots.all()}
    casts = [
        rules.Cast(ballot.pk, ballot.confirmed_at, ballot.network, ballot.domain, ballot.ticket in gone)
        for ballot in ballots.values()
    ]
    groups = (
        Group(cluster.reason, cluster.domain, tuple(ballots[cast.key] for cast in cluster.casts))
        for cluster in rules.clusters(casts)
    )
    decided = (ballot for ballot in ballots.values() if ballot.state != PublicBallot.State.VALID)
    return Sheet(tuple(groups), tuple(decided))

"""The vote at a moment: its finalists in the order of the day, how it went once it is announced; never before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from awards.models import Call, Entry, PublicBallot, PublicGrade, Round, Tally
from awards.pages.queries import CallStatus, call_status, finalists
from awards.pages.stages import Stage
from awards.voting import rules
from festival.text.typography import local


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on announced finalists."""

    status: CallStatus
    round: Round
    entries: tuple[Entry, ...]  # in the order of the day

    @property
    def is_open(self) -> bool:
        """Whether one can vote."""
        return self.status.stage is Stage.VOTING and bool(self.entries)

    @property
    def is_to_come(self) -> bool:
        """Whether the vote has not begun."""
        return self.status.at < self.round.opens


def vote_at(*, now: datetime, edition: int | None = None) -> Vote | None:
    """Return the vote of the current call, or of a past edition's, once its finalists are public; None without one."""
    status = call_status(now=now, edition=edition)
    if status is None or status.facts.vote is None or not status.are_finalists_public:
        return None
    found = {str(entry.uuid): entry for group in finalists(status) for entry in group.entries}
    order = rules.shuffled(found, local(now).date())
    return Vote(status, status.facts.vote, tuple(found[uuid] for uuid in order))


def archive_with_vote(*, now: datetime) -> int | None:
    """Return the newest past edition that has a vote on public finalists, or None."""
    numbers = dict.fromkeys(Call.objects.archived().values_list("edition__number", flat=True))
    return next((number for number in numbers if vote_at(now=now, edition=number)), None)


def finalists_of(judged: Round, *, now: datetime) -> list[Entry]:
    """Return the finalists that a vote is on: those of the newest public result of the round that it follows.

    One that follows none takes those of any round of the jury.
    """
    of_jury = Tally.objects.exclude(round__kind=Round.Kind.PUBLIC).filter(round__call=judged.call_id)
    tallies = of_jury.filter(round=judged.follows_id) if judged.follows_id else of_jury
    known = (item for item in tallies.select_related("round") if item.announced_at and item.announced_at <= now)
    tally = next(known, None)
    if tally is None:
        return []
    return list(Entry.objects.in_contest().filter(tally_rows__tally=tally, tally_rows__is_finalist=True))


def voter_key(judged: Round, proof: str) -> str:
    """Return what stands for a voter: a keyed hash of what proves who they are, another one in every vote."""
    return salted_hmac("awards.voting", f"{judged.uuid} {proof}", algorithm="sha256").hexdigest()


def network_key(network: str, *, now: datetime) -> str:
    """Return what stands for a network on one day; nothing joins it to another day's."""
    day = local(now).date().isoformat()
    return sha256(f"{settings.SECRET_KEY} {day} {network}".encode()).hexdigest() if network else ""


def counted_ballots(judged: Round) -> list[dict[str, int]]:
    """Return the ballots that count, as grades by the uuid of the finalist."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in judged.public_ballots.counting().values_list("pk", flat=True)}
    grades = PublicGrade.objects.filter(ballot__round=judged).exclude(ballot__state=PublicBallot.State.VOID)
    for ballot, entry, value in grades.values_list("ballot_id", "entry__uuid", "value"):
        found[ballot][str(entry)] = value
    return [own for own in found.values() if own]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A finalist in the announced result; `shares` are hundredths of a percent of the grades, from the worst."""

    entry: Entry
    row: rules.Row
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An announced result: its lines by rank, how many voted."""

    tally: Tally
    ballots: int
    lines: Sequence[ResultLine]

    @property
    def winners(self) -> list[Entry]:
        """The first, or several where nothing separates them."""
        return [line.entry for line in self.lines if line.row.rank == 1]


def result_of(vote: Vote) -> Result | None:
    """Return the result once its moment has come, or None; counted again from what was frozen."""
    tallies = Tally.objects.filter(round=vote.round, method=rules.METHOD).select_related("round")
    tally = next((item for item in tallies if item.announced_at and item.announced_at <= vote.status.at), None)
    if tally is None:
        return None
    entries = {str(entry.uuid): entry for entry in vote.entries}
    lines = [
        ResultLine(entries[row.entry], row, tuple(round(10_000 * share) for share in rules.shares(row.profile)))
        for row in rules.count(tally.input)
        if row.entry in entries
    ]
    return Result(tally, len(tally.input["ballots"]), lines)

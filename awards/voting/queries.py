"""The vote at a moment: its finalists in the order of the day, how it went once it is announced; never before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from awards.models import Call, Entry, PublicBallot, PublicGrade, Round, SentBallot, Tally
from awards.pages.queries import CallStatus, call_status, finalists
from awards.pages.stages import Stage
from awards.voting import rules
from festival.text.typography import local

TICKET, MAIL = "ticket", "mail"  # the ways to prove who votes


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
    def ways(self) -> tuple[str, ...]:
        """How one proves who one is."""
        return ways_of(self.round)

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


def ticket_key(judged: Round, number: str) -> str:
    """Return what stands for a ticket in a vote, whoever has it."""
    return voter_key(judged, f"ticket {number}")


def ways_of(judged: Round) -> tuple[str, ...]:
    """Return the ways in which one votes in a round: by ticket only where there is a shop."""
    by_ticket = judged.voters != Round.Voters.MAIL and bool(settings.VOTER_OF_TICKET)
    by_mail = judged.voters != Round.Voters.TICKET
    return (TICKET,) * by_ticket + (MAIL,) * by_mail


def holder_of(code: str, judged: Round) -> tuple[str, str] | None:
    """Return the key of the valid ticket that a code means, and its holder's mail address; the shop is asked."""
    found: tuple[str, str] | None = import_string(settings.VOTER_OF_TICKET)(code, edition_id=judged.call.edition_id)
    return found


def tickets_gone(judged: Round) -> set[str]:
    """Return what stands for the tickets that are not valid any more in a vote; nothing where nobody used one."""
    if not settings.TICKETS_GONE or not judged.public_ballots.exclude(ticket="").exists():
        return set()
    gone: Iterable[str] = import_string(settings.TICKETS_GONE)(judged.call.edition_id)
    return {ticket_key(judged, number) for number in gone}


def ballot_of_link(uuid: UUID, judged: Round) -> PublicBallot | None:
    """Return the ballot whose own link this is, or what became of the one that was sent; None while it waits."""
    ballots = PublicBallot.objects.filter(round=judged)
    if (own := ballots.filter(uuid=uuid).first()) is not None:
        return own
    sent = SentBallot.objects.filter(uuid=uuid, round=judged).first()
    return ballots.filter(voter=sent.voter, sent_at__gte=sent.sent_at).first() if sent else None


def grades_of(ballot: PublicBallot) -> Mapping[str, int]:
    """Return what a ballot says, by the uuid of the project."""
    return {str(uuid): value for uuid, value in ballot.grades.values_list("entry__uuid", "value")}


def voided(judged: Round) -> dict[str, int]:
    """Return how many ballots do not count, by the reason."""
    void = PublicBallot.objects.filter(round=judged, state=PublicBallot.State.VOID).order_by("state_reason")
    return dict(void.values_list("state_reason").annotate(count=Count("pk")))


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
    def void(self) -> Mapping[str, int]:
        """How many ballots did not count, by the reason."""
        return self.tally.parameters.get("void", {})

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

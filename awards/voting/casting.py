"""Casting a ballot: with a ticket at once, or sent with an address and confirmed by the link in its mail.

It is changed until the vote is over: by the same proof, or on its own page. Whoever is doubted stays so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from awards.exceptions.voting import EmptyBallot, NewerBallot, NoTicket, NotOnBallot, TicketUsed, VoteNotOpen, WayClosed
from awards.models import PublicBallot, PublicGrade, Round, SentBallot
from awards.voting import rules
from awards.voting.queries import MAIL, TICKET, finalists_of, holder_of, ticket_key, voter_key, ways_of
from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.typed.mail_addresses import mail_identity

CONFIRM = "vote.confirm"  # the kind of mail
VOTER = Actor("voter")
# A result frozen so shortly after a ballot's moment was frozen while the ballot was on its way; one that was frozen
# much later only exists where the clock was put back, in a rehearsal.
LONGEST_REQUEST = timedelta(minutes=10)
KEPT_UNCONFIRMED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot as it is cast: who, by which proof, from where, what."""

    voter: str
    grades: Mapping[str, int]
    domain: str = ""
    network: str = ""
    ticket: str = ""


def send(
    *, round_id: int, email: str, grades: Mapping[str, int], network: str, language: str, now: datetime
) -> SentBallot:
    """Keep a ballot and mail its link to `email`. Nothing counts yet, and nothing tells whether the address has voted.

    `grades` maps the uuids of finalists to grades. Raises VoteNotOpen, WayClosed, EmptyBallot, NotOnBallot.
    """
    with writing(public=False):
        judged = _open_round(round_id, now, way=MAIL)
        _refuse(judged, grades, now)
        sent = SentBallot.objects.create(
            round=judged,
            voter=voter_key(judged, f"mail {mail_identity(email)}"),
            domain=email.rpartition("@")[2].lower(),
            network=network,
            grades=dict(grades),
            sent_at=now,
        )
        outbox.queue(CONFIRM, to=email, language=language, fact=sent, now=now, edition=judged.call.edition)
    return sent


def confirm(*, uuid: UUID, now: datetime) -> PublicBallot:
    """Count the ballot that was sent as `uuid`; the same again changes nothing.

    Raises:
        SentBallot.DoesNotExist: It was never sent, or is not kept any more.
        VoteNotOpen: The vote is over.
        NewerBallot: One that was sent later counts already.
    """
    with writing(public=False):
        sent = SentBallot.objects.select_related("round").get(uuid=uuid)
        judged = _open_round(sent.round_id, now)
        cast = Cast(sent.voter, sent.grades, sent.domain, sent.network)
        return _store(judged, cast, sent_at=sent.sent_at, now=now)


def cast_by_ticket(*, round_id: int, code: str, grades: Mapping[str, int], network: str, now: datetime) -> PublicBallot:
    """Count the ballot of whoever has the ticket of `code`, at once. It is the one ballot of the holder's mailbox.

    Raises:
        VoteNotOpen, EmptyBallot, NotOnBallot: As for any ballot.
        WayClosed: This vote is by mail only.
        NoTicket: The code is none of a ticket of the edition that is valid now.
        TicketUsed: The ballot of another mailbox has it, for whom the ticket was passed on.
    """
    with writing(public=False):
        judged = _open_round(round_id, now, way=TICKET)
        _refuse(judged, grades, now)
        found = holder_of(code, judged)
        if found is None:
            raise NoTicket
        number, email = found
        proof = f"mail {mail_identity(email)}" if email else f"ticket {number}"
        ticket = ticket_key(judged, number)
        cast = Cast(voter_key(judged, proof), grades, email.rpartition("@")[2].lower(), network, ticket)
        if judged.public_ballots.filter(ticket=ticket).exclude(voter=cast.voter).exists():
            raise TicketUsed
        return _store(judged, cast, sent_at=now, now=now)


def change(*, ballot: PublicBallot, grades: Mapping[str, int], network: str, now: datetime) -> PublicBallot:
    """Change a ballot on its own page. Raises VoteNotOpen, EmptyBallot, NotOnBallot, NewerBallot."""
    with writing(public=False):
        judged = _open_round(ballot.round_id, now)
        _refuse(judged, grades, now)
        known = PublicBallot.objects.get(pk=ballot.pk)
        cast = Cast(known.voter, grades, known.domain, network, known.ticket)
        return _store(judged, cast, sent_at=now, now=now)


def cast_at_once(*, round_id: int, cast: Cast, now: datetime) -> PublicBallot:
    """Count a ballot whose voter is proved already. Raises VoteNotOpen, EmptyBallot, NotOnBallot."""
    with writing(public=False):
        judged = _open_round(round_id, now)
        _refuse(judged, cast.grades, now)
        return _store(judged, cast, sent_at=now, now=now)


def forget_unconfirmed(now: datetime) -> int:
    """Remove ballots that nobody confirmed in two days; return how many. Runs within `manage.py tick`.

    The link of one that was confirmed leads to the ballot until the vote is counted.
    """
    with writing(public=False):
        old = SentBallot.objects.filter(sent_at__lte=now - KEPT_UNCONFIRMED)
        cast = PublicBallot.objects.filter(round=OuterRef("round"), voter=OuterRef("voter"))
        return old.exclude(Exists(cast.filter(sent_at__gte=OuterRef("sent_at")))).delete()[0]


def _open_round(round_id: int, now: datetime, way: str = "") -> Round:
    """Hold and return the round if it takes ballots, by this way: whoever counts it holds it too."""
    held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
    judged = held.get(pk=round_id, kind=Round.Kind.PUBLIC)
    if not judged.is_open(now) or judged.tallies.filter(frozen_at__range=(now, now + LONGEST_REQUEST)).exists():
        raise VoteNotOpen
    if way and way not in ways_of(judged):
        raise WayClosed
    return judged


def _refuse(judged: Round, grades: Mapping[str, int], now: datetime) -> None:
    fault = rules.fault_of(grades, (str(entry.uuid) for entry in finalists_of(judged, now=now)))
    if fault == "empty":
        raise EmptyBallot
    if fault:
        raise NotOnBallot


def _store(judged: Round, cast: Cast, *, sent_at: datetime, now: datetime) -> PublicBallot:
    known = PublicBallot.objects.filter(round=judged, voter=cast.voter).first()
    if known is not None and known.sent_at > sent_at:
        raise NewerBallot
    if known is not None and known.sent_at == sent_at:
        return known
    ballot = known or PublicBallot(round=judged, voter=cast.voter)
    ballot.domain, ballot.network, ballot.ticket = cast.domain, cast.network, cast.ticket
    ballot.sent_at, ballot.confirmed_at, ballot.sealed_at = sent_at, now, None
    ballot.save()
    entries = {str(uuid): pk for uuid, pk in judged.call.entries.values_list("uuid", "pk")}
    # What was graded before and is not any more is no grade; a ballot is one thing.
    PublicGrade.objects.filter(ballot=ballot).delete()
    PublicGrade.objects.bulk_create(
        [PublicGrade(ballot=ballot, entry_id=entries[uuid], value=value) for uuid, value in cast.grades.items()]
    )
    verb = "ballot.changed" if known else "ballot.counted"
    audit.record(verb, ballot, actor=VOTER, at=now, facts={"round": judged.uuid}, edition=judged.call.edition)
    return ballot

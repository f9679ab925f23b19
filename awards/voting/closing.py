"""Counting a vote once it is over: frozen with the ballots that counted, without anybody's name."""

from datetime import datetime

from awards.exceptions.voting import VoteStillOpen
from awards.models import Category, Entry, Round, SentBallot, Tally, TallyRow
from awards.results.dossier import fingerprint
from awards.voting import rules
from awards.voting.queries import counted_ballots, finalists_of, voided
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User

TICK = Actor.system("tick")


def freeze_vote(*, round_id: int, by: User | None, now: datetime, actor: Actor = TICK) -> Tally:
    """Freeze the result of a vote. What nobody can do any more is forgotten: open links, networks.

    Its result is public at the moment that the round plans, or at once when that has come. Raises VoteStillOpen.
    """
    with writing(public=True):
        rounds = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
        judged = rounds.get(pk=round_id, kind=Round.Kind.PUBLIC)
        if now <= judged.closes:
            raise VoteStillOpen
        entries = {str(entry.uuid): entry for entry in finalists_of(judged, now=now)}
        names = {uuid: entry.slug for uuid, entry in entries.items()}
        data = rules.written(counted_ballots(judged), entries)
        is_plan = judged.announced_at is not None and judged.announced_at > now
        tally = Tally.objects.create(
            round=judged,
            method=rules.METHOD,
            code_version=rules.CODE_VERSION,
            parameters={"void": voided(judged)},
            input=data,
            input_sha256=fingerprint(data),
            names=names,
            names_sha256=fingerprint(names),
            frozen_at=now,
            frozen_by=by,
            is_public_as_planned=is_plan,
            public_from=None if is_plan or judged.announced_at is None else now,
        )
        TallyRow.objects.bulk_create(_rows(tally, judged, entries))
        SentBallot.objects.filter(round=judged).delete()
        judged.public_ballots.update(network="", sealed_at=now)
        facts: dict[str, Fact] = {
            "round": judged.uuid,
            "input_sha256": tally.input_sha256,
            "ballots": len(data["ballots"]),
            "void": sum(tally.parameters["void"].values()),
        }
        audit.record("vote.frozen", tally, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return tally


def freeze_due(now: datetime) -> int:
    """Freeze the votes whose moment to be announced has come and that nobody has frozen; return how many.

    Runs within `manage.py tick`.
    """
    due = Round.objects.filter(kind=Round.Kind.PUBLIC, closes__lt=now, announced_at__lte=now, tallies=None)
    frozen = 0
    for judged in due.filter(public_ballots__isnull=False).distinct():
        if finalists_of(judged, now=now):
            freeze_vote(round_id=judged.pk, by=None, now=now)
            frozen += 1
    return frozen


def _rows(tally: Tally, judged: Round, entries: dict[str, Entry]) -> list[TallyRow]:
    public = Category.objects.filter(call=judged.call_id, by_public_vote=True).first()
    return [
        TallyRow(
            tally=tally,
            entry=entries[row.entry],
            category=public or entries[row.entry].category,
            place=place,
            cards=row.grades,
            rank=row.rank,
            **rules.stored(row),
        )
        for place, row in enumerate(rules.count(tally.input), start=1)
    ]

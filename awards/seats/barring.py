"""Keeping jurors from projects that they are tied to: what the site finds, what the chair adds or lifts."""

from collections import defaultdict
from datetime import datetime

from awards.exceptions.seats import OwnWordStays
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, Call, Entry, EntryMember, Juror, Recusal, Round, Scorecard
from awards.seats.rules import Papers, ties
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User

# Cards can be written on what is in the contest or may come into it.
_JUDGED = (Entry.State.SUBMITTED, Entry.State.ELIGIBLE)


def find_all(now: datetime) -> int:
    """Find the conflicts of every call that a round of its jury still judges; return how many rows were written."""
    calls = Call.objects.filter(rounds__in=Round.objects.of_jurors().filter(closes__gte=now)).distinct()
    return sum(find(call_id=call.pk, now=now) for call in calls)


def find(*, call_id: int, now: datetime) -> int:
    """Write down each conflict between a juror and a project of a call that the papers of both show, once.

    One that was lifted is not found again. Returns how many are new. What was found stays when the papers change:
    whoever left an organisation yesterday still knows it.
    """
    known = set(Recusal.ever.filter(juror__call=call_id).values_list("juror_id", "entry_id"))
    found = [tie for tie in ties(_jurors(call_id), _entries(call_id)) if tie[:2] not in known]
    for juror_id, entry_id, tie in found:
        conflict = Conflict(Recusal.Source.AUTOMATIC, Recusal.Tie(tie))
        pair = {"juror_id": juror_id, "entry_id": entry_id}
        recuse(**pair, round_id=None, reason="", by=None, now=now, conflict=conflict)
    return len(found)


def lift(*, recusal_id: int, reason: str, by: User, now: datetime) -> Recusal:
    """Lift a conflict that was a mistake. The pair is free again; a card that it voided stays void.

    A second call changes nothing.

    Raises:
        OwnWordStays: The juror stepped back; nobody takes that back.
    """
    with writing(public=False):
        juror_id = Recusal.ever.values_list("juror_id", flat=True).get(pk=recusal_id)
        Juror.objects.select_for_update().get(pk=juror_id)
        row = Recusal.ever.select_related("juror__call__edition", "entry").get(pk=recusal_id)
        if row.source == Recusal.Source.OWN:
            raise OwnWordStays
        if row.lifted_at is not None:
            return row
        row.lifted_at, row.lifted_reason = now, reason
        row.save(update_fields=["lifted_at", "lifted_reason"])
        closed = Assignment.objects.filter(juror=row.juror, entry=row.entry, state=Assignment.State.RECUSED)
        begun = Scorecard.objects.filter(assignment__in=closed).values("assignment")
        # A void card may have been left out of a frozen result: it only comes back if the chair gives the pair again.
        closed.filter(pk__in=list(begun.values_list("assignment", flat=True))).update(state=Assignment.State.REASSIGNED)
        closed.update(state=Assignment.State.OPEN)
        facts: dict[str, Fact] = {"juror": row.juror.uuid, "entry": row.entry.uuid, "source": row.source}
        edition = row.juror.call.edition
        audit.record("recusal.lifted", row, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)
    return row


def _jurors(call_id: int) -> list[Papers]:
    """Return the papers of the jury: the account's address and the one that the organisers typed, the organisation."""
    rows = Juror.objects.filter(call=call_id).values_list("pk", "email", "user__email", "organisation")
    return [Papers(pk, _full(typed, account), organisations=_full(name)) for pk, typed, account, name in rows]


def _entries(call_id: int) -> list[Papers]:
    """Return the papers of the projects. Two queries."""
    members: dict[int, set[str]] = defaultdict(set)
    judged = Entry.objects.filter(call=call_id, state__in=_JUDGED)
    for entry_id, address in EntryMember.objects.filter(entry__in=judged).values_list("entry_id", "email"):
        members[entry_id].add(address)
    return [
        Papers(pk, _full(address), frozenset(members[pk]), _full(holder))
        for pk, address, holder in judged.values_list("pk", "applicant__email", "holder")
    ]


def _full(*values: str | None) -> frozenset[str]:
    return frozenset(value for value in values if value)

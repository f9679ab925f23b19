"""What the site finds by itself: jurors who are tied to a project by what both wrote in their papers."""

from collections import defaultdict
from datetime import datetime

from awards.jury.scoring import Conflict, recuse
from awards.models import Call, Entry, EntryMember, Juror, Recusal, Round
from awards.ties.rules import Papers, ties

# Cards can be written on what is in the contest or may come into it.
_JUDGED = (Entry.State.SUBMITTED, Entry.State.ELIGIBLE)


def find_all(now: datetime) -> int:
    """Find the conflicts of every call that a round of its jury still judges; return how many rows were written."""
    calls = Call.objects.filter(rounds__in=Round.objects.of_jurors().filter(closes__gte=now)).distinct()
    return sum(find(call_id=call.pk, now=now) for call in calls)


def find(*, call_id: int, now: datetime, entry_id: int | None = None) -> int:
    """Write down each conflict between a juror and a project of a call that the papers of both show, once.

    One that was lifted is not found again. With `entry_id`, only that project
    is looked at. Returns how many are new. What was found stays when the papers change:
    whoever left an organisation yesterday still knows it.
    """
    known = set(Recusal.ever.filter(juror__call=call_id).values_list("juror_id", "entry_id"))
    found = [tie for tie in ties(_jurors(call_id), _entries(call_id, entry_id)) if tie[:2] not in known]
    for juror_id, entry_id, tie in found:
        conflict = Conflict(Recusal.Source.AUTOMATIC, Recusal.Tie(tie))
        pair = {"juror_id": juror_id, "entry_id": entry_id}
        recuse(**pair, round_id=None, reason="", by=None, now=now, conflict=conflict)
    return len(found)


def _jurors(call_id: int) -> list[Papers]:
    """Return the papers of the jury: the account's address and the one that the organisers typed, the organisation."""
    rows = Juror.objects.filter(call=call_id).values_list("pk", "email", "user__email", "organisation")
    return [Papers(pk, _full(typed, account), organisations=_full(name)) for pk, typed, account, name in rows]


def _entries(call_id: int, entry_id: int | None) -> list[Papers]:
    """Return the papers of the projects. Two queries."""
    members: dict[int, set[str]] = defaultdict(set)
    judged = Entry.objects.filter(call=call_id, state__in=_JUDGED)
    if entry_id is not None:
        judged = judged.filter(pk=entry_id)
    for entry_id, address in EntryMember.objects.filter(entry__in=judged).values_list("entry_id", "email"):
        members[entry_id].add(address)
    return [
        Papers(pk, _full(address), frozenset(members[pk]), _full(holder))
        for pk, address, holder in judged.values_list("pk", "applicant__email", "holder")
    ]


def _full(*values: str | None) -> frozenset[str]:
    return frozenset(value for value in values if value)

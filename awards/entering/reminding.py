"""Telling applicants that the call closes in three days, and in one: to drafts only, each once a project."""

from datetime import datetime, timedelta

from awards.entering import queries, rules
from awards.models import Call, Entry, EntryReminder
from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing

REMINDER = "entry.reminder"
# Nobody has an extension longer than this behind the close of the call.
LONGEST_EXTENSION = timedelta(days=90)


def remind_due(now: datetime) -> int:
    """Queue the reminders that are due, each in a transaction of its own, and return how many. Runs in `tick`.

    An applicant's own deadline counts. Whoever begins within the last three days is reminded of the last one only.
    """
    calls = Call.objects.filter(opens__lte=now, closes__gte=now - LONGEST_EXTENSION)
    drafts = Entry.objects.filter(call__in=calls, state=Entry.State.DRAFT, applicant__isnull=False)
    waiting = drafts.exclude(reminders__kind=EntryReminder.Kind.ONE_DAY)
    return sum(_remind(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


def _remind(pk: int, now: datetime) -> bool:
    with writing(public=False):
        rows = Entry.objects.select_for_update(of=("self",)).filter(pk=pk, state=Entry.State.DRAFT)
        entry = rows.select_related("call__edition", "applicant").first()
        if entry is None or entry.applicant is None or entry.applicant.erased_at:
            return False
        sent = set(EntryReminder.objects.filter(entry=entry).values_list("kind", flat=True))
        due = rules.due_reminders(queries.deadline_of(entry.call, entry), sent, now)
        if not due:
            return False
        EntryReminder.objects.bulk_create([EntryReminder(entry=entry, kind=kind, sent_at=now) for kind in due])
        who, edition = entry.applicant, entry.call.edition
        outbox.queue(REMINDER, to=who.email, language=who.language, fact=entry, now=now, edition=edition)
        facts: dict[str, Fact] = {"entry": entry.uuid, "kind": due[-1]}
        audit.record("entry.reminded", entry, actor=Actor.system("tick"), at=now, facts=facts, edition=edition)
        return True

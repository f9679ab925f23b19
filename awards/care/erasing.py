"""Erasing what is no longer kept: the applications of a call when their time is over, a juror on request."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from awards.care import queries
from awards.entering.erasing import NOTHING, forget_entry, forget_notes, forget_person
from awards.exceptions.application import ApplicationsNeeded, JurorAtWork
from awards.models import Assignment, Call, Entry, Juror, Recusal, Scorecard, ScoreChange
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import AuditEntry, OutgoingMail
from festival.time import clock


def erase_due(now: datetime) -> int:
    """Erase the applications of the calls whose day is over, and return how many calls that were.

    A clock that was put forward for a rehearsal erases nothing.
    """
    today = min(now, timezone.now()).astimezone(clock.zone()).date()
    due = Call.objects.filter(retention_until__lt=today, erased_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    for pk in keys:
        erase_call(call_id=pk, actor=Actor.system("tick"), now=now, is_due=True)
    return len(keys)


def erase_call(*, call_id: int, actor: Actor, now: datetime, is_due: bool = False) -> None:
    """Erase the applications of a call: what was announced, scored and decided stays, all else goes for good.

    A second call erases what came since. Raises ApplicationsNeeded while the contest runs, unless its day `is_due`.
    """
    with writing(public=True):
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        if not is_due and queries.is_needed(call, now):
            raise ApplicationsNeeded
        what = queries.going(call, now)
        if call.erased_at and what.is_nothing:
            return
        people = list(queries.people_of(call))
        public = queries.announced(call, now)
        for entry in Entry.objects.select_for_update(of=("self",)).filter(call=call):
            forget_entry(entry, now, is_public=entry.pk in public)
            if entry.state == Entry.State.DRAFT:
                Entry.objects.filter(pk=entry.pk).update(state=Entry.State.WITHDRAWN)
        for who in people:
            forget_person(who, now)
        Call.objects.filter(pk=call.pk).update(erased_at=now)
        counts = {
            name: getattr(what, name) for name in ("drafts", "projects", "answers", "files", "people", "announced")
        }
        facts: dict[str, Fact] = {"due": is_due, **counts}
        audit.record("call.purged", call, actor=actor, at=now, facts=facts, edition=call.edition)


def erase_juror(*, juror_id: int, actor: Actor, now: datetime) -> None:
    """Erase who a juror is, and what they wrote for nobody else; marks, and what others were told, stay.

    A second call changes nothing. Raises JurorAtWork while they have something to judge.
    """
    with writing(public=True):
        rows = Juror.objects.select_for_update(of=("self",)).select_related("call__edition", "user")
        juror = rows.get(pk=juror_id)
        if juror.erased_at:
            return
        if queries.is_at_work(juror, now):
            raise JurorAtWork
        _forget_words(juror)
        _forget_in_log(juror)
        OutgoingMail.objects.about(juror).update(to=_nowhere(juror), subject="", last_error="")
        if juror.user_id:
            ScoreChange.objects.filter(card__assignment__juror=juror).update(changed_by=None)
        number = f"#{juror.uuid.hex[:8]}"
        blank: dict[str, Any] = dict.fromkeys(("email", "organisation", "city", "country"), "") | {
            "role": {},
            "bio": {},
            "user": None,
        }
        named = {"name": number, "sort_name": number, "slug": f"erased-{juror.uuid.hex}", "erased_at": now}
        Juror.objects.filter(pk=juror.pk).update(**blank, **named)
        juror.refresh_from_db()
        audit.record("juror.erased", juror, actor=actor, at=now, edition=juror.call.edition)


def _nowhere(juror: Juror) -> str:
    return f"{juror.uuid.hex}@erased.invalid"


def _forget_words(juror: Juror) -> None:
    """Erase the words that only the juror or the chair read, and why they stepped back or abstained."""
    forget_notes(Assignment.objects.filter(juror=juror))
    Recusal.ever.filter(juror=juror).exclude(reason="").update(reason="")
    cards = Scorecard.objects.filter(assignment__juror=juror)
    cards.exclude(abstains_because="").update(abstains_because=NOTHING)


def _forget_in_log(juror: Juror) -> None:
    """Blank the name in the audit log, where no seal covers it: of what was done to the juror, and of what they did."""
    pairs = {
        Juror: [juror.pk],
        Assignment: juror.assignments.values_list("pk", flat=True),  # type: ignore[attr-defined]
        Recusal: Recusal.ever.filter(juror=juror).values_list("pk", flat=True),
    }
    for model, keys in pairs.items():
        named = Q(subject_type=model._meta.label_lower, subject_id__in=[str(pk) for pk in keys])
        AuditEntry.objects.filter(named).forget_subjects()
    if juror.user_id:
        own = Q(actor=f"user:{juror.user_id}", subject_type__startswith="awards.")
        AuditEntry.objects.filter(own).forget_names()

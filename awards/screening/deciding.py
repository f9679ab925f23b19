"""What screeners do: decide on a project, take the decision back. Each is a row, and a letter that waits a while."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from awards.entering.queries import standing_of
from awards.exceptions import EntryWasRead
from awards.exceptions.screening import DecisionIncomplete, NothingToUndo, NotScreened
from awards.models import Entry, Scorecard, Screening, ScreeningLetter
from awards.screening.queries import last_told
from awards.screening.rules import DECIDABLE, STATES, is_news
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User
from festival.text.languages import in_all_languages

Verdict = Screening.Verdict
WAIT = timedelta(minutes=15)  # in which a decision can be taken back and nobody has heard of it
# Jurors read the state's reason, in a blind round too: the letter's own words may name somebody.
_FOR_JURORS = _("The organisers decided so.")


def decide(
    *, entry_id: int, verdict: str, by: User, now: datetime, reason: str = "", until: datetime | None = None
) -> Screening:
    """Decide on a project; the applicant is told in a quarter of an hour, unless another decision comes first.

    The decision that stands already is returned as it is.

    Raises:
        NotScreened: The project is a draft or withdrawn; or changes are asked of one that is decided on.
        EntryWasRead: Changes are asked of a project that jurors have scored.
        DecisionIncomplete: A reason is missing, or the end of the changes is missing or past.
    """
    reason = reason.strip()
    if verdict != Verdict.ELIGIBLE and not reason:
        raise DecisionIncomplete
    if (verdict == Verdict.CHANGES) != (until is not None) or (until is not None and until <= now):
        raise DecisionIncomplete
    with writing(public=True):
        entry = _held(entry_id)
        standing = standing_of(entry.pk)
        if standing and (standing.verdict, standing.reason, standing.until) == (verdict, reason, until):
            return standing
        if verdict == Verdict.CHANGES:
            _refuse_read(entry)
        facts = {"verdict": verdict, "reason": reason, "until": until, "before": entry.state}
        made = Screening.objects.create(entry=entry, decided_by=by, decided_at=now, **facts)
        _move(entry, STATES[verdict])
        _tell(made, now)
        _record(made, by, now)
    return made


def undo(*, entry_id: int, by: User, now: datetime) -> Screening:
    """Take the decision that stands back: the project is where it was before. A letter that waits is not sent.

    Raises NothingToUndo, and EntryWasRead where jurors have scored a project that would wait for its decision again.
    """
    with writing(public=True):
        entry = _held(entry_id)
        standing = standing_of(entry.pk)
        if standing is None:
            raise NothingToUndo
        if standing.before == Entry.State.SUBMITTED:
            _refuse_read(entry)
        made = Screening.objects.create(
            entry=entry, verdict=Verdict.UNDONE, before=entry.state, decided_by=by, decided_at=now
        )
        _move(entry, standing.before)
        _tell(made, now)
        _record(made, by, now)
    return made


def _held(entry_id: int) -> Entry:
    entry = Entry.objects.select_for_update(of=("self",)).select_related("call__edition", "applicant").get(pk=entry_id)
    if entry.state not in DECIDABLE:
        raise NotScreened
    return entry


def _refuse_read(entry: Entry) -> None:
    if cards := Scorecard.objects.with_marks().filter(assignment__entry=entry).count():
        raise EntryWasRead(cards)


def _move(entry: Entry, state: str) -> None:
    is_out = state in {Entry.State.INELIGIBLE, Entry.State.DISQUALIFIED}
    entry.state = state
    entry.state_reason = in_all_languages(_FOR_JURORS) if is_out else ""
    entry.save(update_fields=["state", "state_reason"])


def _tell(made: Screening, now: datetime) -> None:
    """Withdraw what waits about the project, and let what is news wait in its place."""
    ScreeningLetter.objects.pending().filter(screening__entry=made.entry).update(withdrawn_at=now)
    held = standing_of(made.entry_id)
    holds, asks = held.verdict if held else "", made.verdict == Verdict.CHANGES
    if made.entry.applicant_id and is_news(last_told(made.entry_id), holds, asks=asks):
        ScreeningLetter.objects.create(screening=made, due_at=now + WAIT)


def _record(made: Screening, by: User, now: datetime) -> None:
    entry = made.entry
    facts: dict[str, audit.Fact] = {"entry": entry.uuid, "verdict": made.verdict, "state": entry.state}
    audit.record("entry.screened", entry, actor=Actor.of_user(by), at=now, facts=facts, edition=entry.call.edition)

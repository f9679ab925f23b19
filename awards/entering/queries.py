"""What an applicant's pages read: their projects, until when, and who may do what. Nothing of the jury's work."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from awards.entering.rules import Around, Deadline, standing_place
from awards.models import (
    Applicant,
    Call,
    Entry,
    EntryFile,
    EntryMember,
    EntryRevision,
    Extension,
    Question,
    Screening,
)
from awards.pages.queries import call_facts
from awards.pages.stages import Stage, stage_at


def deadline_of(call: Call, entry: Entry | None = None) -> Deadline:
    """Return until when a project of the call may be sent in; without one, what holds for everybody."""
    return deadlines_of(call, [entry])[entry.pk] if entry else _deadline(call)


def deadline_for(call: Call, applicant: Applicant) -> Deadline:
    """Return until when somebody may begin a project: an extension is theirs."""
    until = Extension.objects.filter(call=call, email=applicant.email).values_list("until", flat=True).first()
    return _deadline(call, until)


def deadlines_of(call: Call, entries: Sequence[Entry]) -> dict[int, Deadline]:
    """Return until when each of several projects may be sent in, with two questions to the database."""
    owners = {entry.pk: entry.applicant.email for entry in entries if entry.applicant}
    extensions = dict(Extension.objects.filter(call=call, email__in=owners.values()).values_list("email", "until"))
    rows: dict[int, list[Screening]] = {}
    for row in Screening.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("decided_at", "pk"):
        rows.setdefault(row.entry_id, []).append(row)
    # Only a decision that asks for changes has an end.
    asked = {pk: held.until for pk, of_entry in rows.items() if (held := standing_one(of_entry))}
    return {
        entry.pk: _deadline(call, extensions.get(owners.get(entry.pk, "")), asked.get(entry.pk)) for entry in entries
    }


def standing_one(rows: Sequence[Screening]) -> Screening | None:
    """Return the decision that holds after all rows of a project, the oldest first; None where none does."""
    place = standing_place([row.verdict for row in rows])
    return None if place is None else rows[place]


def standing_of(entry_id: int, *, at: Screening | None = None) -> Screening | None:
    """Return the decision that holds on a project, now or as it was once the row `at` was written."""
    rows = list(Screening.objects.filter(entry=entry_id).order_by("decided_at", "pk"))
    return standing_one(rows if at is None else rows[: rows.index(at) + 1])


def _deadline(call: Call, extended: datetime | None = None, asked: datetime | None = None) -> Deadline:
    return Deadline(call.opens, call.closes, call.grace, extended_until=extended, resubmit_until=asked)


def entries_of(applicant: Applicant, call: Call) -> list[Entry]:
    """Return the projects of a call that somebody owns or writes along on, the newest first."""
    mine = Q(applicant=applicant) | Q(pk__in=_joined(applicant))
    found = Entry.objects.filter(mine, call=call).select_related("category", "draft", "applicant", "call__edition")
    return list(found.order_by("-pk"))


def entry_of(applicant: Applicant, call: Call, uuid: UUID) -> Entry:
    """Return one project that somebody owns or writes along on. Raises Entry.DoesNotExist for any other."""
    mine = Q(applicant=applicant) | Q(pk__in=_joined(applicant))
    rows = Entry.objects.filter(mine, call=call, uuid=uuid)
    return rows.select_related("category", "draft", "applicant", "call__edition").get()


def is_sent_again(entry: Entry) -> bool:
    """Return whether a project that was asked for changes has been sent in since."""
    held = standing_of(entry.pk)
    return held is not None and EntryRevision.objects.filter(entry=entry, submitted_at__gt=held.decided_at).exists()


def _joined(applicant: Applicant) -> object:
    return EntryMember.objects.joined().filter(applicant=applicant).values("entry")


def questions_of(call: Call) -> list[Question]:
    """Return what the call asks now, with the options, in its order."""
    return list(call.questions.current().prefetch_related("options", "categories"))  # type: ignore[attr-defined]


def files_of(entry: Entry) -> Sequence[EntryFile]:
    """Return the files of a project that are there, with their versions without names."""
    rows = EntryFile.objects.filter(entry=entry, removed_at__isnull=True, original=None)
    return list(rows.select_related("redacted", "question").order_by("pk"))


def last_revision(entry: Entry) -> EntryRevision | None:
    """Return what was sent in last."""
    return EntryRevision.objects.filter(entry=entry).order_by("-number").first()


def members_of(entry: Entry) -> list[EntryMember]:
    """Return who is invited to a project or has joined it."""
    return list(EntryMember.objects.present().filter(entry=entry).select_related("applicant"))


def around(entry: Entry, now: datetime) -> Around:
    """Return what may be told about the contest around a project at this moment: results only once they are public."""
    edition = entry.call.edition
    facts = call_facts(None if edition.is_current else edition.number)
    if facts is None or facts.call.pk != entry.call_id:
        return Around()
    stage = stage_at(facts.windows, now)
    named = next((entries for moment, entries in facts.results if moment <= now), None)
    chosen = {row.pk for rows in named.values() for row in rows} if named else set()
    said = facts.announced if facts.announced and facts.announced.is_public(now) else None
    return Around(
        is_judged=stage not in {Stage.SOON, Stage.OPEN, Stage.CHECKING},
        is_decided=stage in {Stage.DECIDED, Stage.FINALISTS, Stage.VOTING, Stage.VOTED},
        is_announced=named is not None,
        is_finalist=entry.pk in chosen,
        is_over=not edition.is_current or now.date() > edition.end_date,
        has_won=bool(said and said.prizes_of(entry)),
        is_mentioned=bool(said and said.mentions_of(entry)),
    )

"""What screeners see: the projects of a call with what stands on them, which look alike, what excludes them."""

from dataclasses import dataclass

from awards.application.answering import exclusions
from awards.entering.queries import standing_of, standing_one
from awards.models import Answer, Call, Entry, EntryFile, Question, Screening, ScreeningLetter
from awards.screening.rules import DECIDABLE, Traits, duplicates


@dataclass(frozen=True, slots=True)
class Alike:
    """Another project of the call, and by what it resembles this one."""

    entry: Entry
    shared: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A project in the queue, with the decision that holds; `letter` waits to be sent."""

    entry: Entry
    standing: Screening | None
    letter: ScreeningLetter | None
    alike: list[Alike]
    excluded: list[str]


def queue(call: Call) -> list[Line]:
    """Return the projects of a call that can be decided on, those that wait first."""
    entries = {
        entry.pk: entry
        for entry in Entry.objects.filter(call=call, state__in=DECIDABLE).select_related("category", "applicant")
    }
    rows = _rows(entries)
    resembling = duplicates(_traits(entries))
    excluded = _excluded(call, entries)
    lines = [
        Line(
            entry,
            standing_one(rows.get(pk, [])),
            _pending(rows.get(pk, [])),
            [Alike(entries[other], shared) for other, shared in resembling.get(pk, {}).items()],
            excluded.get(pk, []),
        )
        for pk, entry in entries.items()
    ]
    return sorted(lines, key=lambda line: (line.entry.state != Entry.State.SUBMITTED, line.standing is not None))


def newest_of(entry_id: int) -> Screening | None:
    """Return the newest row of a project, one that takes a decision back included."""
    return Screening.objects.filter(entry=entry_id).first()


def last_told(entry_id: int) -> str:
    """Return what the applicant was told last to hold; empty for nothing."""
    letters = ScreeningLetter.objects.filter(screening__entry=entry_id, queued_at__isnull=False)
    last = letters.select_related("screening").order_by("-queued_at", "-pk").first()
    held = standing_of(entry_id, at=last.screening) if last else None
    return held.verdict if held else ""


def due_letters(now: object) -> list[int]:
    """Return the letters whose moment has come, the oldest first."""
    return list(ScreeningLetter.objects.pending().filter(due_at__lte=now).values_list("pk", flat=True))


def _rows(entries: dict[int, Entry]) -> dict[int, list[Screening]]:
    found: dict[int, list[Screening]] = {}
    for row in Screening.objects.filter(entry__in=entries).select_related("letter").order_by("decided_at", "pk"):
        found.setdefault(row.entry_id, []).append(row)
    return found


def _pending(rows: list[Screening]) -> ScreeningLetter | None:
    letter = getattr(rows[-1], "letter", None) if rows else None
    return letter if letter and letter.queued_at is None and letter.withdrawn_at is None else None


def _traits(entries: dict[int, Entry]) -> list[Traits]:
    files: dict[int, set[str]] = {}
    for entry, sha256 in EntryFile.objects.filter(entry__in=entries, removed_at=None).values_list("entry", "sha256"):
        files.setdefault(entry, set()).add(sha256)
    return [
        Traits(pk, str(entry.title), entry.holder, entry.website, files.get(pk, set())) for pk, entry in entries.items()
    ]


def _excluded(call: Call, entries: dict[int, Entry]) -> dict[int, list[str]]:
    questions = list(Question.objects.current().filter(call=call).prefetch_related("options", "categories"))
    answers: dict[int, dict[str, object]] = {}
    for entry, slug, value in Answer.objects.filter(entry__in=entries, question__in=questions).values_list(
        "entry", "question__slug", "value"
    ):
        answers.setdefault(entry, {})[slug] = value
    return {pk: exclusions(questions, answers.get(pk, {}), entry.category.slug) for pk, entry in entries.items()}

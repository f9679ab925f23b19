"""Sending a project in, taking it out of the contest, bringing it back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from awards.application.answering import asked, shown_of
from awards.application.rules import Fault, fault_of
from awards.entering import queries, rules
from awards.entering.drafting import actor_of, held, refuse_one_more
from awards.exceptions.entering import (
    CallNotOpen,
    DraftChanged,
    EntryIncomplete,
    EntryLocked,
    NotTheOwner,
    RulesChanged,
)
from awards.models import Answer, Applicant, Call, Category, Entry, EntryRevision, Question
from awards.ties.finding import find
from festival.core import audit, outbox
from festival.core.audit import Fact
from festival.core.writing import writing

RECEIPT = "entry.receipt"
WITHDRAWN = "entry.withdrawn"
# The columns of a project that its applicant fills in.
FACTS = (
    "title", "pitch", "holder", "legal_form", "city", "country", "founded", "funding_received", "community_size",
    "website", "video", "licence", "tags", "language",
)  # fmt: skip
NEEDED = ("title", "pitch", "holder")


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent in: the category, the columns of `FACTS`, answers by the number of their question."""

    category: Category
    facts: Mapping[str, Any]
    answers: Mapping[int, Any]
    rules_version: str
    version: int


def submit(*, entry_id: int, sending: Sending, by: Applicant, now: datetime) -> EntryRevision:
    """Freeze what is sent in as a version of its own, and queue the receipt. The same again is the same version.

    `now` is when it reached the server: the clock of whoever sends decides nothing.

    Raises:
        CallNotOpen, EntryLocked: It is too late, too early, or the project is not the applicant's to change.
        NotTheOwner: Somebody who only writes along sends it.
        RulesChanged: The rules that were accepted are not those that hold.
        DraftChanged: Another window saved something else first.
        EntryIncomplete: An answer or a fact is missing or wrong.
    """
    with writing(public=False):
        entry, draft = held(entry_id, now)
        if entry.applicant_id != by.pk:
            raise NotTheOwner
        if sending.rules_version != entry.call.rules_version:
            raise RulesChanged(entry.call.rules_version)
        questions, sending = _asked_of(queries.questions_of(entry.call), sending)
        _refuse_incomplete(entry, questions, sending)
        snapshot = _snapshot(entry, questions, sending)
        last = queries.last_revision(entry)
        sha256 = rules.fingerprint(snapshot)
        if last and last.sha256 == sha256 and entry.state == Entry.State.SUBMITTED:
            return last
        if draft.version != sending.version:
            raise DraftChanged(draft.version)
        revision = EntryRevision.objects.create(
            entry=entry,
            number=last.number + 1 if last else 1,
            rules_version=sending.rules_version,
            snapshot=snapshot,
            sha256=sha256,
            submitted_at=now,
        )
        _take_over(entry, sending, now)
        _tell(RECEIPT, by, revision, entry, now)
        facts: dict[str, Fact] = {"entry": entry.uuid, "version": revision.number, "sha256": sha256}
        audit.record("entry.submitted", entry, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)
    return revision


def withdraw(*, entry_id: int, by: Applicant, now: datetime) -> Entry:
    """Take a project that was sent in out of the contest. A second call changes nothing.

    Raises NotTheOwner, and EntryLocked for a project that is not in the contest, or whose edition has gone by.
    """
    with writing(public=False):
        entry = _owned(entry_id, by)
        if entry.state == Entry.State.WITHDRAWN:
            return entry
        if not rules.may_withdraw(entry.state, queries.around(entry, now)):
            raise EntryLocked(entry.state)
        _set_state(entry, Entry.State.WITHDRAWN)
        _tell(WITHDRAWN, by, entry, entry, now)
        facts = {"entry": entry.uuid}
        audit.record("entry.withdrawn", entry, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)
    return entry


def bring_back(*, entry_id: int, by: Applicant, now: datetime) -> Entry:
    """Bring a withdrawn project back as it was sent in, to be checked anew. A second call changes nothing.

    Raises NotTheOwner, CallNotOpen after the deadline, EntryLocked where it was not withdrawn, TooManyEntries where
    others have taken its place.
    """
    with writing(public=False):
        refuse_one_more(*_place_of(entry_id), by)
        entry = _owned(entry_id, by)
        if entry.state == Entry.State.SUBMITTED:
            return entry
        deadline = queries.deadline_of(entry.call, entry)
        if entry.state == Entry.State.WITHDRAWN and not deadline.is_open(now):
            raise CallNotOpen
        if not rules.may_return(entry.state, deadline, now):
            raise EntryLocked(entry.state)
        _set_state(entry, Entry.State.SUBMITTED)
        facts = {"entry": entry.uuid}
        audit.record("entry.brought_back", entry, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)
        find(call_id=entry.call_id, entry_id=entry.pk, now=now)
    return entry


def _tell(kind: str, who: Applicant, fact: Model, entry: Entry, now: datetime) -> None:
    outbox.queue(kind, to=who.email, language=who.language, fact=fact, now=now, edition=entry.call.edition)


def _place_of(entry_id: int) -> tuple[uuid.UUID, Call]:
    entry = Entry.objects.select_related("call").get(pk=entry_id)
    return entry.uuid, entry.call


def _owned(entry_id: int, by: Applicant) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("call__edition", "applicant")
    entry = rows.get(pk=entry_id)
    if entry.applicant_id != by.pk:
        raise NotTheOwner
    return entry


def _set_state(entry: Entry, state: str) -> None:
    entry.state = state
    entry.save(update_fields=["state"])


def _asked_of(questions: list[Question], sending: Sending) -> tuple[list[Question], Sending]:
    """Return the questions that are asked of who answers so, and what is sent in without answers to others."""
    by_name = {question.slug: sending.answers.get(question.pk) for question in questions}
    shown = shown_of(questions, by_name, sending.category.slug)
    kept = [question for question in questions if question.slug in shown]
    return kept, replace(sending, answers={question.pk: by_name[question.slug] for question in kept})


def _refuse_incomplete(entry: Entry, questions: list[Question], sending: Sending) -> None:
    """Look at everything once more, whoever calls: what is frozen is right."""
    faults = {name: Fault.MISSING.value for name in NEEDED if not str(sending.facts.get(name) or "").strip()}
    category = sending.category
    is_new = category.pk != entry.category_id
    if category.call_id != entry.call_id or category.by_public_vote or (category.is_closed and is_new):
        faults["category"] = Fault.NOT_AN_OPTION.value
    for question in questions:
        if question.kind == Question.Kind.FILE:
            continue
        if fault := fault_of(sending.answers.get(question.pk), asked(question)):
            faults[question.slug] = fault.value
    has_files = {file.question_id for file in queries.files_of(entry)}
    for question in questions:
        if question.kind == Question.Kind.FILE and question.is_required and question.pk not in has_files:
            faults[question.slug] = Fault.MISSING.value
    if faults:
        raise EntryIncomplete(faults)


def _snapshot(entry: Entry, questions: list[Question], sending: Sending) -> dict[str, Any]:
    """Return what is frozen: words as they were, questions with the words in which they were asked."""
    answered = [(question, sending.answers.get(question.pk)) for question in questions]
    return {
        "call": entry.call.slug,
        "rules_version": sending.rules_version,
        "category": {"uuid": str(sending.category.uuid), "name": dict(sending.category.name.as_dict())},
        "facts": {name: sending.facts.get(name) for name in FACTS},
        "answers": [
            {
                "question": str(question.uuid),
                "slug": question.slug,
                "version": question.version,
                "kind": question.kind,
                "label": dict(question.label.as_dict()),
                "value": value,
                "shown": _shown(question, value),
            }
            for question, value in answered
            if value not in (None, "", [])
        ],
        "files": [
            {
                "uuid": str(file.uuid),
                "question": file.question.slug,
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
                "redacted": file.redacted.sha256 if file.redacted else "",
            }
            for file in queries.files_of(entry)
        ],
    }


def _shown(question: Question, value: Any) -> list[dict[str, str]]:
    """Return the words of the options that were chosen, which may be changed later."""
    if question.kind not in {Question.Kind.CHOICE, Question.Kind.CHOICES}:
        return []
    chosen = {value} if isinstance(value, str) else set(value or [])
    return [dict(option.label.as_dict()) for option in question.options.all() if option.slug in chosen]


def _take_over(entry: Entry, sending: Sending, now: datetime) -> None:
    """Let the project be what was sent in: its columns, its answers, its state, and at first its short name."""
    language = str(sending.facts.get("language") or entry.language)
    for name in FACTS:
        value = sending.facts.get(name)
        setattr(entry, name, {language: value} if name in {"title", "pitch"} else _stored(entry, name, value))
    if not EntryRevision.objects.filter(entry=entry, number__gt=1).exists() and entry.slug.startswith("draft-"):
        entry.slug = _free_slug(entry, str(sending.facts["title"]))
    entry.category, entry.state = sending.category, Entry.State.SUBMITTED
    entry.save()
    kept = {pk: value for pk, value in sending.answers.items() if value not in (None, "", [])}
    Answer.objects.filter(entry=entry).exclude(question__in=kept).delete()
    Answer.objects.bulk_create(
        [Answer(entry=entry, question_id=pk, value=value, updated_at=now) for pk, value in kept.items()],
        update_conflicts=True,
        unique_fields=["entry", "question"],
        update_fields=["value", "updated_at"],
    )
    find(call_id=entry.call_id, entry_id=entry.pk, now=now)


def _stored(entry: Entry, name: str, value: Any) -> Any:
    field: Any = Entry._meta.get_field(name)
    if value in (None, ""):
        return None if field.null else field.get_default()
    return value


def _free_slug(entry: Entry, title: str) -> str:
    """Return a short name after the title that no other project of the call has. It says nothing of who applies."""
    base = slugify(title)[:60] or "project"
    others = Entry.objects.filter(call=entry.call).exclude(pk=entry.pk)
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    names = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)

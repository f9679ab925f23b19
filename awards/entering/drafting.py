"""Beginning a project, and keeping what is typed in its form: everything, right or wrong, until it is sent in."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from awards.entering import queries, rules
from awards.entering.rules import Window
from awards.exceptions.entering import CallNotOpen, DraftChanged, EntryLocked, TooManyEntries
from awards.models import Applicant, Call, Category, Entry, EntryDraft
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.text.languages import installed_languages, main_language

LONGEST_TITLE = 160
PLAIN = Window()  # a page without scripts


def actor_of(applicant: Applicant) -> Actor:
    """Return an applicant as the audit log names them: by a random number, never by name or address."""
    return Actor(f"applicant:{applicant.uuid}")


def confirm(*, email: str, language: str, now: datetime) -> Applicant:
    """Return the applicant of an address whose mail was just read; the first time they are made.

    `email` is canonical (`festival.typed.mail_addresses`).
    """
    with writing(public=False):
        fresh = {"language": language, "created_at": now, "confirmed_at": now}
        applicant, is_new = Applicant.objects.get_or_create(email=email.lower(), defaults=fresh)
        if not is_new and applicant.confirmed_at is None:
            Applicant.objects.filter(pk=applicant.pk).update(confirmed_at=now)
        if is_new:
            audit.record("applicant.confirmed", applicant, actor=actor_of(applicant), at=now)
    return applicant


def rename(*, applicant_id: int, name: str, language: str) -> None:
    """Call an applicant by another name in mails, and write them in another language."""
    with writing(public=False):
        Applicant.objects.filter(pk=applicant_id, erased_at__isnull=True).update(name=name, language=language)


def start(*, key: uuid.UUID, call: Call, category: Category, title: str, by: Applicant, now: datetime) -> Entry:
    """Begin a project, as a draft; `key` is the form's: the same form sent twice begins one.

    Raises CallNotOpen before the call and after it, TooManyEntries for one more than the call takes of an applicant.
    """
    deadline = queries.deadline_for(call, by)
    if not deadline.is_open(now):
        raise CallNotOpen(deadline.opens if now < deadline.opens else None)
    language = by.language if by.language in installed_languages() else main_language()
    fields: dict[str, Any] = {
        "call": call,
        "category": category,
        "applicant": by,
        "slug": f"draft-{key.hex}",
        "state": Entry.State.DRAFT,
        "title": {language: title},
        "holder": "",
        "pitch": {},
        "language": language,
    }
    with writing(public=False):
        refuse_one_more(key, call, by)
        entry, is_new = Entry.objects.get_or_create(uuid=key, applicant=by, defaults=fields)
        if is_new:
            typed = {"title": title, "category": category.slug, "language": language}
            EntryDraft.objects.create(entry=entry, typed=typed, saved_at=now, saved_by=by)
            facts = {"entry": entry.uuid, "category": category.uuid}
            audit.record("entry.begun", entry, actor=actor_of(by), at=now, facts=facts, edition=call.edition)
    return entry


def refuse_one_more(key: uuid.UUID, call: Call, by: Applicant) -> None:
    """Hold an applicant, so that of two pages only one gets the last place; `key` is the project that wants it.

    Raises TooManyEntries where the call takes no more of them.
    """
    Applicant.objects.select_for_update().get(pk=by.pk)
    others = Entry.objects.filter(call=call, applicant=by).exclude(uuid=key).exclude(state=Entry.State.WITHDRAWN)
    if call.entries_per_applicant is not None and others.count() >= call.entries_per_applicant:
        raise TooManyEntries(call.entries_per_applicant)


def save_draft(
    *,
    entry_id: int,
    typed: Mapping[str, Any],
    version: int,
    by: Applicant,
    now: datetime,
    window: Window = PLAIN,
) -> EntryDraft:
    """Keep what is typed, whatever is wrong with it; the same again writes nothing.

    `version` is the one that the form was opened with. What one `window` sends after its own save, whose answer was
    lost, is taken; what it sent before that changes nothing.

    Raises:
        CallNotOpen: It came after the deadline, or before the call.
        EntryLocked: The project is not the applicant's to change any more.
        DraftChanged: Another window saved something else first.
    """
    with writing(public=False):
        entry, draft = held(entry_id, now)
        if window.is_repeated(draft.window, draft.turn):
            return draft
        is_same = draft.typed == dict(typed)
        if not is_same and not window.may_write(draft.window, version=version, stored=draft.version):
            raise DraftChanged(draft.version)
        if is_same:
            return draft
        _write(entry, draft, typed, window, by, now)
    return draft


def held(entry_id: int, now: datetime) -> tuple[Entry, EntryDraft]:
    """Hold a project and its draft, and return both where they may be changed. Raises as `save_draft`."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("call__edition", "category", "applicant")
    entry = rows.get(pk=entry_id)
    deadline = queries.deadline_of(entry.call, entry)
    if not deadline.is_open(now):
        raise CallNotOpen(deadline.opens if now < deadline.opens else None)
    if not rules.may_edit(entry.state, deadline, now):
        raise EntryLocked(entry.state)
    fresh = {"saved_at": now}
    draft, _is_new = EntryDraft.objects.get_or_create(entry=entry, defaults=fresh)
    return entry, draft


def _write(
    entry: Entry, draft: EntryDraft, typed: Mapping[str, Any], window: Window, by: Applicant, now: datetime
) -> None:
    """Write the draft; while nothing was sent in, the project's title follows it, for lists and reminders."""
    draft.typed, draft.version = dict(typed), draft.version + 1
    draft.window, draft.turn = window.key, window.turn
    draft.saved_at, draft.saved_by = now, by
    draft.save()
    title = str(typed.get("title", "")).strip()[:LONGEST_TITLE]
    if entry.state == Entry.State.DRAFT and title:
        entry.title = {entry.language: title}
        entry.save(update_fields=["title"])

"""Erasing an applicant on request: name, address, words and files go; what jurors scored stays, under a number."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from awards.entering.drafting import actor_of
from awards.models import (
    Answer,
    Applicant,
    Assignment,
    CardComment,
    Entry,
    EntryDraft,
    EntryFile,
    EntryMember,
    EntryRevision,
    Extension,
    FeedbackComment,
    Question,
    ReadingNote,
    Recusal,
    Scorecard,
    Screening,
)
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import AuditEntry, OutgoingMail

ERASED = {"erased": True}
NOTHING = "—"  # where the database wants a reason
FACTS = ("holder", "legal_form", "city", "country", "website", "video", "licence", "tags", "crowdfunding_url")
IN_CONTEST = {Entry.State.DRAFT, Entry.State.SUBMITTED, Entry.State.ELIGIBLE}


def erase(*, applicant_id: int, actor: Actor | None, now: datetime) -> None:
    """Erase an applicant and what they wrote; a second call changes nothing. `actor` is None for themselves.

    Projects that were in the contest leave it. Scorecards, tallies and hashes
    stay, and what they are about has a number in place of a name.
    """
    with writing(public=True):
        who = Applicant.objects.select_for_update().get(pk=applicant_id)
        if who.erased_at:
            return
        for entry in Entry.objects.select_for_update(of=("self",)).filter(applicant=who):
            forget_entry(entry, now)
            if entry.state in IN_CONTEST:
                Entry.objects.filter(pk=entry.pk).update(state=Entry.State.WITHDRAWN)
        forget_person(who, now)
        audit.record("applicant.erased", who, actor=actor or actor_of(who), at=now)


def forget_person(who: Applicant, now: datetime) -> None:
    """Take the name and the address of an applicant from wherever they stand; in the transaction of the caller."""
    Extension.objects.filter(email=who.email).update(email=_nowhere(who), reason=NOTHING)
    _forget_mails([who.email], _nowhere(who))
    for member in EntryMember.objects.filter(Q(applicant=who) | Q(email=who.email)):
        _forget_member(member, now)
    Applicant.objects.filter(pk=who.pk).update(name="", email=_nowhere(who), erased_at=now, confirmed_at=None)
    who.refresh_from_db()


def forget_entry(entry: Entry, now: datetime, *, is_public: bool = False) -> None:
    """Erase what was written about a project and for it, in the caller's transaction; marks, hashes and state stay.

    Of a project that `is_public` the public facts stay, and the answers that everybody may read.
    """
    for file in EntryFile.objects.filter(entry=entry):
        file.file.storage.delete(str(file.file.name))
    EntryFile.objects.filter(entry=entry).update(name="", removed_at=now)
    EntryDraft.objects.filter(entry=entry).delete()
    answers = Answer.objects.filter(entry=entry)
    (answers.exclude(question__audience=Question.Audience.PUBLIC) if is_public else answers).delete()
    # The rows stay with their hashes; the words are what was asked to go.
    EntryRevision.objects.filter(entry=entry).update(snapshot=ERASED)
    for member in EntryMember.objects.filter(entry=entry):
        _forget_member(member, now)
    Screening.objects.filter(entry=entry).exclude(reason="").update(reason=NOTHING)
    forget_notes(Assignment.objects.filter(entry=entry))
    Recusal.ever.filter(entry=entry).exclude(reason="").update(reason="")
    if is_public:
        return
    _forget_judgement(entry)
    _forget_facts(entry)
    _forget_in_log(entry)


def forget_notes(pairs: QuerySet[Assignment]) -> None:
    """Erase what jurors wrote for themselves or asked the chair about projects."""
    CardComment.objects.filter(card__assignment__in=pairs, audience=CardComment.Audience.PRIVATE).delete()
    ReadingNote.objects.filter(assignment__in=pairs).update(is_starred=False, flag="", flagged_at=None)


def _nowhere(who: Applicant) -> str:
    """Return an address that leads nowhere (RFC 2606) and is one applicant's own."""
    return f"{who.uuid.hex}@erased.invalid"


def _forget_member(member: EntryMember, now: datetime) -> None:
    nowhere = f"{member.uuid.hex}@erased.invalid"
    about = OutgoingMail.objects.about(member)
    _forget_rows(about, nowhere)
    EntryMember.objects.filter(pk=member.pk).update(email=nowhere, ended_at=member.ended_at or now)


def _forget_mails(addresses: Sequence[str], nowhere: str) -> None:
    """Forget to whom mails of the awards went, and what their subject line said; those that wait are not sent."""
    ours = Q(kind__startswith="entry.") | Q(kind__startswith="award.")
    _forget_rows(OutgoingMail.objects.filter(ours, to__in=addresses), nowhere)


def _forget_rows(mails: QuerySet[OutgoingMail], nowhere: str) -> None:
    mails.filter(state__in=OutgoingMail.WAITING).update(state=OutgoingMail.State.CANCELLED)
    mails.update(to=nowhere, subject="", last_error="")


def _forget_judgement(entry: Entry) -> None:
    """Blank what jurors wrote about a project that nobody is to know; their marks stay."""
    cards = Scorecard.objects.filter(assignment__entry=entry)
    CardComment.objects.filter(card__in=cards).delete()
    FeedbackComment.objects.filter(card__in=cards).delete()
    cards.exclude(comment="").update(comment="")
    cards.exclude(abstains_because="").update(abstains_because=NOTHING)
    Recusal.ever.filter(entry=entry).exclude(lifted_reason="").update(lifted_reason=NOTHING)


def _forget_facts(entry: Entry) -> None:
    number = entry.uuid.hex[:8]
    entry.title, entry.pitch = {entry.language: f"#{number}"}, {}
    entry.slug = f"erased-{entry.uuid.hex}"
    for name in FACTS:
        setattr(entry, name, "")
    entry.state_reason = {entry.language: NOTHING} if str(entry.state_reason) else {}
    entry.founded = entry.community_size = None
    entry.funding_received = 0
    entry.crowdfunding_goal = entry.crowdfunding_raised = None
    entry.crowdfunding_asked_on = entry.crowdfunding_ends = None
    entry.save()


def _forget_in_log(entry: Entry) -> None:
    """Blank the title of a project in the audit log, where no seal covers it."""
    kept = {
        Entry: [entry.pk],
        Assignment: entry.assignments.values_list("pk", flat=True),  # type: ignore[attr-defined]
        Recusal: Recusal.ever.filter(entry=entry).values_list("pk", flat=True),
    }
    for model, keys in kept.items():
        named = AuditEntry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=[str(pk) for pk in keys])
        named.forget_subjects()

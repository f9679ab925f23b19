"""Erasing an applicant on request: name, address, words and files go; what jurors scored stays, under a number."""

from datetime import datetime

from awards.entering.drafting import actor_of
from awards.models import Answer, Applicant, Entry, EntryDraft, EntryFile, EntryMember, EntryRevision, Extension
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import OutgoingMail

ERASED = {"erased": True}


def erase(*, applicant_id: int, actor: Actor | None, now: datetime) -> None:
    """Erase an applicant and what they wrote; a second call changes nothing. `actor` is None for themselves.

    Projects that were in the contest leave it. Scorecards, tallies and hashes
    stay, and what they are about has a number in place of a name.
    """
    with writing(public=True):
        who = Applicant.objects.select_for_update().get(pk=applicant_id)
        if who.erased_at:
            return
        Extension.objects.filter(email=who.email).update(email=_nowhere(who))
        mails = OutgoingMail.objects.filter(to=who.email, kind__startswith="entry.")
        mails.update(to=_nowhere(who))
        for entry in Entry.objects.select_for_update(of=("self",)).filter(applicant=who):
            _erase_entry(entry, now)
        EntryMember.objects.filter(applicant=who).update(email=_nowhere(who))
        EntryMember.objects.present().filter(applicant=who).update(ended_at=now)
        Applicant.objects.filter(pk=who.pk).update(name="", email=_nowhere(who), erased_at=now, confirmed_at=None)
        who.refresh_from_db()
        audit.record("applicant.erased", who, actor=actor or actor_of(who), at=now)


def _nowhere(who: Applicant) -> str:
    """Return an address that leads nowhere (RFC 2606) and is one applicant's own."""
    return f"{who.uuid.hex}@erased.invalid"


def _erase_entry(entry: Entry, now: datetime) -> None:
    for file in EntryFile.objects.filter(entry=entry):
        file.file.storage.delete(str(file.file.name))
    EntryFile.objects.filter(entry=entry).update(name="", removed_at=now)
    EntryDraft.objects.filter(entry=entry).delete()
    Answer.objects.filter(entry=entry).delete()
    # The rows stay with their hashes; the words are what was asked to go.
    EntryRevision.objects.filter(entry=entry).update(snapshot=ERASED)
    for member in EntryMember.objects.filter(entry=entry):
        EntryMember.objects.filter(pk=member.pk).update(
            email=f"{member.uuid.hex}@erased.invalid", ended_at=member.ended_at or now
        )
    number = entry.uuid.hex[:8]
    entry.title, entry.pitch = {entry.language: f"#{number}"}, {}
    entry.slug = f"erased-{entry.uuid.hex}"
    for name in ("holder", "legal_form", "city", "country", "website", "video", "licence", "tags", "crowdfunding_url"):
        setattr(entry, name, "")
    entry.founded = entry.community_size = None
    entry.funding_received = 0
    entry.crowdfunding_goal = entry.crowdfunding_raised = entry.crowdfunding_ends = None
    if entry.state in {Entry.State.DRAFT, Entry.State.SUBMITTED, Entry.State.ELIGIBLE}:
        entry.state = Entry.State.WITHDRAWN
    entry.save()

"""People who write along: invited by mail, joining by the link in it, leaving, taken out."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from awards.entering.drafting import actor_of, confirm
from awards.exceptions.entering import NotInvited, NotTheOwner, TooManyMembers
from awards.models import Applicant, Entry, EntryMember
from awards.ties.finding import find
from festival.core import audit, outbox
from festival.core.writing import writing

INVITATION = "entry.invitation"
MOST_MEMBERS = 10
GOOD_FOR = timedelta(days=14)


def invite(*, entry_id: int, email: str, by: Applicant, now: datetime) -> EntryMember:
    """Invite an address to write on a project, in the language of who invites; again is the same invitation.

    `email` is canonical. Raises NotTheOwner, TooManyMembers.
    """
    with writing(public=False):
        entry = _owned(entry_id, by)
        email = email.lower()
        present = EntryMember.objects.present().filter(entry=entry)
        if known := present.filter(email=email).first():
            return known
        if present.count() >= MOST_MEMBERS:
            raise TooManyMembers
        fields = {"entry": entry, "email": email, "language": by.language, "invited_at": now}
        member = EntryMember.objects.create(**fields)
        told: dict[str, Any] = {"to": email, "language": by.language, "edition": entry.call.edition}
        outbox.queue(INVITATION, fact=member, now=now, **told)
        _record("entry.member_invited", member, by, now)
        find(call_id=entry.call_id, entry_id=entry.pk, now=now)
    return member


def join(*, token: str, now: datetime) -> EntryMember:
    """Let whoever has read an invitation join; again is the same. Raises NotInvited for a link that leads nowhere."""
    invited = invitation_of(token)
    with writing(public=False):
        member = EntryMember.objects.select_for_update(of=("self",)).get(pk=invited.pk)
        if member.ended_at:
            raise NotInvited
        if member.applicant_id:
            return member
        applicant = confirm(email=member.email, language=member.language, now=now)
        member.applicant, member.joined_at = applicant, now
        member.save(update_fields=["applicant", "joined_at"])
        _record("entry.member_joined", member, applicant, now)
    return member


def take_out(*, entry_id: int, member: uuid.UUID, by: Applicant, now: datetime) -> None:
    """Let somebody of a project not write on it any more: the owner takes anybody out, others leave themselves.

    Raises NotTheOwner. Somebody who is gone already is gone.
    """
    with writing(public=False):
        entry = Entry.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=entry_id)
        row = EntryMember.objects.present().filter(entry=entry, uuid=member).first()
        if row is None:
            return
        if by.pk not in {entry.applicant_id, row.applicant_id}:
            raise NotTheOwner
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        _record("entry.member_left" if row.applicant_id == by.pk else "entry.member_removed", row, by, now)


def token_of(member: EntryMember) -> str:
    """Return what stands in the link of an invitation; it names nobody and is good for a fortnight."""
    return _signer().sign(member.uuid.hex)


def invitation_of(token: str) -> EntryMember:
    """Return the invitation that a link is about. Raises NotInvited where there is none."""
    try:
        key = _signer().unsign(token, max_age=GOOD_FOR)
    except (BadSignature, SignatureExpired) as error:
        raise NotInvited from error
    rows = EntryMember.objects.present().select_related("entry__call__edition", "entry__applicant", "applicant")
    member = rows.filter(uuid=uuid.UUID(key)).first()
    if member is None:
        raise NotInvited
    return member


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="awards.entering.inviting", sep=".")


def _owned(entry_id: int, by: Applicant) -> Entry:
    entry = Entry.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=entry_id)
    if entry.applicant_id != by.pk:
        raise NotTheOwner
    return entry


def _record(verb: str, member: EntryMember, by: Applicant, now: datetime) -> None:
    entry = member.entry
    facts = {"entry": entry.uuid, "member": member.uuid}
    audit.record(verb, member, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)

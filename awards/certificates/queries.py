"""Who gets a certificate, and of what: what a standing announcement says, once everybody may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from awards.certificates.rules import bounds_of, number_of
from awards.models import Announcement, AnnouncementLetter, Call, Decision, Entry, EntryMember, Prize

Outcome = AnnouncementLetter.Outcome
OUTCOMES = {Decision.Kind.WINNER: Outcome.WINNER, Decision.Kind.MENTION: Outcome.MENTION}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one sheet says; `prize` is None for a finalist. `people` are the names of whoever worked on the project."""

    announcement: Announcement
    entry: Entry
    outcome: AnnouncementLetter.Outcome
    prize: Prize | None
    identifier: UUID

    @property
    def number(self) -> str:
        """The number by which it is confirmed."""
        return number_of(self.identifier)

    @property
    def people(self) -> list[str]:
        """The names that were given, the applicant's first; none of whoever was erased."""
        entry = self.entry
        everybody = [entry.applicant, *(member.applicant for member in entry.members.all())]
        return list(dict.fromkeys(person.name for person in everybody if person and person.name))


def certificates_of(call: Call, now: datetime, *, entry: Entry | None = None) -> list[Certificate]:
    """Return the certificates of a call, or of one project of it, by prize, then title; none before everybody knows."""
    announcement = _public(now).filter(call=call).first()
    return _of(announcement, entry) if announcement else []


def confirmed(typed: str, now: datetime) -> Certificate | None:
    """Return the certificate of a typed number, or None where there is none that is public and stands."""
    bounds = bounds_of(typed)
    if bounds is None:
        return None
    decided = Q(decisions__uuid__range=bounds) | Q(letters__entry__uuid__range=bounds)
    found = (each for announcement in _public(now).filter(decided).distinct() for each in _of(announcement, None))
    return next((each for each in found if bounds[0] <= each.identifier <= bounds[1]), None)


def _public(now: datetime) -> QuerySet[Announcement]:
    standing = Announcement.objects.filter(withdrawn_at__isnull=True, told_at__isnull=False, publish_at__lte=now)
    return standing.select_related("call__edition", "call__section")


def _of(announcement: Announcement, entry: Entry | None) -> list[Certificate]:
    people = Prefetch("entry__members", EntryMember.objects.joined().select_related("applicant"))
    decisions = announcement.decisions.filter(kind__in=OUTCOMES, entry__state=Entry.State.ELIGIBLE)
    letters = announcement.letters.filter(outcome=Outcome.FINALIST, entry__state=Entry.State.ELIGIBLE)
    if not announcement.certifies_finalists:
        letters = letters.none()
    if entry is not None:
        decisions, letters = decisions.filter(entry=entry), letters.filter(entry=entry)
    decided = decisions.select_related("entry__applicant", "entry__category", "prize").prefetch_related(people)
    found = []
    for decision in decided.order_by("prize__sort_order", "prize_id", "decided_at", "pk"):
        if decision.entry is not None:
            outcome = OUTCOMES[Decision.Kind(decision.kind)]
            found.append(Certificate(announcement, decision.entry, outcome, decision.prize, decision.uuid))
    named = letters.select_related("entry__applicant", "entry__category").prefetch_related(people)
    finalists = [Certificate(announcement, letter.entry, Outcome.FINALIST, None, letter.entry.uuid) for letter in named]
    return [*found, *sorted(finalists, key=lambda each: str(each.entry.title).casefold())]

"""What is kept of the people of a call, what of it goes when its time is over, and what everybody may go on reading."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.models import (
    Announcement,
    Answer,
    Applicant,
    Assignment,
    Call,
    CardComment,
    Decision,
    Entry,
    EntryFile,
    EntryMember,
    Juror,
    Question,
    ReadingNote,
    Round,
    Scorecard,
    Tally,
    TallyRow,
)
from festival.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Going:
    """How much goes: projects that were never sent in, others that nobody was told of, and what hangs on all."""

    drafts: int
    projects: int
    answers: int
    files: int
    people: int
    members: int
    mails: int
    notes: int
    announced: int  # projects that stay

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left to go."""
        return not (self.drafts or self.projects or self.answers or self.files or self.people or self.members)


def going(call: Call, now: datetime) -> Going:
    """Return what goes of a call when its time is over. A fixed number of queries."""
    public = announced(call, now)
    people = people_of(call)
    entries = Entry.objects.filter(call=call).exclude(slug__startswith="erased-")
    hidden = entries.exclude(pk__in=public)
    answers = Answer.objects.filter(entry__call=call)
    open_to_all = Q(entry__in=public, question__audience=Question.Audience.PUBLIC)
    members = EntryMember.objects.filter(entry__call=call).exclude(email__endswith="@erased.invalid")
    ours = Q(kind__startswith="entry.") | Q(kind__startswith="award.")
    addresses = [*people.values_list("email", flat=True), *members.values_list("email", flat=True)]
    noted = ReadingNote.objects.filter(assignment__entry__call=call).filter(Q(is_starred=True) | ~Q(flag=""))
    private = CardComment.objects.filter(card__assignment__entry__call=call, audience=CardComment.Audience.PRIVATE)
    return Going(
        drafts=hidden.filter(state=Entry.State.DRAFT).count(),
        projects=hidden.exclude(state=Entry.State.DRAFT).count(),
        answers=answers.exclude(open_to_all).count(),
        files=EntryFile.objects.filter(entry__call=call).exclude(name="").count(),
        people=people.count(),
        members=members.count(),
        mails=OutgoingMail.objects.filter(ours, to__in=addresses).count(),
        notes=noted.count() + private.exclude(text="").count(),
        announced=len(public),
    )


def announced(call: Call, now: datetime) -> set[int]:
    """Return the projects of a call that everybody may know at this moment: finalists, winners, those mentioned."""
    tallies = [tally for tally in Tally.objects.filter(round__call=call).select_related("round") if _is_out(tally, now)]
    finalists = TallyRow.objects.filter(tally__in=tallies, is_finalist=True, entry__state=Entry.State.ELIGIBLE)
    told = Announcement.objects.filter(call=call, told_at__isnull=False, withdrawn_at__isnull=True, publish_at__lte=now)
    named = Decision.objects.filter(announcements__in=told, entry__state=Entry.State.ELIGIBLE)
    return {*finalists.values_list("entry", flat=True), *named.values_list("entry", flat=True)}


def _is_out(tally: Tally, now: datetime) -> bool:
    return tally.announced_at is not None and tally.announced_at <= now


def people_of(call: Call) -> QuerySet[Applicant]:
    """Return the applicants whom no other call keeps: they own or write along here, or came here and began nothing."""
    mine = Entry.objects.filter(Q(applicant=OuterRef("pk")) | Q(members__applicant=OuterRef("pk")))
    here = Q(created_at__gte=call.opens, created_at__lte=call.closes + call.grace) & ~Exists(mine)
    elsewhere = mine.filter(call__erased_at__isnull=True).exclude(call=call)
    rows = Applicant.objects.filter(erased_at__isnull=True).filter(Exists(mine.filter(call=call)) | here)
    return rows.exclude(Exists(elsewhere))


def all_people_of(call: Call) -> list[Applicant]:
    """Return everybody who owns a project of a call or writes along on one, by name; whoever was erased is left out."""
    mine = Entry.objects.filter(Q(applicant=OuterRef("pk")) | Q(members__applicant=OuterRef("pk")), call=call)
    return list(Applicant.objects.filter(Exists(mine), erased_at__isnull=True).order_by("name", "email"))


def is_needed(call: Call, now: datetime) -> bool:
    """Return whether the contest is not over: applications, a round, or an announcement are still ahead."""
    if now <= call.closes + call.grace or Round.objects.filter(call=call, closes__gte=now).exists():
        return True
    waiting = Announcement.objects.filter(call=call, withdrawn_at__isnull=True)
    return waiting.filter(Q(told_at__isnull=True) | Q(publish_at__gt=now)).exists()


def is_at_work(juror: Juror, now: datetime) -> bool:
    """Return whether a juror owes a card in a round that is not over."""
    done = [Scorecard.State.SUBMITTED, Scorecard.State.ABSTAINED]
    pairs = Assignment.objects.open().filter(juror=juror, round__closes__gte=now)
    return pairs.exclude(scorecard__state__in=done).exists()


def judges_blind(user_id: int | None, call: Call, now: datetime) -> bool:
    """Return whether somebody has a seat in the jury of a call, which judges blind in a round that is not over."""
    if not Juror.objects.filter(call=call, user=user_id).exists():
        return False
    return Round.objects.of_jurors().filter(call=call, is_blind=True, closes__gte=now).exists()

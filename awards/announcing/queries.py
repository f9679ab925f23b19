"""Whom an announcement tells what: every project of the contest, by its best decision."""

from dataclasses import dataclass
from datetime import datetime

from awards.deliberation.queries import deciding_tally
from awards.models import Announcement, AnnouncementLetter, Call, Decision, Entry, FinalistLetter

MAIL = "award.outcome"
Outcome = AnnouncementLetter.Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """A project and what it is told; `last` is what it was told by an earlier announcement, if it was."""

    entry: Entry
    outcome: AnnouncementLetter.Outcome
    decisions: tuple[Decision, ...]
    last: AnnouncementLetter | None
    knows_it_is_out: bool = False  # it was told that it is not among the finalists

    @property
    def has_address(self) -> bool:
        """Whether somebody can be written to."""
        return self.entry.applicant is not None

    @property
    def is_news(self) -> bool:
        """Whether it differs from what the project was told before."""
        if self.last is None:
            return not (self.knows_it_is_out and self.outcome == Outcome.NOT_CHOSEN)
        before = {item.prize_id for item in self.last.announcement.decisions.all() if item.entry_id == self.entry.pk}
        return self.last.outcome != self.outcome or before != {item.prize_id for item in self.decisions}


def to_tell(call: Call, now: datetime) -> list[Told]:
    """Return the projects of the contest with what they would be told now, winners first."""
    tally = deciding_tally(call, now)
    rows = tally.rows.filter(is_finalist=True).values_list("entry_id", flat=True) if tally else ()
    finalists = set(rows)
    won: dict[int, list[Decision]] = {}
    standing = Decision.objects.standing().filter(prize__call=call, entry__isnull=False)
    for decision in standing.select_related("prize").order_by("prize__sort_order", "pk"):
        if decision.entry_id is not None:
            won.setdefault(decision.entry_id, []).append(decision)
    letters = AnnouncementLetter.objects.filter(announcement__call=call).select_related("announcement")
    last = {letter.entry_id: letter for letter in letters.order_by("told_at", "pk")}
    told = FinalistLetter.objects.filter(tally__round__call=call).order_by("told_at", "pk")
    newest = dict(told.values_list("entry", "is_finalist"))
    out = {pk for pk, is_finalist in newest.items() if not is_finalist}
    entries = Entry.objects.in_contest().filter(call=call).select_related("applicant", "category")
    found = [
        Told(
            entry,
            _outcome(won.get(entry.pk, []), entry.pk in finalists),
            tuple(won.get(entry.pk, ())),
            last.get(entry.pk),
            entry.pk in out,
        )
        for entry in entries
    ]
    order = list(Outcome)
    return sorted(found, key=lambda told: (order.index(told.outcome), str(told.entry.title)))


def _outcome(decisions: list[Decision], is_finalist: bool) -> AnnouncementLetter.Outcome:
    kinds = {decision.kind for decision in decisions}
    if Decision.Kind.WINNER in kinds:
        return Outcome.WINNER
    if Decision.Kind.MENTION in kinds:
        return Outcome.MENTION
    return Outcome.FINALIST if is_finalist else Outcome.NOT_CHOSEN


def due(now: datetime) -> list[int]:
    """Return the announcements whose applicants are to be told now."""
    waiting = Announcement.objects.filter(told_at__isnull=True, withdrawn_at__isnull=True, tell_at__lte=now)
    return list(waiting.order_by("tell_at", "pk").values_list("pk", flat=True))

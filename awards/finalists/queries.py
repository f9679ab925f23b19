"""Whom a frozen result tells what: every project of its round, finalist or not, once."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from awards.jury.rounds import entries_of
from awards.models import Entry, FinalistLetter, Round, Tally

MAIL = "award.finalists"


@dataclass(frozen=True, slots=True)
class Told:
    """A project and whether it is a finalist; `last` is what it was told of an earlier result of the round."""

    entry: Entry
    is_finalist: bool
    last: FinalistLetter | None

    @property
    def is_news(self) -> bool:
        """Whether it differs from what the project was told before."""
        return self.last is None or self.last.is_finalist != self.is_finalist


def due(now: datetime) -> list[int]:
    """Return the frozen results whose applicants are to be told now: the newest of each round, once."""
    letters = FinalistLetter.objects.filter(tally=OuterRef("pk"))
    newer = Tally.objects.filter(round=OuterRef("round"), pk__gt=OuterRef("pk"))
    rounds = Round.objects.of_jurors()
    waiting = Tally.objects.filter(~Exists(letters), ~Exists(newer), round__in=rounds).select_related("round")
    return [tally.pk for tally in waiting.order_by("pk") if tally.told_from is not None and tally.told_from <= now]


def to_tell(tally: Tally) -> list[Told]:
    """Return the projects of the result's round that are in the contest, with what each is told."""
    finalists = set(tally.rows.filter(is_finalist=True).values_list("entry_id", flat=True))
    earlier = FinalistLetter.objects.filter(tally__round=tally.round_id).order_by("told_at", "pk")
    last = {letter.entry_id: letter for letter in earlier}
    entries = entries_of(tally.round).filter(state=Entry.State.ELIGIBLE)
    known = entries.select_related("applicant").order_by("pk").distinct()
    return [Told(entry, entry.pk in finalists, last.get(entry.pk)) for entry in known]

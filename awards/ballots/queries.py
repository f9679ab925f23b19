"""What is on a juror's ballot, what stands on it, and which round without weighted marks a jury is in."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from awards.jury.rounds import entries_of
from awards.models import Assignment, Call, Entry, Juror, JuryBallot, PairAnswer, Recusal, Round


def ballot_round(call: Call, at: datetime) -> Round | None:
    """Return the last round of the jury without weighted marks that has begun at `at`, else its first; or None."""
    rounds = list(call.rounds.of_jurors().exclude(mode=Round.Mode.SCORE).select_related("rubric"))
    begun = [item for item in rounds if item.opens <= at]
    return begun[-1] if begun else next(iter(rounds), None)


def entries_for(juror: Juror, judged: Round) -> list[Entry]:
    """Return what is on a juror's ballot, by category and then in an order of the juror's own.

    It is what they were given in the round; where nothing was given to anybody, all that the round is about. What they
    stepped back from is never on it, nor what has left the contest, nor the project to tune by.
    """
    entries = entries_of(judged).filter(state=Entry.State.ELIGIBLE).exclude(pk=judged.calibration_entry_id or 0)
    if Assignment.objects.filter(round=judged).exists():
        given = Assignment.objects.open().filter(round=judged, juror=juror)
        entries = entries.filter(pk__in=given.values("entry"))
    barred = Recusal.objects.filter(juror=juror).values("entry")
    found = entries.exclude(pk__in=barred).select_related("category")
    return sorted(found, key=lambda entry: (entry.category.sort_order, entry.category_id, _shuffled(juror, entry)))


def values_on(ballot: JuryBallot | None) -> dict[int, int]:
    """Return what a ballot says, by entry."""
    return dict(ballot.lines.values_list("entry_id", "value")) if ballot else {}


def ballots_in(judged: Round) -> QuerySet[JuryBallot]:
    """Return the ballots of a round that are handed in, by juror."""
    ballots = JuryBallot.objects.filter(round=judged, state=JuryBallot.State.SUBMITTED)
    return ballots.select_related("juror").order_by("juror__sort_name", "pk")


def has_voted(juror: Juror, judged: Round) -> bool:
    """Return whether a juror's own ballot is in: from then on they may see what the others say."""
    return ballots_in(judged).filter(juror=juror).exists()


def answers_of(judged: Round) -> list[PairAnswer]:
    """Return the answers that stand, in their order, without those of whoever stepped back from one of both."""
    barred = set(Recusal.objects.filter(juror__call=judged.call_id).values_list("juror_id", "entry_id"))
    answers = PairAnswer.objects.standing().filter(round=judged).select_related("one", "other", "winner", "juror")
    return [item for item in answers if not {(item.juror_id, item.one_id), (item.juror_id, item.other_id)} & barred]


def views_of(answers: Sequence[PairAnswer]) -> Counter[int]:
    """Return how often each project was looked at and answered about; a skipped pair was not."""
    judged = (item for item in answers if item.winner_id is not None)
    return Counter(entry for item in judged for entry in (item.one_id, item.other_id))


def _shuffled(juror: Juror, entry: Entry) -> str:
    """Who stands first is marked better: each juror has an order of their own, the same at each visit."""
    return sha256(f"{juror.uuid}{entry.uuid}".encode()).hexdigest()

"""What the chair sees of the readings: flags and abstentions, never of a project that they stepped back from."""

from django.db.models import QuerySet

from awards.jury.access import Chair
from awards.models import ReadingNote, Recusal, Scorecard


def flags_in(chair: Chair) -> QuerySet[ReadingNote]:
    """Return the flags of the chair's round, the newest first."""
    notes = ReadingNote.objects.filter(assignment__round=chair.round).exclude(flag="").order_by("-flagged_at", "-pk")
    return notes.exclude(assignment__entry__in=_barred(chair)).select_related("assignment__juror", "assignment__entry")


def abstentions_in(chair: Chair) -> QuerySet[Scorecard]:
    """Return the abstentions of the chair's round by project; none before the chair's own cards are in."""
    cards = Scorecard.objects.filter(assignment__round=chair.round, state=Scorecard.State.ABSTAINED)
    if chair.must_wait:
        return cards.none()
    return cards.exclude(assignment__entry__in=_barred(chair)).select_related("assignment__juror", "assignment__entry")


def _barred(chair: Chair) -> QuerySet[Recusal]:
    return Recusal.objects.filter(juror=chair.juror).values("entry_id")  # type: ignore[return-value]

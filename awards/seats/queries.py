"""Who is asked into the jury and how they answered; what is known of conflicts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from awards.models import Assignment, Call, Entry, Juror, Recusal, Scorecard
from festival.models import OutgoingMail
from festival.text.typography import local

INVITATION = "jury.invitation"  # the kind of mail


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Somebody of the jury, or asked to be, with how many projects they still owe and how many cards they handed in."""

    juror: Juror
    owed: int
    cards: int


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict with what it did to the card; `may_lift` unless the juror said so, or it is the reader's own."""

    row: Recusal
    card_is_void: bool
    may_lift: bool


def seats_of(call: Call) -> list[SeatLine]:
    """Return everybody whom a call has to do with as a juror: who sits, who is asked, who said no, by name."""
    state = Scorecard.State.SUBMITTED
    cards = Count("assignments", filter=Q(assignments__scorecard__state=state))
    is_open = Q(assignments__state=Assignment.State.OPEN)
    done = [state, Scorecard.State.ABSTAINED]
    owed = Count("assignments", filter=is_open) - Count(
        "assignments", filter=is_open & Q(assignments__scorecard__state__in=done)
    )
    rows = call.jurors.select_related("user", "terms").annotate(cards=cards, owed=owed)
    order = list(Juror.State)
    lines = [SeatLine(row, row.owed, row.cards) for row in rows.order_by("sort_name", "pk")]  # type: ignore[attr-defined]
    return sorted(lines, key=lambda line: (order.index(Juror.State(line.juror.state)), not line.juror.is_chair))


def asked_today(jurors: Collection[Juror], now: datetime) -> set[int]:
    """Return which of the jurors were sent an invitation today already, by key. A day is one of the festival's zone."""
    keys = [str(juror.pk) for juror in jurors]
    sent = OutgoingMail.objects.filter(kind=INVITATION, fact_id__in=keys).exclude(state=OutgoingMail.State.FAILED)
    today = local(now).date()
    return {int(key) for key, at in sent.values_list("fact_id", "created_at") if local(at).date() == today}


def conflicts_of(call: Call, reader: Juror | None) -> list[ShownConflict]:
    """Return every conflict of a call, those that hold first, the newest first among them. One query."""
    void = Scorecard.objects.filter(
        assignment__juror=OuterRef("juror"), assignment__entry=OuterRef("entry"), state=Scorecard.State.VOIDED
    )
    rows = Recusal.ever.filter(juror__call=call).select_related("juror", "entry").annotate(void=Exists(void))
    own = reader.pk if reader else None
    shown = [
        ShownConflict(row, row.void, row.source != Recusal.Source.OWN and row.juror_id != own)  # type: ignore[attr-defined]
        for row in rows.order_by("-declared_at", "-pk")
    ]
    return sorted(shown, key=lambda item: item.row.lifted_at is not None)


def jurors_to_bar(call: Call) -> Sequence[Juror]:
    """Return who can be kept from a project: whoever is of the jury, or had cards in it."""
    return list(Juror.objects.filter(call=call, state__in=[Juror.State.SEATED, Juror.State.LEFT]))


def entries_to_bar(call: Call) -> Sequence[Entry]:
    """Return the projects that somebody can be kept from, by title."""
    judged = Entry.objects.filter(call=call, state__in=[Entry.State.SUBMITTED, Entry.State.ELIGIBLE])
    return sorted(judged.select_related("category"), key=lambda entry: str(entry.title))

"""What was decided, by which result, who is in the room, and what stands in the way of an announcement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from awards.deliberation.rules import Standing, quorum_of
from awards.models import (
    AgendaItem,
    Announcement,
    Call,
    Decision,
    Deliberation,
    Entry,
    Juror,
    Motion,
    Presence,
    Prize,
    Recusal,
    Round,
    Tally,
    TallyRow,
)


@dataclass(frozen=True, slots=True)
class PrizeLine:
    """A prize with what was decided for it."""

    prize: Prize
    decisions: tuple[Decision, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided."""
        return not any(item.kind != Decision.Kind.MENTION for item in self.decisions)

    @property
    def takes_winners(self) -> bool:
        """Whether another project can win it."""
        won = [item for item in self.decisions if item.kind != Decision.Kind.MENTION]
        return len(won) < self.prize.winners and all(item.kind == Decision.Kind.WINNER for item in won)


def deciding_tally(call: Call, now: datetime) -> Tally | None:
    """Return the newest frozen result of the jury's last round that has one, or None."""
    tallies = Tally.objects.filter(round__call=call, frozen_at__lte=now).exclude(round__kind=Round.Kind.PUBLIC)
    return tallies.select_related("round").order_by("-round__order", "-frozen_at", "-pk").first()


def prize_lines(call: Call) -> list[PrizeLine]:
    """Return the prizes of a call with their standing decisions, in two queries."""
    decisions = Decision.objects.standing().filter(prize__call=call).select_related("entry__category", "decided_by")
    found: dict[int, list[Decision]] = {}
    for decision in decisions.order_by("decided_at", "pk"):
        found.setdefault(decision.prize_id, []).append(decision)
    prizes = call.prizes.select_related("category").order_by("sort_order", "pk")
    return [PrizeLine(prize, tuple(found.get(prize.pk, ()))) for prize in prizes]


def open_prizes(call: Call) -> list[Prize]:
    """Return the prizes for which nothing is decided."""
    return [line.prize for line in prize_lines(call) if line.is_open]


def candidates_of(prize: Prize, tally: Tally | None) -> list[tuple[Entry, TallyRow | None]]:
    """Return the projects that can win a prize with their rows of the result, by rank, then by title."""
    entries = Entry.objects.in_contest().filter(call=prize.call_id).select_related("category")
    if prize.category is not None and not prize.category.by_public_vote:
        entries = entries.filter(category=prize.category_id)
    rows = {row.entry_id: row for row in tally.rows.all()} if tally else {}
    found = [(entry, rows.get(entry.pk)) for entry in entries]
    if prize.category is None or prize.category.by_public_vote:
        found = [(entry, row) for entry, row in found if row is not None and row.is_finalist]
    return sorted(found, key=lambda pair: (_rank(pair[1]), str(pair[0].title)))


def _rank(row: TallyRow | None) -> int:
    return row.rank if row is not None and row.rank is not None else 1_000_000


def standing_in(tally: Tally, entry: Entry) -> Standing:
    """Return where a project stands in a frozen result; without a row it has no rank."""
    row = tally.rows.filter(entry=entry).select_related("category").first()
    if row is None:
        return Standing(str(entry.uuid), "", None, is_finalist=False)
    return Standing(str(entry.uuid), str(row.category.uuid), row.rank, row.is_finalist)


def present_in(room: Deliberation, at: datetime) -> Sequence[Presence]:
    """Return who is in the room at a moment, by name; of a room that is signed off, who was there at the end."""
    moment = min(at, room.signed_at) if room.signed_at else at
    there = Q(left_at__isnull=True) | Q(left_at__gte=moment)
    presences = Presence.objects.filter(there, deliberation=room, came_at__lte=moment)
    return list(presences.select_related("juror").order_by("juror__sort_name", "juror_id"))


def usual_quorum(judged: Round) -> int:
    """Return how many of the jury are more than the share that the call asks for; all of them for 100 percent."""
    return quorum_of(judged.call.jurors.seated().count(), judged.call.quorum_percent)


def standing_announcement(call: Call) -> Announcement | None:
    """Return the announcement of a call that was not withdrawn, or None."""
    return Announcement.objects.filter(call=call, withdrawn_at__isnull=True).first()


def barred_from(item: AgendaItem) -> dict[int, str]:
    """Return the jurors who stepped back from a project of an item, by key, with their names: they are out of it."""
    recusals = Recusal.objects.filter(entry__in=item.entries.all()).select_related("juror")
    return {recusal.juror_id: recusal.juror.name for recusal in recusals.order_by("juror__sort_name")}


@dataclass(frozen=True, slots=True)
class Matter:
    """An item of the agenda as the room sees it: its projects, who is out of it, what was voted."""

    item: AgendaItem
    entries: tuple[Entry, ...]
    out: tuple[Juror, ...]
    motions: tuple[Motion, ...]

    @property
    def name(self) -> str:
        """What it is called: its title, else its projects."""
        return self.item.title or ", ".join(str(entry.title) for entry in self.entries)

    @property
    def open_motion(self) -> Motion | None:
        """What is being voted on."""
        return next((motion for motion in self.motions if motion.closed_at is None), None)

    def is_out(self, juror: Juror | None) -> bool:
        """Return whether a juror stepped back from one of its projects."""
        return juror is not None and any(other.pk == juror.pk for other in self.out)


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as the page shows it, in a fixed number of queries."""

    room: Deliberation
    matters: tuple[Matter, ...]
    present: tuple[Juror, ...]
    absent: tuple[Juror, ...]
    presences: tuple[Presence, ...]

    @property
    def current(self) -> Matter | None:
        """What the jury speaks of."""
        return next((matter for matter in self.matters if matter.item.pk == self.room.item_id), None)

    @property
    def has_quorum(self) -> bool:
        """Whether enough are there to decide."""
        return len(self.present) >= self.room.quorum


def room_of(judged: Round) -> Deliberation | None:
    """Return the deliberation of a round, or None before it is opened."""
    rooms = Deliberation.objects.filter(round=judged).select_related("round__call__edition", "signed_by", "opened_by")
    return rooms.first()


def room_view(room: Deliberation, now: datetime) -> RoomView:
    """Return everything of a room."""
    motions = Motion.objects.select_related("proposer").prefetch_related("ballots__juror", "voters__juror")
    recused = Prefetch("recusals", Recusal.objects.select_related("juror").order_by("juror__sort_name"))
    entries = Prefetch("entries", Entry.objects.select_related("category").prefetch_related(recused))
    items = room.items.prefetch_related(entries, Prefetch("motions", motions)).order_by("place", "pk")
    presences = tuple(room.presences.select_related("juror"))
    there = {presence.juror_id for presence in present_in(room, now)}
    jury = list(room.round.call.jurors.seated().order_by("sort_name", "pk"))
    return RoomView(
        room=room,
        matters=tuple(_matter(item) for item in items),
        present=tuple(juror for juror in jury if juror.pk in there),
        absent=tuple(juror for juror in jury if juror.pk not in there),
        presences=presences,
    )


def _matter(item: AgendaItem) -> Matter:
    entries = tuple(item.entries.all())
    out = {recusal.juror_id: recusal.juror for entry in entries for recusal in entry.recusals.all()}
    return Matter(item, entries, tuple(out.values()), tuple(item.motions.all()))

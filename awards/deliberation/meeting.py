"""The jury's meeting: opened with an agenda from the count, who comes and goes, what is taken up, and its end."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from awards.deliberation import queries, rules
from awards.exceptions.deliberation import MotionOpen, NotInTheRoom, RoomClosed, RoundNotOver
from awards.models import AgendaItem, Deliberation, Entry, Juror, Motion, Presence, Round
from awards.results.estimates import Estimates
from awards.results.standing import Standing, standing_of
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User

CLOSE = Fraction(1)  # points of 100 at a line that no jury can tell apart, where the model cannot say it


def open_room(*, round_id: int, by: User, now: datetime) -> Deliberation:
    """Open the meeting of a round with its agenda: ties, what is too close at the cut lines, disagreements.

    Whoever asks twice gets the same room. Raises RoundNotOver while jurors still score.
    """
    with writing(public=False):
        judged = (
            Round.objects.select_for_update(of=("self",)).select_related("call__edition", "rubric").get(pk=round_id)
        )
        if now <= judged.closes:
            raise RoundNotOver
        if known := Deliberation.objects.filter(round=judged).first():
            return known
        quorum = queries.usual_quorum(judged)
        room = Deliberation.objects.create(round=judged, quorum=quorum, opened_at=now, opened_by=by)
        for place, (kind, uuids) in enumerate(_agenda(judged), start=1):
            item = AgendaItem.objects.create(deliberation=room, place=place, kind=kind)
            item.entries.set(Entry.objects.filter(call=judged.call_id, uuid__in=uuids))
        _record("deliberation.opened", room, by, now, {"items": room.items.count(), "quorum": quorum})
    return room


def add_item(*, room_id: int, title: str, by: User, now: datetime) -> AgendaItem:
    """Put another matter at the end of the agenda. Raises RoomClosed."""
    with writing(public=False):
        room = held(room_id)
        place = 1 + max(room.items.values_list("place", flat=True), default=0)
        return AgendaItem.objects.create(deliberation=room, place=place, title=title.strip())


def move_up(*, item_id: int) -> None:
    """Put an item before the one above it; the first stays. Raises RoomClosed."""
    with writing(public=False):
        item = AgendaItem.objects.get(pk=item_id)
        items = list(held(item.deliberation_id).items.order_by("place", "pk"))
        index = items.index(item)
        if index:
            items[index - 1], items[index] = items[index], items[index - 1]
        for place, each in enumerate(items, start=1):
            AgendaItem.objects.filter(pk=each.pk).update(place=place)


def take_up(*, item_id: int, now: datetime) -> Deliberation:
    """Make an item the one that the jury speaks of. Raises RoomClosed, and MotionOpen while one is voted on."""
    with writing(public=False):
        item = AgendaItem.objects.get(pk=item_id)
        room = held(item.deliberation_id)
        if Motion.objects.filter(item__deliberation=room, closed_at__isnull=True).exists():
            raise MotionOpen
        AgendaItem.objects.filter(pk=item_id, opened_at__isnull=True).update(opened_at=now)
        room.item = item
        room.save(update_fields=["item"])
    return room


def note(*, item_id: int, outcome: str) -> None:
    """Write down what came of an item. Raises RoomClosed."""
    with writing(public=False):
        held(AgendaItem.objects.values_list("deliberation_id", flat=True).get(pk=item_id))
        AgendaItem.objects.filter(pk=item_id).update(outcome=outcome.strip())


def come(*, room_id: int, juror_id: int, now: datetime) -> Presence:
    """Note that a juror is in the room; who is there already stays. Raises RoomClosed, NotInTheRoom for a stranger."""
    with writing(public=False):
        room = held(room_id)
        if not Juror.objects.seated().filter(pk=juror_id, call=room.round.call_id).exists():
            raise NotInTheRoom
        there = Presence.objects.filter(deliberation=room, juror=juror_id, left_at__isnull=True).first()
        return there or Presence.objects.create(deliberation=room, juror_id=juror_id, came_at=now)


def leave(*, room_id: int, juror_id: int, now: datetime) -> None:
    """Note that a juror has left the room. Raises RoomClosed."""
    with writing(public=False):
        held(room_id)
        Presence.objects.filter(deliberation=room_id, juror=juror_id, left_at__isnull=True).update(left_at=now)


def sign_off(*, room_id: int, by: User, now: datetime) -> Deliberation:
    """End the meeting: everybody leaves, the minutes stand. Raises RoomClosed, MotionOpen."""
    with writing(public=False):
        room = held(room_id)
        if Motion.objects.filter(item__deliberation=room, closed_at__isnull=True).exists():
            raise MotionOpen
        Presence.objects.filter(deliberation=room, left_at__isnull=True).update(left_at=now)
        room.signed_at, room.signed_by, room.item = now, by, None
        room.save(update_fields=["signed_at", "signed_by", "item"])
        _record(
            "deliberation.closed", room, by, now, {"motions": Motion.objects.filter(item__deliberation=room).count()}
        )
    return room


def held(room_id: int) -> Deliberation:
    """Return the room, kept from others until the transaction ends. Raises RoomClosed once it is signed off."""
    rooms = Deliberation.objects.select_for_update(of=("self",)).select_related("round__call__edition")
    room = rooms.get(pk=room_id)
    if room.signed_at is not None:
        raise RoomClosed
    return room


def _agenda(judged: Round) -> list[tuple[str, tuple[str, ...]]]:
    standing = standing_of(judged)
    found = [(AgendaItem.Kind.TIE, tie.entries) for tie in standing.result.ties]
    tied = {entry for _kind, entries in found for entry in entries}
    close = [entries for entries in _close(judged, standing) if not tied.issuperset(entries)]
    far = rules.disagreements(_totals(standing))
    return [
        *((str(kind), entries) for kind, entries in found),
        *((str(AgendaItem.Kind.CLOSE), entries) for entries in close),
        *((str(AgendaItem.Kind.DISAGREEMENT), (entry,)) for entry in far),
    ]


def _close(judged: Round, standing: Standing) -> list[tuple[str, ...]]:
    ranked = [row for row in standing.result.rows if row.rank is not None and row.score is not None]
    by_category: dict[str, list[tuple[str, Fraction]]] = {}
    for row in ranked:
        by_category.setdefault(row.category, []).append((row.entry, row.score or Fraction()))
    found = (_close_in(category, rows, judged, standing.estimates) for category, rows in by_category.items())
    return [entries for of_category in found for entries in of_category]


def _close_in(
    category: str, rows: Sequence[tuple[str, Fraction]], judged: Round, estimates: Estimates
) -> list[tuple[str, ...]]:
    """Return who cannot be told apart at the lines of a category: by the model, or by points where it has no errors."""
    known = [estimates.of.get(entry) for entry, _score in rows]
    if category not in estimates.split and all(each is not None and each.se is not None for each in known):
        return [call.entries for call in estimates.close if call.category == category]
    entries = rules.close_at_the_cut(rows, judged.finalists_per_category, CLOSE)
    return [entries] if entries else []


def _totals(standing: Standing) -> list[tuple[str, list[Fraction]]]:
    rubric = standing.dossier.rubric
    whole = sum(rubric.weights.values()) * rubric.top
    in_contest = {row.entry for row in standing.result.rows if row.rank is not None}
    totals: dict[str, list[Fraction]] = {}
    for card in standing.dossier.valid_cards():
        if card.entry in in_contest:
            marks = sum(rubric.weights[criterion] * mark for criterion, mark in card.marks.items())
            totals.setdefault(card.entry, []).append(Fraction(100 * marks, whole))
    return list(totals.items())


def _record(verb: str, room: Deliberation, by: User, now: datetime, facts: dict[str, Fact]) -> None:
    facts = {"round": room.round.uuid, **facts}
    audit.record(verb, room, actor=Actor.of_user(by), at=now, facts=facts, edition=room.round.call.edition)

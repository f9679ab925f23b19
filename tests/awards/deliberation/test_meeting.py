"""The room: its agenda from the count, who is there, and its end."""

from datetime import timedelta

import pytest

from awards.deliberation.meeting import add_item, come, leave, move_up, note, open_room, sign_off, take_up
from awards.deliberation.moving import propose
from awards.deliberation.queries import present_in
from awards.exceptions.deliberation import MotionOpen, NotInTheRoom, RoomClosed, RoundNotOver
from awards.models import Deliberation, Presence, Round
from tests.factories.awards import (
    AFTER,
    DURING,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.factories.deciding import frozen
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


@pytest.fixture
@remembered
def chair():
    """`a` is clear, `b` and `c` are tied, and a second juror sees `a` quite differently."""
    chair = frozen((("a", 5), ("b", 3), ("c", 2), ("d", 2)))
    other = JurorFactory(call=chair.call)
    score(AssignmentFactory(juror=other, entry=chair.call.entries.get(slug="a")), 2, 2)
    return chair


def opened(chair, now=AFTER):
    return open_room(round_id=first_round(chair.call).pk, by=chair.user, now=now)


def agenda(room):
    return [(item.kind, sorted(entry.slug for entry in item.entries.all())) for item in room.items.all()]


def test_open_room_makes_the_agenda_from_ties_and_disagreements_once(chair):
    room = opened(chair)
    assert agenda(room)[0] == ("tie", ["c", "d"])
    close = sorted(entries for kind, entries in agenda(room) if kind == "close")
    # A card or two each tell nobody apart; of `c` and `d` either stands behind `b`.
    assert close in ([["a", "b"], ["b", "c"]], [["a", "b"], ["b", "d"]])
    assert agenda(room)[3:] == [("disagreement", ["a"])]
    assert opened(chair, LATER) == room
    assert room.quorum == 2
    assert Deliberation.objects.count() == 1


def test_open_room_puts_what_is_close_at_the_line_on_the_agenda(chair):
    """59.1 points are not 60: the line between one finalist and the other says less than it seems to."""
    call = CallFactory()
    judged = first_round(call)
    judged.finalists_per_category = 1
    judged.save()
    first, second = EntryFactory(call=call, slug="first"), EntryFactory(call=call, slug="second")
    for number in range(9):
        juror = JurorFactory(call=call)
        score(AssignmentFactory(juror=juror, entry=first), 3, 3)
        score(AssignmentFactory(juror=juror, entry=second), 3, 3 if number else 2)
    room = open_room(round_id=judged.pk, by=chair.user, now=AFTER)
    assert agenda(room) == [("close", ["first", "second"])]


def test_open_room_leaves_out_what_the_model_tells_apart(chair):
    call = CallFactory()
    judged = first_round(call)
    Round.objects.filter(pk=judged.pk).update(finalists_per_category=1)
    entries = [EntryFactory(call=call, slug=slug) for slug in ("first", "second")]
    for _number in range(9):
        juror = JurorFactory(call=call)
        for entry, mark in zip(entries, (4, 2), strict=True):
            score(AssignmentFactory(juror=juror, entry=entry), mark, mark)
    assert agenda(open_room(round_id=judged.pk, by=chair.user, now=AFTER)) == []


def test_open_room_goes_by_points_where_no_juror_connects_the_projects(chair):
    call = CallFactory()
    judged = first_round(call)
    Round.objects.filter(pk=judged.pk).update(finalists_per_category=1)
    entries = [EntryFactory(call=call, slug=slug) for slug in ("first", "second")]
    for number in range(9):
        for entry in entries:
            mark = 2 if entry is entries[1] and not number else 3
            score(AssignmentFactory(juror=JurorFactory(call=call), entry=entry), 3, mark)
    assert agenda(open_room(round_id=judged.pk, by=chair.user, now=AFTER)) == [("close", ["first", "second"])]


def test_open_room_while_jurors_score_is_refused(chair):
    with pytest.raises(RoundNotOver):
        opened(chair, DURING)


def test_the_agenda_grows_and_is_reordered(chair):
    room = opened(chair)
    item = add_item(room_id=room.pk, title=" Prix du public ", by=chair.user, now=AFTER)
    for _step in range(5):
        move_up(item_id=item.pk)
    assert [each.title for each in room.items.order_by("place")] == ["Prix du public", "", "", "", ""]
    note(item_id=item.pk, outcome=" Rien. ")
    item.refresh_from_db()
    assert item.outcome == "Rien."


def test_come_and_leave_keep_each_stay(chair):
    room = opened(chair)
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)
    come(room_id=room.pk, juror_id=chair.pk, now=LATER)
    assert Presence.objects.count() == 1
    leave(room_id=room.pk, juror_id=chair.pk, now=LATER)
    come(room_id=room.pk, juror_id=chair.pk, now=LATER + timedelta(minutes=5))
    assert Presence.objects.count() == 2
    with pytest.raises(NotInTheRoom):
        come(room_id=room.pk, juror_id=JurorFactory().pk, now=LATER)


def test_take_up_waits_for_the_vote(chair):
    room = opened(chair)
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)
    first, second, *_others = room.items.order_by("place")
    assert take_up(item_id=first.pk, now=AFTER).item == first
    propose(item_id=first.pk, proposer_id=chair.pk, text="Garder c.", is_secret=False, now=AFTER)
    with pytest.raises(MotionOpen):
        take_up(item_id=second.pk, now=LATER)
    with pytest.raises(MotionOpen):
        sign_off(room_id=room.pk, by=chair.user, now=LATER)


def test_sign_off_ends_everything(chair):
    room = opened(chair)
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)
    signed = sign_off(room_id=room.pk, by=chair.user, now=LATER)
    assert (signed.signed_by, signed.item) == (chair.user, None)
    assert [presence.juror for presence in present_in(signed, LATER + timedelta(days=1))] == [chair]
    for act in (
        lambda: come(room_id=room.pk, juror_id=chair.pk, now=LATER),
        lambda: add_item(room_id=room.pk, title="Encore", by=chair.user, now=LATER),
        lambda: note(item_id=room.items.first().pk, outcome="Encore"),
        lambda: sign_off(room_id=room.pk, by=chair.user, now=LATER),
    ):
        with pytest.raises(RoomClosed):
            act()

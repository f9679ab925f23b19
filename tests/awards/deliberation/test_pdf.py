"""The minutes as PDF say who was there, what was voted, what was decided."""

from datetime import timedelta

import pypdfium2
import pytest

from awards.deliberation.meeting import come, open_room, sign_off, take_up
from awards.deliberation.moving import close, propose, vote
from awards.deliberation.pdf import minutes_pdf
from awards.deliberation.queries import prize_lines, room_of, room_view
from tests.factories.awards import AFTER, first_round
from tests.factories.deciding import frozen, won

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


def test_minutes_say_who_was_there_what_was_voted_and_what_was_decided():
    chair = frozen((("a", 5), ("b", 3), ("c", 2), ("d", 2)))
    room = open_room(round_id=first_round(chair.call).pk, by=chair.user, now=AFTER)
    item = room.items.order_by("place")[0]
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)
    take_up(item_id=item.pk, now=AFTER)
    motion = propose(item_id=item.pk, proposer_id=chair.pk, text="Garder c.", is_secret=True, now=AFTER)
    vote(motion_id=motion.pk, juror_id=chair.pk, choice="for", now=LATER)
    close(motion_id=motion.pk, by=chair.user, now=LATER)
    won(chair)
    sign_off(room_id=room.pk, by=chair.user, now=LATER)
    pages = pypdfium2.PdfDocument(minutes_pdf(room_view(room_of(room.round), LATER), prize_lines(chair.call)))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert chair.name in text
    assert "Garder c." in text
    assert "1 pour, 0 contre" in text
    assert "Projet a" in text
    assert f"{chair.name} : pour" not in text

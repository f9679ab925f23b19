"""The paper for the host can be read aloud."""

import pytest

from awards.ceremony.pdf import running_order_pdf
from awards.ceremony.placing import Details, add, lay_out
from awards.ceremony.queries import show_of
from tests.factories.deciding import DECIDED, frozen, in_the_room, won
from tests.pdf_ua import faults

pytestmark = pytest.mark.django_db


def test_running_order_is_a_sound_document():
    chair = frozen()
    in_the_room(chair)
    won(chair, None, kind="not_awarded", reason="Aucun projet.")
    add(call_id=chair.call.pk, details=Details("Film", "Nadia", "Son fort."), by=chair.user, now=DECIDED)
    lay_out(call_id=chair.call.pk, by=chair.user, now=DECIDED)
    assert faults(running_order_pdf(show_of(chair.call, DECIDED))) == []

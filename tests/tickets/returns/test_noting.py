"""Notes of the office: kept with the order, told to nobody, and not word by word in the log."""

import pytest

from festival.models import AuditEntry
from tests.factories.tickets import NOW, OrderFactory
from tests.tickets.bought import OFFICE
from tickets.returns import noting

pytestmark = pytest.mark.django_db


def test_a_note_is_kept_with_who_wrote_it():
    order = OrderFactory()

    noting.note(order=order, text="A appelé deux fois.", actor=OFFICE, now=NOW)

    note = order.notes.get()
    assert (note.text, note.by, note.at) == ("A appelé deux fois.", "Noa", NOW)
    assert "appelé" not in str(AuditEntry.objects.get(verb="order.noted").facts)

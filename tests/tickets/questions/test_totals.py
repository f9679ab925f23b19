"""What the kitchen reads: how many of each, whoever has not answered included."""

import datetime as dt

import pytest

from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import NOW, LineFactory, OrderFactory, ProductFactory, TicketFactory
from tests.tickets.questions.conftest import answered, ask
from tickets.models import Order
from tickets.orders.placing import Buyer
from tickets.questions import totals
from tickets.selfservice import passing_on

pytestmark = pytest.mark.django_db


def lunches(lunch, *values, question, state="paid"):
    """Return an order of as many lunches of the first day, each answered by a value, "" by nothing."""
    order = OrderFactory(edition=lunch.edition, state=state)
    for value in values:
        line = LineFactory(order=order, product=lunch, kind="addon", day=lunch.days.first())
        if value:
            answered(question, line, value)
    return order


def counted(lunch, *, may_see_health=True):
    return [
        (one.question, one.answer, one.count) for one in totals.totals(lunch.edition, may_see_health=may_see_health)
    ]


def test_each_answer_is_counted_and_so_is_none(lunch, diet):
    lunches(lunch, "vegan", "tout", "vegan", "", question=diet)

    assert counted(lunch) == [
        ("Question regime", "Tout", 1),
        ("Question regime", "Vegan", 2),
        ("Question regime", "sans réponse", 1),
    ]


def test_a_group_of_which_nobody_has_answered_stands_there_too(lunch, diet):
    lunches(lunch, "", "", question=diet)

    assert counted(lunch) == [("Question regime", "sans réponse", 2)]


def test_what_has_ended_is_not_cooked(lunch, diet):
    order = lunches(lunch, "vegan", question=diet, state="paid")
    order.lines.update(cancelled_at=NOW)
    type(order).objects.filter(pk=order.pk).update(state="cancelled")
    lunches(lunch, "tout", question=diet)

    assert counted(lunch) == [("Question regime", "Tout", 1)]


def test_what_hangs_on_an_answer_is_asked_of_some_only(lunch, allergies, which):
    lunches(lunch, "yes", "no", question=allergies)

    assert [row for row in counted(lunch) if "lesquelles" in row[0]] == []
    assert counted(lunch, may_see_health=False) == []


def test_who_is_asked_at_the_door_and_no_longer(lunch, diet, allergies):
    ask(lunch, "urgence", "phone", asked="door", sort_order=5)
    order = OrderFactory(edition=lunch.edition, name="Zoé")
    line = LineFactory(order=order, product=lunch, kind="addon", day=lunch.days.first())
    day = line.day

    (row,) = totals.to_ask(day, may_see_health=False)
    assert (row.name, row.order, row.line) == ("Zoé", order, line)
    assert row.questions == ("Question regime", "Question urgence")

    answered(diet, line, "vegan")
    (row,) = totals.to_ask(day, may_see_health=True)
    assert row.questions == ("Question urgence",)


def test_a_ticket_that_was_passed_on_is_asked_on_the_page_of_its_new_holder(village):
    ask(village, "urgence", "phone", asked="door")
    ticket = TicketFactory(product=village)
    giver, day = ticket.order, ticket.line.day
    passing_on.pass_on(ticket=ticket, order=giver, to=Buyer("Zoé", "zoe@example.org", "fr"), now=NOW)

    (row,) = totals.to_ask(day, may_see_health=False)

    assert (row.name, row.order) == ("Zoé", Order.objects.exclude(pk=giver.pk).get())


@pytest.mark.parametrize(
    ("starts", "count"), [("2027-05-02T14:00", 1), ("2027-05-03T01:00", 1), ("2027-05-03T14:00", 0)]
)
def test_places_in_sessions_are_asked_on_their_festival_day(village, starts, count):
    day = village.days.first()
    workshop = ProductFactory(slug="atelier", admission="occurrence", days=[])
    ask(workshop, "age", "age", asked="door")
    start = paris(starts)
    occurrence = OccurrenceFactory(edition=village.edition, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    TicketFactory(product=workshop, occurrence=occurrence)

    assert len(totals.to_ask(day, may_see_health=False)) == count


@pytest.mark.unsound  # answers without their files
def test_files_are_counted_not_named(lunch):
    card = ask(lunch, "carte", "file")
    lunches(lunch, "0" * 32 + " a.pdf", "1" * 32 + " b.pdf", "", question=card)

    assert counted(lunch) == [("Question carte", "un fichier", 2), ("Question carte", "sans réponse", 1)]

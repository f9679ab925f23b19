"""Answers are stored once, changed until their time is over, forgotten when they are about health, and never logged."""

import datetime as dt
import logging
from dataclasses import replace

import pytest
from django.utils import timezone

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import AuditEntry, Edition
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import kept
from tickets.models import Answer, Order, SentFile
from tickets.orders.placing import Buyer
from tickets.questions import answering, queries, rules
from tickets.questions.faults import NotAnswerable
from tickets.questions.queries import Given
from tickets.selfservice import passing_on
from tickets.uploads import filing
from tickets.uploads.faults import FileGone

pytestmark = pytest.mark.django_db
ACTOR = Actor.of_order("K1", "Zoé")
DAY = dt.timedelta(days=1)


@pytest.fixture
def line(lunch):
    return LineFactory(product=lunch, kind="addon")


def given(question, line, value):
    facts = next(one for one in queries.questions_of(question.edition_id) if one.pk == question.pk)
    return Given(facts, line, value)


def change(line, *answers, now=NOW, **options):
    return answering.change(order=line.order, given=answers, actor=ACTOR, now=now, **options)


def stored():
    return dict(Answer.objects.values_list("question__slug", "value"))


def test_answers_are_kept_changed_and_taken_away(line, diet, allergies, caplog):
    caplog.set_level(logging.DEBUG, logger="tickets")
    assert change(line, given(diet, line, "vegan"), given(allergies, line, "yes")) == 2
    answer = Answer.objects.get(question=diet)
    assert (answer.line, answer.version, str(answer.asked)) == (line, 1, "Question regime")

    assert change(line, given(diet, line, "vegan"), given(allergies, line, "no")) == 1
    assert change(line, given(diet, line, ""), given(allergies, line, "no")) == 1
    assert change(line, given(diet, line, ""), given(allergies, line, "no")) == 0

    assert stored() == {"allergies": "no"}
    facts = [entry.facts for entry in AuditEntry.objects.filter(verb="order.answered")]
    assert facts == [{"answers": 1}, {"answers": 1}, {"answers": 2}]
    assert "vegan" not in str(list(AuditEntry.objects.values())) + caplog.text


def test_an_answer_of_the_order_has_no_line(line, lunch):
    children = ask(lunch, "enfants", "number", subject="order")
    change(line, given(children, None, "2"))
    change(line, given(children, None, "3"))

    assert Answer.objects.values_list("line", "value").get() == (None, "3")


def test_nothing_changes_when_its_time_is_over_but_for_the_office(line, diet):
    diet.changeable_until = NOW
    diet.save()
    with writing(public=True):
        pass

    with pytest.raises(NotAnswerable):
        change(line, given(diet, line, "vegan"))
    assert change(line, given(diet, line, "vegan"), now=NOW - DAY) == 1
    assert change(line, given(diet, line, "tout"), even_late=True) == 1


def test_the_day_itself_ends_what_has_no_other_end(line, diet):
    fetched = queries.lines_to_ask(line.order)[0]
    with pytest.raises(NotAnswerable):
        change(line, given(diet, fetched, "vegan"), now=NOW + 3 * DAY)
    assert change(line, given(diet, fetched, "vegan")) == 1


def test_an_order_that_has_ended_is_not_answered(line, diet):
    Order.objects.update(state="expired", expires_at=NOW)
    with pytest.raises(NotAnswerable):
        change(line, given(diet, line, "vegan"))


def test_a_line_that_was_given_back_is_not_answered(line, diet):
    other = LineFactory(product=line.product, order=line.order, kind="addon", cancelled_at=NOW)
    with pytest.raises(NotAnswerable):
        change(line, given(diet, other, "vegan"))
    assert stored() == {}


def test_answers_go_along_to_the_order_that_replaces_theirs(line, lunch, diet):
    children = ask(lunch, "enfants", "number", subject="order")
    change(line, given(diet, line, "vegan"), given(children, None, "2"))
    after = LineFactory(product=lunch, kind="addon", order=OrderFactory(edition=lunch.edition))

    with writing(public=False):
        answering.move(before=line.order, after=after.order)
        answering.move(before=line.order, after=after.order)

    assert set(Answer.objects.values_list("order", "line")) == {(after.order_id, after.pk), (after.order_id, None)}


def test_answers_of_lines_are_forgotten(line, diet):
    change(line, given(diet, line, "vegan"))
    with writing(public=False):
        assert answering.forget_of_lines([line.pk]) == 1
    assert stored() == {}


@pytest.mark.parametrize(("days", "left"), [(29, {"regime", "allergies"}), (31, {"regime"})])
def test_answers_about_health_go_a_month_after_the_festival(line, diet, allergies, settings, days, left):
    settings.HEALTH_ANSWERS_KEPT_DAYS = 30
    change(line, given(diet, line, "vegan"), given(allergies, line, "yes"))
    today = timezone.now().date()
    Edition.objects.update(start_date=today - (days + 5) * DAY, end_date=today - days * DAY)

    assert answering.forget_health(timezone.now()) == 2 - len(left)
    assert set(stored()) == left


def test_a_clock_that_was_put_forward_forgets_nothing(line, allergies):
    change(line, given(allergies, line, "yes"))
    assert answering.forget_health(timezone.now() + 4000 * DAY) == 0


def test_those_of_orders_that_have_ended_go_a_month_after_the_order(line, allergies):
    change(line, given(allergies, line, "yes"))
    old = timezone.now() - 40 * DAY
    Order.objects.update(created_at=old)
    assert answering.forget_health(timezone.now()) == 0

    Order.objects.update(state="expired", expires_at=NOW)
    assert answering.forget_health(timezone.now()) == 1


def test_storing_reads_nothing_the_first_time(line, diet, django_assert_num_queries):
    answers = [given(diet, line, "vegan"), replace(given(diet, line, "tout"), line=None)]
    with django_assert_num_queries(3), writing(public=False):
        answering.store(order=line.order, given=answers[:1], now=NOW, is_first=True)


@pytest.fixture
def passed_on(village, diet):
    """A ticket whose holder is asked for their meal, once it was passed on: its line is of the giver's order still."""
    diet.products.add(village)
    ticket = TicketFactory(product=village)
    giver = ticket.order
    passing_on.pass_on(ticket=ticket, order=giver, to=Buyer("Zoé", "zoe@example.org", "fr"), now=NOW)
    return giver, Order.objects.exclude(pk=giver.pk).get()


def test_the_new_holder_of_a_ticket_answers(passed_on, diet):
    _giver, receiver = passed_on
    (line,) = queries.lines_to_ask(receiver)

    assert change(line, given(diet, line, "vegan")) == 1
    assert Answer.objects.get().order == receiver


def test_whoever_passed_it_on_answers_no_more(passed_on, diet):
    giver, receiver = passed_on
    (line,) = queries.lines_to_ask(receiver)
    line.order = giver

    with pytest.raises(NotAnswerable):
        change(line, given(diet, line, "vegan"))
    assert stored() == {}


@pytest.fixture
def card(lunch):
    """A question that asks for a file."""
    return ask(lunch, "carte", "file", sort_order=7)


def a_file(question, line, row):
    return given(question, line, rules.file_answer(row.key.hex, row.name))


def test_a_file_belongs_to_its_answer_and_another_one_takes_its_place(line, card):
    first, second = kept("a.pdf"), kept("b.pdf")
    change(line, a_file(card, line, first))
    assert Answer.objects.get().file == first

    change(line, a_file(card, line, second))

    assert Answer.objects.get().file == second
    assert filing.forget_files(NOW) == 1
    assert list(SentFile.objects.all()) == [second]
    assert change(line, a_file(card, line, second)) == 0


def test_a_file_goes_with_its_answer(line, card):
    change(line, a_file(card, line, kept()))
    change(line, given(card, line, ""))

    assert not Answer.objects.exists()
    assert filing.forget_files(NOW) == 1


def test_a_file_about_health_goes_when_its_answer_does(line, card):
    type(card).objects.filter(pk=card.pk).update(is_health=True)
    change(line, a_file(card, line, kept()))
    today = timezone.now().date()
    Edition.objects.update(start_date=today - 50 * DAY, end_date=today - 40 * DAY)

    assert answering.forget_health(timezone.now()) == 1
    assert filing.forget_files(NOW) == 1


def test_the_file_of_another_answer_is_not_taken(line, card):
    row = kept()
    change(line, a_file(card, line, row))
    other = LineFactory(product=line.product, kind="addon")

    with pytest.raises(FileGone):
        change(other, a_file(card, other, row))
    assert Answer.objects.get().line == line

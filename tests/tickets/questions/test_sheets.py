"""What a form asks: a sheet for the order, one for each place; when, and of what."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, LineFactory, OrderFactory
from tests.tickets.questions.conftest import answered, ask
from tickets.questions import queries, sheets
from tickets.questions.forms import AnswersForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(lunch):
    """Two lunches of the first day."""
    made = OrderFactory(edition=lunch.edition, state="paid")
    LineFactory.create_batch(2, order=made, product=lunch, kind="addon", day=lunch.days.first())
    return made


def lines(order):
    return queries.lines_to_ask(order)


def asked(found):
    return [(one.key, [question.slug for question in one.questions]) for one in found]


def test_each_place_has_its_sheet_and_what_waits_for_the_door_none(order, lunch, diet):
    ask(lunch, "urgence", "phone", asked="door", sort_order=5)
    first, second = lines(order)

    assert asked(sheets.at_purchase(order, [first, second])) == [
        (str(first.pk), ["regime"]),
        (str(second.pk), ["regime"]),
    ]
    later = sheets.still_open(order, [first], {}, now=NOW - dt.timedelta(days=1))
    assert asked(later) == [(str(first.pk), ["regime", "urgence"])]


def test_the_order_is_asked_once(order, lunch):
    ask(lunch, "enfants", "number", subject="order")

    assert asked(sheets.at_purchase(order, lines(order))) == [("order", ["enfants"])]


def test_what_cannot_be_changed_any_more_is_not_asked(order, lunch):
    ask(lunch, "regime", changeable_until=NOW)

    assert asked(sheets.still_open(order, lines(order), {}, now=NOW)) == []
    assert len(sheets.still_open(order, lines(order), {}, now=None)) == 2


def test_about_health_is_for_those_who_may_see_it(order, diet, allergies):
    (kept, _second) = sheets.for_office(order, lines(order), may_see_health=False)
    assert [question.slug for question in kept.questions] == ["regime"]
    (whole, _second) = sheets.for_office(order, lines(order), may_see_health=True)
    assert [question.slug for question in whole.questions] == ["regime", "allergies"]


def test_alike_places_are_told_apart(order, lunch):
    first, second = lines(order)

    assert [name[-6:] for name in sheets.named([first, second]).values()] == [" (1/2)", " (2/2)"]
    assert not next(iter(sheets.named([first]).values())).endswith(")")


def test_what_was_answered_is_told_with_what_is_missing(order, lunch, diet):
    first = lines(order)[0]
    assert sheets.told(order, {None}) is None
    answered(diet, first, "vegan")

    told = sheets.told(order, {lunch.pk})

    assert [answers for _title, answers in told.rows] == [[("Question regime", "Vegan")]]
    assert (told.missing, told.can_answer) == (1, True)


def test_each_place_of_a_registration_is_asked(lunch, diet):
    found = sheets.of_places(lunch.edition_id, lunch.pk, 2)

    assert [one.key for one in found] == ["1", "2"]
    assert all(one.title for one in found)
    assert [one.title for one in sheets.of_places(lunch.edition_id, lunch.pk, 1)] == [""]


def test_who_may_not_see_health_leaves_what_hangs_on_it(order, lunch, allergies):
    guest = ask(lunch, "panier", is_required=True, sort_order=3, depends_on=allergies, depends_values=["yes"])
    line = lines(order)[0]
    answered(allergies, line, "yes")
    answered(guest, line, "Sans gluten, à part")
    (kept, _second) = sheets.for_office(order, lines(order), may_see_health=False)

    form = AnswersForm([kept], {f"q{guest.pk}-{line.pk}": "Sans gluten, à part"}, key="form")

    assert form.is_valid()
    assert [(one.question.slug, one.value) for one in form.given()] == [("panier", "Sans gluten, à part")]

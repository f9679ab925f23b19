"""What is asked of whom; kept until something is published."""

import datetime as dt

import pytest
from django.utils.translation import override

from festival.core.writing import writing
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, LineFactory
from tests.tickets.questions.conftest import ask
from tickets.models import Answer, Order
from tickets.questions import queries

pytestmark = pytest.mark.django_db


def slugs(questions):
    return [one.slug for one in questions]


def test_each_product_is_asked_its_own_in_the_language_of_the_page(lunch, diet, allergies, which):
    children = ask(lunch, "enfants", "number", subject="order")
    ask(lunch, "jadis", is_retired=True)

    with override("en"):
        found = queries.asked_of_place(lunch.edition_id, lunch.pk)
    assert slugs(found) == ["regime", "allergies", "lesquelles"]
    assert (found[0].text, [option.label for option in found[0].options]) == ("What about regime?", ["Tout!", "Vegan!"])
    assert slugs(queries.asked_of_order(lunch.edition_id, [lunch.pk, None])) == [children.slug]
    assert queries.asked_of_place(lunch.edition_id, 99_999) == []
    assert queries.asked_of_order(lunch.edition_id, [99_999]) == []


def test_another_edition_is_asked_nothing(diet):
    assert queries.questions_of(EditionFactory(number=2028, is_current=False).pk) == ()


def test_they_cost_nothing_when_warm(diet, django_assert_num_queries):
    queries.questions_of(diet.edition_id)
    with django_assert_num_queries(0):
        queries.questions_of(diet.edition_id)


def test_until_when_they_can_be_changed(lunch, diet):
    line = queries.lines_to_ask(LineFactory(product=lunch, kind="addon").order)[0]
    facts = queries.asked_of_place(lunch.edition_id, lunch.pk)[0]
    assert queries.closes_at(facts, line) == dt.datetime(2027, 5, 2, 17, tzinfo=dt.UTC)
    assert queries.closes_at(facts, None) is None
    diet.changeable_until = NOW
    assert queries.closes_at(queries._facts(diet), line) == NOW


def test_who_may_not_see_health_sees_the_rest_of_what_counts(lunch, diet, allergies):
    line = LineFactory(product=lunch, kind="addon")
    for question, value in ((diet, "vegan"), (allergies, "yes")):
        Answer.objects.create(
            question=question, order=line.order, line=line, value=value, asked="?", version=1, given_at=NOW
        )

    def seen(**options):
        return slugs_of(queries.visible_answers(**options))

    assert seen(may_see_health=True) == {"regime", "allergies"}
    assert seen(may_see_health=False) == {"regime"}
    assert set(queries.answers_of(line.order)) == {(diet.pk, line.pk), (allergies.pk, line.pk)}
    assert queries.meaning_of(diet).options["vegan"] == {"fr": "Vegan", "en": "Vegan!"}
    Order.objects.update(state="expired", expires_at=NOW)
    assert seen(may_see_health=True) == set()


def slugs_of(answers):
    return set(answers.values_list("question__slug", flat=True))


def test_what_follows_a_question_that_is_not_asked_any_more_is_not_asked_either(lunch, diet, allergies, which):
    ask(lunch, "autre", sort_order=9, depends_on=which, depends_values=["autre"])
    allergies.is_retired = True
    allergies.save()
    with writing(public=True):
        pass

    assert slugs(queries.asked_of_place(lunch.edition_id, lunch.pk)) == ["regime"]

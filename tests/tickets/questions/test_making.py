"""Questions are made and changed by one action: what was answered keeps its sense."""

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.tickets import NOW, LineFactory, ProductFactory
from tests.tickets.questions.conftest import ask
from tickets.models import Answer, Question
from tickets.questions import making, queries
from tickets.questions.faults import AnswersInTheWay, GoesInCircles, NeverAsked
from tickets.questions.rules import Frozen

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("test")


def save(question, write=None, *, is_wording_only=False):
    def store():
        question.save()
        if write:
            write()
        return question

    return making.save_question(question=question, save=store, is_wording_only=is_wording_only, actor=ACTOR, now=NOW)


def answer(question, value):
    line = LineFactory(product=question.products.first(), kind="addon")
    return Answer.objects.create(
        question=question, order=line.order, line=line, value=value, asked=question.text, version=1, given_at=NOW
    )


def test_a_change_is_recorded_and_seen_at_once(diet):
    assert queries.questions_of(diet.edition_id)[0].text == "Question regime"
    diet.text = {"fr": "Quel repas ?"}
    save(diet)

    assert queries.questions_of(diet.edition_id)[0].text == "Quel repas ?"
    assert AuditEntry.objects.get(verb="question.changed").facts == {"slug": "regime", "kind": "choice", "version": 1}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"kind": "choices"}, Frozen.KIND),
        ({"subject": "order"}, Frozen.SUBJECT),
        ({"text": {"fr": "Autre chose ?"}}, Frozen.WORDING),
    ],
)
def test_what_was_answered_keeps_its_sense(diet, change, what):
    answer(diet, "vegan")
    for name, value in change.items():
        setattr(diet, name, value)

    with pytest.raises(AnswersInTheWay) as refused:
        save(diet)
    assert (refused.value.what, refused.value.answers) == (what, 1)
    diet.refresh_from_db()
    assert (diet.kind, diet.subject, str(diet.text), diet.version) == ("choice", "place", "Question regime", 1)


def test_an_option_that_was_chosen_is_withdrawn_not_deleted(diet):
    answer(diet, "vegan")
    with pytest.raises(AnswersInTheWay):
        save(diet, lambda: diet.options.filter(slug="vegan").delete())
    assert diet.options.count() == 2

    save(diet, lambda: diet.options.filter(slug="vegan").update(is_offered=False))
    save(diet, lambda: diet.options.filter(slug="tout").delete())


def test_other_words_of_the_same_meaning_are_another_version(diet):
    told = answer(diet, "vegan")
    diet.text = {"fr": "Quel repas, exactement ?", "en": "What about regime?"}
    save(diet, is_wording_only=True)

    diet.refresh_from_db()
    told.refresh_from_db()
    assert (diet.version, told.version, str(told.asked)) == (2, 1, "Question regime")
    save(diet)
    diet.refresh_from_db()
    assert diet.version == 2


def test_a_product_whose_buyers_answered_stays(diet, lunch):
    answer(diet, "vegan")
    other = ProductFactory(slug="autre")
    save(diet, lambda: diet.products.add(other))
    save(diet, lambda: diet.products.remove(other))
    with pytest.raises(AnswersInTheWay):
        save(diet, lambda: diet.products.set([other]))


def test_nothing_depends_on_itself(allergies, which):
    allergies.depends_on, allergies.depends_values = which, ["gluten"]
    with pytest.raises(GoesInCircles):
        save(allergies)


def test_it_follows_what_is_asked_of_the_same_people(lunch, allergies, which):
    other = ProductFactory(slug="autre")
    with pytest.raises(GoesInCircles):
        save(which, lambda: which.products.add(other))
    with pytest.raises(GoesInCircles):
        save(allergies, lambda: allergies.products.set([other]))
    order = ask(lunch, "enfants", "yes_no", subject="order")
    which.depends_on = order
    with pytest.raises(GoesInCircles):
        save(which)


@pytest.mark.parametrize(
    "change",
    [
        lambda which, allergies: which.options.filter(slug="autre").delete(),
        lambda which, allergies: Question.objects.filter(pk=which.pk).update(kind="text"),
    ],
)
def test_an_answer_that_another_question_waits_for_stays(lunch, allergies, which, change):
    ask(lunch, "laquelle", depends_on=which, depends_values=["autre"], sort_order=3)
    with pytest.raises(NeverAsked):
        save(which, lambda: change(which, allergies))
    assert which.options.count() == 3
    save(which, lambda: which.options.filter(slug="lait").delete())


def test_what_follows_waits_for_an_answer_that_there_is(which):
    which.depends_values = ["maybe"]
    with pytest.raises(NeverAsked):
        save(which)


def test_what_is_asked_with_the_order_does_not_wait_for_the_door(allergies, which):
    allergies.asked = "door"
    with pytest.raises(GoesInCircles):
        save(allergies)
    which.asked = "door"
    save(which)
    save(allergies)

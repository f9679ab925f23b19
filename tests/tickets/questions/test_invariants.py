"""`fsck` finds answers that belong to nobody, and says none of them."""

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, ProductFactory
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import kept
from tickets.models import Answer, Question, SentFile
from tickets.questions import rules
from tickets.questions.invariants import violations

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def answer(question, line, value="vegan", **fields):
    values = {"question": question, "order": line.order, "line": line, "value": value, "version": 1, "given_at": NOW}
    return Answer.objects.create(**(values | {"asked": question.text} | fields))


def test_answers_that_belong_to_nobody(lunch, diet):
    line = LineFactory(product=lunch, kind="addon")
    answer(diet, line)
    assert violations() == []

    answer(diet, LineFactory(product=lunch, kind="addon", order=line.order), order=OrderFactory())
    answer(diet, LineFactory(product=lunch, kind="addon", order=line.order), "nothing we know")
    Answer.objects.create(question=diet, order=line.order, value="tout", asked="?", version=1, given_at=NOW)
    found = "\n".join(violations())
    assert "a line of another order" in found
    assert "names an option" in found
    assert "does not belong to what" in found
    assert "vegan" not in found


def test_questions_of_another_edition_and_in_circles(lunch, diet, allergies):
    other = ProductFactory(edition=EditionFactory(number=2028, is_current=False), key=False)
    foreign = ask(other, "jadis")
    line = LineFactory(product=lunch, kind="addon")
    answer(foreign, line, "x")
    diet.products.add(other)
    Question.objects.filter(pk=diet.pk).update(depends_on=allergies)
    Question.objects.filter(pk=allergies.pk).update(depends_on=diet)
    found = "\n".join(violations())
    assert "to a question of another edition" in found
    assert "asked for a product of another edition" in found
    assert "asked only after itself" in found


def test_a_question_that_waits_for_what_nobody_can_answer(which):
    assert violations() == []
    Question.objects.filter(pk=which.pk).update(depends_values=["maybe"])
    assert violations() == [
        f"Question {which.pk} waits for an answer that question {which.depends_on_id} does not have."
    ]


def test_an_answer_that_is_a_file_without_it(lunch, diet):
    card = ask(lunch, "carte", "file")
    line, row = LineFactory(product=lunch, kind="addon"), kept()
    file = answer(card, line, rules.file_answer(row.key.hex, row.name))
    assert violations() == [f"Answer {file.pk} is a file, and does not have it."]
    SentFile.objects.filter(pk=row.pk).update(answer=file, sent_at=NOW)
    assert violations() == []

    SentFile.objects.filter(pk=row.pk).update(answer=answer(diet, line))
    assert f"File {row.pk} belongs to an answer that is no file." in violations()

"""The form in which the office makes a question: what belongs together, and what a question can hang on."""

import pytest

from tests.tickets.questions.conftest import ask
from tickets.models import Question
from tickets.questions.office_forms import QuestionForm

pytestmark = pytest.mark.django_db


class Form(QuestionForm):
    """The form without the rows of options, which the screen adds."""

    formsets: dict = {}

    class Meta:
        model = Question
        fields = ["text", "slug", "kind", "products", "subject", "asked", "lowest", "highest", "edition"]


def form(product, question=None, **changes):
    values = {
        "text_fr": "Quel repas ?",
        "slug": "repas",
        "kind": "line",
        "products": [product.pk],
        "subject": "place",
        "asked": "purchase",
        "edition": product.edition_id,
    }
    return Form(values | changes, instance=question or Question(edition=product.edition))


def offered(product, question=None):
    found = form(product, question).fields["condition"].choices
    return [str(text) for text, _answers in found]


def test_it_hangs_on_answers_that_are_chosen_to_questions_that_are_asked(lunch, diet, allergies):
    ask(lunch, "nom", "line")
    ask(lunch, "carte", "file")
    old = ask(lunch, "jadis", "yes_no", is_retired=True)
    assert offered(lunch) == ["Question regime", "Question allergies"]
    assert offered(lunch, diet) == ["Question allergies"]
    hangs = ask(lunch, "laquelle", depends_on=old, depends_values=["yes"])
    assert "Question jadis" in offered(lunch, hangs)


def test_what_it_hangs_on_is_one_question_with_some_of_its_answers(lunch, diet, allergies):
    made = form(lunch, condition=[f"{diet.pk}:vegan", f"{diet.pk}:tout"])
    assert made.is_valid(), made.errors
    assert (made.instance.depends_on_id, made.instance.depends_values) == (diet.pk, ["vegan", "tout"])

    assert list(form(lunch, condition=[f"{diet.pk}:vegan", f"{allergies.pk}:yes"]).errors) == ["condition"]
    assert list(form(lunch, condition=[f"{diet.pk}:nothing"]).errors) == ["condition"]
    free = form(lunch)
    assert free.is_valid()
    assert (free.instance.depends_on_id, free.instance.depends_values) == (None, [])


@pytest.mark.parametrize(("kind", "kept"), [("number", (1, 5)), ("age", (1, 5)), ("file", (None, None))])
def test_limits_are_for_numbers(lunch, kind, kept):
    made = form(lunch, kind=kind, lowest="1", highest="5")

    assert made.is_valid(), made.errors
    assert (made.cleaned_data["lowest"], made.cleaned_data["highest"]) == kept


def test_somebody_has_to_be_asked(lunch):
    assert list(form(lunch, products=[]).errors) == ["products"]

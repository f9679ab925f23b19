"""A lunch whose buyers are asked about their diet, their allergies and which, one after the other."""

import pytest

from tests.factories.tickets import NOW, ProductFactory
from tickets.models import Answer, Question, QuestionOption


@pytest.fixture
def lunch(db):
    """A free lunch, listed, for 2 and 3 May."""
    return ProductFactory(slug="dejeuner", kind="addon", name={"fr": "Déjeuner", "en": "Lunch"})


def ask(product, slug, kind="line", *, options=(), **fields):
    """Return a question about a product with its options."""
    text = {"fr": f"Question {slug}", "en": f"What about {slug}?"}
    defaults = {"edition": product.edition, "slug": slug, "text": text, "kind": kind}
    question = Question.objects.create(**(defaults | fields))
    question.products.set([product])
    for number, option in enumerate(options):
        label = {"fr": option.capitalize(), "en": f"{option.capitalize()}!"}
        QuestionOption.objects.create(question=question, slug=option, label=label, sort_order=number)
    return question


def answered(question, line, value):
    """Return what was answered for a line, as it was asked."""
    values = {"question": question, "order": line.order, "line": line, "value": value, "asked": question.text}
    return Answer.objects.create(version=question.version, given_at=NOW, **values)


@pytest.fixture
def diet(lunch):
    """Which meal; required."""
    return ask(lunch, "regime", "choice", options=("tout", "vegan"), is_required=True)


@pytest.fixture
def allergies(lunch):
    """Whether there are allergies; about health."""
    return ask(lunch, "allergies", "yes_no", is_health=True, sort_order=1)


@pytest.fixture
def which(lunch, allergies):
    """Which ones, if there are some; required then, about health."""
    return ask(
        lunch,
        "lesquelles",
        "choices",
        options=("gluten", "lait", "autre"),
        is_required=True,
        is_health=True,
        sort_order=2,
        depends_on=allergies,
        depends_values=["yes"],
    )

"""The fields of questions: clean answers, and what depends on another answer without any script."""

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import kept, upload
from tickets.models import Question
from tickets.questions import queries, rules
from tickets.questions.forms import AnswersForm, Sheet

pytestmark = pytest.mark.django_db


def sheet(product, **fields):
    return Sheet("1", "", queries.asked_of_place(product.edition_id, product.pk), **fields)


def fill(product, answers, **fields):
    """Return the form of one place, filled in by slug of the question."""
    names = {slug: f"q{pk}-1" for slug, pk in Question.objects.values_list("slug", "pk")}
    data = QueryDict(mutable=True)
    for slug, value in answers.items():
        data.setlist(names[slug], value if isinstance(value, list) else [value])
    return AnswersForm([sheet(product, **fields)], data, key="form")


def said(form):
    assert form.is_valid(), form.errors
    return {one.question.slug: one.value for one in form.given()}


def test_what_does_not_apply_is_neither_asked_nor_kept(lunch, diet, allergies, which):
    typed = {"regime": "vegan", "allergies": "no", "lesquelles": ["gluten"]}
    assert said(fill(lunch, typed)) == {"regime": "vegan", "allergies": "no", "lesquelles": ""}

    assert said(fill(lunch, typed | {"allergies": "yes", "lesquelles": ["gluten", "lait"]})) == {
        "regime": "vegan",
        "allergies": "yes",
        "lesquelles": "gluten lait",
    }
    assert list(fill(lunch, typed | {"allergies": "yes", "lesquelles": []}).errors) == [f"q{which.pk}-1"]
    assert said(fill(lunch, typed | {"lesquelles": ["nonsense"]}))["lesquelles"] == ""


def test_the_page_shows_followers_below_with_their_sentence(lunch, diet, allergies, which):
    meal, allergic = AnswersForm([sheet(lunch)], key="form").sheet_rows()[0].entries

    assert (meal.followers, [entry.question.slug for entry in allergic.followers]) == ((), ["lesquelles"])
    assert allergic.followers[0].condition == "Seulement si vous avez répondu « Oui »\N{NO-BREAK SPACE}:".replace(
        "« ", "«\N{NO-BREAK SPACE}"
    ).replace(" »", "\N{NO-BREAK SPACE}»")
    assert [(value, opens) for value, _label, _chosen, opens in allergic.choices()] == [("yes", True), ("no", False)]


@pytest.mark.parametrize(
    ("kind", "fields", "typed", "kept"),
    [
        ("line", {}, "  a\tb ", "a b"),
        ("text", {}, "a\r\nb", "a\nb"),
        ("number", {"lowest": -2, "highest": 3}, "-2", "-2"),
        ("age", {"lowest": 6}, "7", "7"),
        ("date", {}, "2027-05-06", "2027-05-06"),
        ("country", {}, "FR", "FR"),
        ("phone", {}, "+33 6 12 34 56 78", "+33612345678"),
        ("choice", {}, "vegan", "vegan"),
    ],
)
def test_answers_are_kept_in_one_form(lunch, kind, fields, typed, kept):
    ask(lunch, "it", kind, options=("vegan",) if kind == "choice" else (), **fields)
    assert said(fill(lunch, {"it": typed})) == {"it": kept}
    assert said(fill(lunch, {"it": ""})) == {"it": ""}


@pytest.mark.parametrize(
    ("kind", "fields", "typed"),
    [
        ("line", {}, "x" * 201),
        ("text", {}, "x" * 2001),
        ("number", {"lowest": 1, "highest": 3}, "4"),
        ("number", {"lowest": 1}, "0"),
        ("number", {}, "9" * 40),
        ("number", {}, "1.5"),
        ("number", {}, "NaN"),
        ("age", {}, "-1"),
        ("age", {}, "121"),
        ("age", {"lowest": 6}, "5"),
        ("date", {}, "06/05/2027"),
        ("country", {}, "XX"),
        ("phone", {}, "<script>"),
        ("choice", {}, "meat"),
        ("choices", {}, "vegan meat"),
        ("yes_no", {}, "maybe"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(lunch, kind, fields, typed):
    question = ask(lunch, "it", kind, options=("vegan",), **fields)
    form = fill(lunch, {"it": typed})

    assert not form.is_valid()
    assert list(form.errors) == [f"q{question.pk}-1"]
    assert form[f"q{question.pk}-1"].value() in (typed, [typed])


def test_an_option_that_was_withdrawn_stays_for_who_chose_it(lunch, diet):
    diet.options.filter(slug="vegan").update(is_offered=False)

    assert not fill(lunch, {"regime": "vegan"}).is_valid()
    assert said(fill(lunch, {"regime": "vegan"}, stored={diet.pk: "vegan"})) == {"regime": "vegan"}


def test_what_can_wait_until_the_door_need_not_be_answered(lunch):
    ask(lunch, "urgence", "phone", asked="door", is_required=True)
    assert said(fill(lunch, {})) == {"urgence": ""}


def test_the_limits_are_read_out_with_their_field(lunch):
    question = ask(lunch, "age", "age", lowest=6)
    bound = AnswersForm([sheet(lunch)], key="form")[f"q{question.pk}-1"]

    assert bound.help_text == "6 ou plus."
    assert f'aria-describedby="{bound.auto_id}_helptext"' in str(bound)


def send(product, question, file=None, answers=(), **data):
    """Return the form of one place with a file for a question."""
    posted = QueryDict(mutable=True)
    posted.update({f"q{question.pk}-1-{name}": value for name, value in data.items()} | dict(answers))
    files = MultiValueDict({f"q{question.pk}-1": [file]} if file else {})
    return AnswersForm([sheet(product)], posted, files, key="form")


def test_a_file_is_an_answer_like_any_other(lunch):
    question = ask(lunch, "carte", "file", is_required=True)
    assert list(send(lunch, question).errors) == [f"q{question.pk}-1"]
    assert "PDF" in send(lunch, question, upload(b"<script>")).errors[f"q{question.pk}-1"][0]

    answer = said(send(lunch, question, upload()))["carte"]

    assert (rules.file_name(answer), len(rules.file_key(answer))) == ("carte.pdf", 32)
    assert send(lunch, question, upload()).is_multipart()
    assert said(send(lunch, question, upload()))["carte"] == answer


def test_a_file_is_asked_for_only_where_it_applies(lunch, allergies):
    question = ask(lunch, "certificat", "file", is_required=True, depends_on=allergies, depends_values=["yes"])
    yes, no = {f"q{allergies.pk}-1": "yes"}, {f"q{allergies.pk}-1": "no"}

    assert list(send(lunch, question, answers=yes).errors) == [f"q{question.pk}-1"]
    assert said(send(lunch, question, upload(b"<script>"), answers=no))["certificat"] == ""
    assert said(send(lunch, question, upload(), answers=no))["certificat"] == ""
    assert said(send(lunch, question, upload(), answers=yes))["certificat"]


def test_a_file_that_was_sent_stays_without_being_chosen_again(lunch):
    question = ask(lunch, "carte", "file")
    row = kept()
    stored = {question.pk: rules.file_answer(row.key.hex, "carte.pdf")}
    field = f"q{question.pk}-1"

    def form(**data):
        return AnswersForm(
            [sheet(lunch, stored=stored)], {f"{field}-{name}": v for name, v in data.items()}, key="form"
        )

    assert said(form())["carte"] == stored[question.pk]
    assert said(form(kept="00000000-0000-0000-0000-000000000000"))["carte"] == stored[question.pk]
    assert said(form(out="on"))["carte"] == ""

"""The organiser builds questions; what answers keep from changing is said beside the form."""

import pytest
from wagtail.admin.ui.tables import TitleColumn

from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW, LineFactory
from tickets.models import Answer, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def typed(product, options=(), **changes):
    values = {
        "text_fr": "Quel repas ?",
        "text_en": "Which meal?",
        "help": "",
        "kind": "line",
        "products": [product.pk],
        "subject": "place",
        "asked": "purchase",
        "condition": [],
        "lowest": "",
        "highest": "",
        "changeable_until": "",
        "slug": "repas",
        "edition": product.edition_id,
        "options-TOTAL_FORMS": len(options),
        "options-INITIAL_FORMS": sum(bool(option.get("id")) for option in options),
        "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000,
    }
    for number, option in enumerate(options):
        row = {"id": "", "is_offered": "on", "ORDER": number + 1} | option
        values |= {f"options-{number}-{name}": value for name, value in row.items()}
    return values | changes


def option(slug, **changes):
    return {"slug": slug, "label_fr": slug.capitalize(), "label_en": ""} | changes


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_a_question_with_options_is_made_and_recorded(lunch, editor):
    page = editor.get("/cms/questions/new/")
    assert page.status_code == 200
    posted = typed(lunch, [option("tout"), option("vegan")], kind="choice", is_required="on")

    response = editor.post("/cms/questions/new/", posted)

    assert response.status_code == 302, errors(response)
    made = Question.objects.get()
    assert (made.text.as_dict(), made.is_required) == ({"fr": "Quel repas ?", "en": "Which meal?"}, True)
    assert list(made.options.values_list("slug", flat=True)) == ["tout", "vegan"]
    assert list(made.products.all()) == [lunch]
    assert AuditEntry.objects.get(verb="question.created").facts["slug"] == "repas"
    assert editor.get("/cms/questions/").status_code == 200


def test_the_list_is_in_the_order_in_which_they_are_asked(diet, allergies, editor):
    page = editor.get("/cms/questions/")
    html = page.content.decode()
    assert html.index("Question regime") < html.index("Question allergies")
    assert isinstance(next(iter(page.context["table"].columns.values())), TitleColumn)
    assert f"/cms/questions/edit/{diet.pk}/" in html


@pytest.mark.parametrize(
    ("changes", "options", "field"),
    [
        ({"kind": "choice"}, [option("only")], "kind"),
        ({"kind": "line"}, [option("tout"), option("vegan")], "kind"),
        ({"products": []}, [], "products"),
        ({"kind": "number", "lowest": "5", "highest": "1"}, [], "__all__"),
        ({"condition": ["99:yes"]}, [], "condition"),
    ],
)
def test_what_does_not_fit_together_is_refused(lunch, editor, changes, options, field):
    response = editor.post("/cms/questions/new/", typed(lunch, options, **changes))

    assert list(errors(response)) == [field]
    assert not Question.objects.exists()


def test_a_condition_names_one_other_question(lunch, allergies, diet, editor):
    both = [f"{allergies.pk}:yes", f"{diet.pk}:vegan"]
    assert list(errors(editor.post("/cms/questions/new/", typed(lunch, condition=both)))) == ["condition"]

    assert editor.post("/cms/questions/new/", typed(lunch, condition=[f"{allergies.pk}:yes"])).status_code == 302
    made = Question.objects.get(slug="repas")
    assert (made.depends_on, made.depends_values) == (allergies, ["yes"])
    html = editor.get(f"/cms/questions/edit/{made.pk}/").content.decode()
    assert f'value="{allergies.pk}:yes"' in html


def test_what_was_answered_keeps_its_sense(lunch, diet, editor):
    line = LineFactory(product=lunch, kind="addon")
    Answer.objects.create(
        question=diet, order=line.order, line=line, value="vegan", asked=diet.text, version=1, given_at=NOW
    )
    rows = [option(one.slug, id=one.pk, label_fr=str(one.label)) for one in diet.options.all()]
    rows = [row | {"label_en": f"{row['label_fr']}!"} for row in rows]
    posted = typed(lunch, rows, kind="choice", slug="regime", text_fr="Autre chose ?", text_en="What about regime?")

    response = editor.post(f"/cms/questions/edit/{diet.pk}/", posted)
    assert "1 réponse y a été donnée" in errors(response)["__all__"][0]

    assert editor.post(f"/cms/questions/edit/{diet.pk}/", posted | {"same_meaning": "on"}).status_code == 302
    diet.refresh_from_db()
    assert (str(diet.text), diet.version) == ("Autre chose ?", 2)
    assert editor.post(f"/cms/questions/delete/{diet.pk}/").status_code == 200
    assert Question.objects.filter(pk=diet.pk).exists()

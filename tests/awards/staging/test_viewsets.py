"""The screens of the form: a question is built, kept once answered, and made anew; more time is given."""

import pytest
from django.urls import reverse

from awards.models import Extension, Question
from festival.models import User
from tests.awards.office.test_viewsets import formset
from tests.factories.awards import AnswerFactory, CallFactory, EntryFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = "2026-11-20T10:00"
    client.force_login(User.objects.create_superuser("admin@example.org"))
    return client


def typed(call, options=(), **changes):
    fields = {
        "call": call.pk,
        "label_fr": "Portez-vous ce projet ?",
        "label_en": "Do you carry this project?",
        "kind": "choice",
        "is_current": "on",
        "max_megabytes": 10,
        "max_files": 1,
        "audience": "jury",
        "slug": "held",
    }
    return fields | formset("options", options) | changes


YES = {"slug": "yes", "label_fr": "Oui", "label_en": "Yes"}
NO = {"slug": "no", "label_fr": "Non", "label_en": "No", "excludes": "on", "exclusion_fr": "Il faut le porter."}


def test_a_question_is_built_with_its_options(staff):
    call = CallFactory()
    response = staff.post(reverse("call-questions:add"), typed(call, [YES, NO]))
    assert response.status_code == 302
    question = Question.objects.get()
    assert [(option.slug, option.excludes) for option in question.options.all()] == [("yes", False), ("no", True)]
    page = staff.get(reverse("call-questions:edit", args=[question.pk])).content.decode()
    assert reverse("call-questions:renew", args=[question.pk]) in page


@pytest.mark.parametrize(("kind", "options"), [("choice", []), ("text", [YES])])
def test_a_choice_has_options_and_nothing_else_has(staff, kind, options):
    response = staff.post(reverse("call-questions:add"), typed(CallFactory(), options, kind=kind))
    assert "Un choix a des options" in response.content.decode()
    assert not Question.objects.exists()


def test_an_answered_question_keeps_its_meaning_but_words_are_mended(staff):
    question = QuestionFactory(call=CallFactory(), slug="held", limit=20, limit_unit="words")
    AnswerFactory(entry=EntryFactory(call=question.call), question=question)
    url = reverse("call-questions:edit", args=[question.pk])
    data = typed(question.call, kind="text", limit=10, limit_unit="words")
    assert "1 réponse tient à cette version" in staff.post(url, data).content.decode()
    assert staff.post(url, data | {"limit": 20}).status_code == 302
    question.refresh_from_db()
    assert (question.limit, str(question.label)) == (20, "Portez-vous ce projet ?")


def test_a_new_version_says_what_it_touches(staff):
    question = QuestionFactory(call=CallFactory())
    url = reverse("call-questions:renew", args=[question.pk])
    assert "Personne n’a répondu" in staff.get(url).content.decode()
    AnswerFactory(entry=EntryFactory(call=question.call), question=question)
    assert "1 réponse reste" in staff.get(url).content.decode()
    staff.post(url)
    assert Question.objects.current().get().version == 2


def test_one_applicant_gets_more_time(staff):
    call = CallFactory()
    url = reverse("extensions:add")
    data = {"call": call.pk, "email": "Gwen@Example.org", "until": "2027-03-02 12:00", "reason": "Panne."}
    assert staff.post(url, data).status_code == 302
    assert Extension.objects.get().email == "gwen@example.org"
    assert "a déjà un délai" in staff.post(url, data).content.decode()


def test_the_list_says_what_is_missing_and_makes_the_usual_rounds(staff):
    call = CallFactory()
    call.rounds.all().delete()
    url = reverse("call:ready", args=[call.pk])
    assert url in staff.get(reverse("call:edit", args=[call.pk])).content.decode()
    assert "Créer les tours habituels" in staff.get(url).content.decode()
    staff.post(reverse("call:usual_rounds", args=[call.pk]))
    assert call.rounds.count() == 3
    again = staff.post(reverse("call:usual_rounds", args=[call.pk]), follow=True)
    assert "a déjà des tours" in again.content.decode()
    assert "Créer les tours habituels" not in staff.get(url).content.decode()

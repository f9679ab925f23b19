"""What the tables of a call’s terms and of its screening hold: kept versions, whole conditions."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.models import Extension, Question, QuestionOption, RulesVersion, Screening, ScreeningLetter
from festival.models import AppendOnly
from tests.factories.awards import DURING, CallFactory, EntryFactory, QuestionFactory, at

pytestmark = pytest.mark.django_db


def refused(make, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**fields)


def test_a_version_of_the_rules_is_kept_once_and_never_rewritten():
    call = CallFactory()
    kept = RulesVersion.objects.create(call=call, version="1.0", text="Un.\n\nDeux.", adopted_at=DURING)
    assert kept.articles == ["Un.", "Deux."]
    refused(RulesVersion.objects.create, call=call, version="1.0", adopted_at=DURING)
    for rewrite in (kept.save, kept.delete):
        with pytest.raises(AppendOnly):
            rewrite()


def test_an_extension_is_one_an_address_and_gives_time():
    call = CallFactory()
    more = Extension(call=call, email="Gwen@Example.org", until=at("2027-03-02T12:00"), reason="Panne")
    more.full_clean()
    more.save()
    assert (more.email, more.until.second) == ("gwen@example.org", 59)
    refused(Extension.objects.create, call=call, email="gwen@example.org", until=DURING, reason="x")
    more.until = call.closes
    with pytest.raises(ValidationError) as caught:
        more.full_clean()
    assert set(caught.value.error_dict) == {"until"}


@pytest.mark.parametrize(
    "fields",
    [
        {"least": 1},
        {"kind": "number", "least": 3, "most": 2},
        {"depends_on": "held"},
        {"depends_options": "yes"},
    ],
)
def test_a_question_has_a_whole_range_and_a_whole_condition(fields):
    refused(QuestionFactory, call=CallFactory(), **fields)


def test_a_condition_names_options_of_another_question_of_the_call():
    held = QuestionFactory(slug="held", kind=Question.Kind.CHOICE)
    QuestionOption.objects.create(question=held, slug="yes", label="Oui")
    asked = Question(call=held.call, slug="where", label="Où ?", depends_on="held", depends_options="yes")
    asked.full_clean()
    for field, changes in (
        ("depends_on", {"depends_on": "gone"}),
        ("depends_on", {"slug": "held", "version": 2, "is_current": False}),
        ("depends_options", {"depends_options": "yes, no"}),
    ):
        wrong = Question(
            call=held.call, **{"slug": "x", "label": "x", "depends_on": "held", "depends_options": "yes"} | changes
        )
        with pytest.raises(ValidationError) as caught:
            wrong.full_clean()
        assert field in caught.value.error_dict


def test_a_call_keeps_applications_beyond_its_close():
    call = CallFactory()
    call.retention_until = at("2026-12-31T10:00").date()
    with pytest.raises(ValidationError) as caught:
        call.full_clean()
    assert set(caught.value.error_dict) == {"retention_until"}
    refused(lambda: type(call).objects.filter(pk=call.pk).update(quorum_percent=0))


@pytest.fixture
def decided():
    return Screening.objects.create(
        entry=EntryFactory(), verdict="ineligible", reason="Trop tard.", before="submitted", decided_at=DURING
    )


def test_a_decision_against_a_project_says_why_and_stays(decided):
    fields = {"entry": decided.entry, "before": "submitted", "decided_at": DURING}
    refused(Screening.objects.create, verdict="disqualified", **fields)
    refused(Screening.objects.create, verdict="changes", reason="Le budget.", **fields)
    refused(Screening.objects.create, verdict="eligible", until=DURING, **fields)
    for rewrite in (decided.save, decided.delete):
        with pytest.raises(AppendOnly):
            rewrite()


def test_a_letter_goes_out_or_is_withdrawn(decided):
    letter = ScreeningLetter.objects.create(screening=decided, due_at=DURING)
    assert list(ScreeningLetter.objects.pending()) == [letter]
    both = {"queued_at": DURING, "withdrawn_at": DURING}
    refused(lambda: ScreeningLetter.objects.update(**both))
    ScreeningLetter.objects.update(withdrawn_at=DURING)
    assert not ScreeningLetter.objects.pending()

"""The chair's page of who reads what, over HTTP."""

import pytest

from awards.jury.scoring import recuse
from awards.models import Assignment, AssignmentBatch
from tests.factories.awards import DURING, EntryFactory, JurorFactory, first_round

pytestmark = pytest.mark.django_db
PAGE = "/jury/prix/chair/share-out/"


def text(response):
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def jury(juror, chair):
    """Four jurors and five projects."""
    for _ in range(2):
        JurorFactory(call=juror.call)
    return [EntryFactory(call=juror.call) for _ in range(5)]


def plan():
    return AssignmentBatch.objects.get(state="proposed")


def test_propose_look_release(in_the_chair, during, jury):
    page = text(in_the_chair.get(PAGE))
    assert "Proposer une répartition" in page
    assert "Il manque 15 attributions" in page
    assert in_the_chair.post(PAGE).status_code == 302
    page = text(in_the_chair.get(PAGE))
    assert "Diffuser ces 15 attributions" in page
    assert "Conflits d’intérêts" in page
    assert not Assignment.objects.exists()
    assert in_the_chair.post(PAGE, {"plan": plan().uuid}).status_code == 302
    assert Assignment.objects.count() == 15
    page = text(in_the_chair.get(PAGE))
    assert "Répartitions diffusées" in page
    assert "Proposer" not in page
    assert in_the_chair.post(PAGE).status_code == 422


def test_a_failed_check_asks_for_a_reason_and_keeps_it(in_the_chair, during, jury, juror):
    for each in juror.call.jurors.exclude(pk=juror.pk).exclude(is_chair=True):
        each.delete()
    in_the_chair.post(PAGE)
    page = text(in_the_chair.get(PAGE))
    assert "Personne d’autre ne peut" in page
    sent = {"plan": plan().uuid}
    response = in_the_chair.post(PAGE, sent)
    assert (response.status_code, "Un contrôle a échoué" in text(response)) == (422, True)
    assert in_the_chair.post(PAGE, sent | {"reason": "Deux suffisent."}).status_code == 302
    assert "Deux suffisent." in text(in_the_chair.get(PAGE))


def test_a_plan_that_no_longer_fits_offers_to_propose_anew(in_the_chair, during, jury, juror):
    in_the_chair.post(PAGE)
    recuse(
        juror_id=juror.pk,
        entry_id=jury[0].pk,
        round_id=first_round(juror.call).pk,
        reason="x",
        by=None,
        now=DURING,
    )
    response = in_the_chair.post(PAGE, {"plan": plan().uuid})
    assert response.status_code == 409
    assert "1 conflit" in text(response)
    assert "Proposer une autre répartition" in text(response)
    assert in_the_chair.post(PAGE, {"plan": plan().uuid, "discard": "1"}).status_code == 302
    assert not AssignmentBatch.objects.filter(state="proposed").exists()


def test_a_plan_of_another_call_is_not_found(in_the_chair, during, jury):
    assert in_the_chair.post(PAGE, {"plan": "00000000-0000-0000-0000-000000000000"}).status_code == 404


def test_jurors_do_not_get_in(at_the_desk, during, jury):
    assert at_the_desk.get(PAGE).status_code == 403


def test_the_page_takes_a_fixed_number_of_queries(in_the_chair, during, jury, django_assert_num_queries):
    in_the_chair.post(PAGE)
    in_the_chair.get(PAGE)
    with django_assert_num_queries(13):
        in_the_chair.get(PAGE)

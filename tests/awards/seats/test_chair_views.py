"""The chair's page of conflicts: all of them, adding one, lifting one."""

import pytest
from django.urls import reverse

from awards.jury.scoring import recuse
from awards.models import Recusal, Round
from awards.ties.finding import find
from tests.factories.awards import DURING, ApplicantFactory, AssignmentFactory, EntryFactory, JurorFactory, score

pytestmark = pytest.mark.django_db
PAGE = "/jury/prix/chair/conflicts/"


@pytest.fixture
def pair(juror):
    type(juror).objects.filter(pk=juror.pk).update(organisation="L’Atelier", name="Ada Brun")
    entry = EntryFactory(call=juror.call, slug="four", title="Le four", holder="Paliers")
    return AssignmentFactory(juror=juror, entry=entry)


def text(response):
    return " ".join(response.content.decode().split())


def typed(pair, **changes):
    return {"juror": pair.juror_id, "entry": pair.entry_id, "tie": "personal", "reason": "Parents."} | changes


def test_conflicts_are_added_once_with_a_reason(in_the_chair, during, pair):
    score(pair, 5, 5)
    assert "Aucun conflit" in text(in_the_chair.get(PAGE))
    refused = in_the_chair.post(PAGE, typed(pair, reason="", tie=""))
    assert refused.status_code == 422
    assert str(pair.juror_id) in refused.context["form"]["juror"].value()
    assert in_the_chair.post(PAGE, typed(pair)).url == PAGE
    page = text(in_the_chair.get(PAGE))
    assert "Parents." in page
    assert "évaluation annulée" in page
    assert in_the_chair.post(PAGE, typed(pair)).status_code == 409
    assert in_the_chair.post(PAGE, typed(pair, juror=0)).status_code == 422


def test_lift_asks_why_and_is_not_for_ones_own_word(in_the_chair, during, pair):
    type(pair.entry).objects.filter(pk=pair.entry_id).update(holder="L’atelier")
    find(call_id=pair.juror.call_id, now=DURING)
    row = Recusal.objects.get()
    address = reverse("jury-conflict", args=["prix", row.pk])
    assert address in text(in_the_chair.get(PAGE))
    assert in_the_chair.get(address).status_code == 200
    assert in_the_chair.post(address, {"reason": ""}).status_code == 422
    assert in_the_chair.post(address, {"reason": "Un homonyme."}).url == PAGE
    assert "Un homonyme." in text(in_the_chair.get(PAGE))
    own = recuse(juror_id=pair.juror_id, entry_id=pair.entry_id, round_id=None, reason="Moi.", by=None, now=DURING)
    address = reverse("jury-conflict", args=["prix", own.pk])
    assert "personne ne revient" in text(in_the_chair.get(address))
    answer = in_the_chair.post(address, {"reason": "Si."})
    assert answer.status_code == 409
    assert in_the_chair.get(reverse("jury-conflict", args=["prix", 999])).status_code == 404


def test_a_blind_round_hides_ties_and_reasons(in_the_chair, during, pair):
    Round.objects.update(is_blind=True)
    in_the_chair.post(PAGE, typed(pair))
    page = text(in_the_chair.get(PAGE))
    assert "Parents." not in page
    assert "ajouté par la présidence" in page


def test_jurors_read_who_found_the_conflict(client, during, pair):
    other = AssignmentFactory(juror=pair.juror, entry=EntryFactory(call=pair.juror.call, slug="pain"))
    ids = {"juror_id": pair.juror_id, "round_id": None, "reason": "", "by": None, "now": DURING}
    recuse(**ids, entry_id=other.entry_id)
    type(pair.entry).objects.filter(pk=pair.entry_id).update(applicant=ApplicantFactory(email=pair.juror.user.email))
    find(call_id=pair.juror.call_id, now=DURING)
    client.force_login(pair.juror.user)
    page = text(client.get("/jury/prix/"))
    assert page.count("Déport") == 1
    assert page.count("Conflit d’intérêts") == 1


def test_the_page_takes_a_fixed_number_of_queries(in_the_chair, during, pair, django_assert_num_queries):
    for _ in range(3):
        in_the_chair.post(PAGE, typed(AssignmentFactory(juror=JurorFactory(call=pair.juror.call), entry=pair.entry)))
    in_the_chair.get(PAGE)
    with django_assert_num_queries(9):
        in_the_chair.get(PAGE)

"""The chair's grid over HTTP, without any script."""

import pytest

from awards.models import Assignment
from tests.factories.awards import AssignmentFactory, EntryFactory, JurorFactory, score

pytestmark = pytest.mark.django_db
PAGE = "/jury/prix/chair/grid/"


def text(response):
    return " ".join(response.content.decode().split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def entry(chair):
    return EntryFactory(call=chair.call)


def sent(client, *pairs, **more):
    page = client.get(PAGE)
    return {"basis": page.context["grid"].basis, "pair": [f"{juror.pk}-{entry.pk}" for juror, entry in pairs], **more}


def test_tick_and_save(in_the_chair, during, juror, entry):
    page = text(in_the_chair.get(PAGE))
    assert f'value="{juror.pk}-{entry.pk}"' in page
    response = in_the_chair.post(PAGE, sent(in_the_chair, (juror, entry)), follow=True)
    assert "1 attribution est faite. 1 juré est prévenu" in text(response) or "1 attribution" in text(response)
    assert Assignment.objects.filter(juror=juror, entry=entry).exists()
    assert f'value="{juror.pk}-{entry.pk}" data-juror="{juror.pk}" data-given checked' in text(in_the_chair.get(PAGE))
    in_the_chair.post(PAGE, sent(in_the_chair))
    assert not Assignment.objects.exists()


def test_count_without_saving(in_the_chair, during, juror, entry):
    response = in_the_chair.post(PAGE, sent(in_the_chair, (juror, entry), count="1"))
    assert (response.status_code, response.context["grid"].lines[0].readers) == (200, 1)
    assert not Assignment.objects.exists()


def test_a_stale_tab_saves_nothing_and_keeps_its_ticks(in_the_chair, during, juror, entry):
    other = JurorFactory(call=juror.call)
    stale = sent(in_the_chair, (juror, entry))
    AssignmentFactory(juror=other, entry=entry)
    response = in_the_chair.post(PAGE, stale)
    assert response.status_code == 409
    assert f'data-juror="{juror.pk}" checked' in text(response)
    again = stale | {"basis": response.context["grid"].basis, "pair": [*stale["pair"], f"{other.pk}-{entry.pk}"]}
    assert in_the_chair.post(PAGE, again).status_code == 302
    assert Assignment.objects.count() == 2


def test_a_chair_who_owes_a_card_does_not_see_whose_cards_are_in(in_the_chair, during, juror, chair):
    done = AssignmentFactory(juror=juror)
    score(done, 3, 3)
    assert "rendue" in text(in_the_chair.get(PAGE))
    AssignmentFactory(juror=chair)
    assert "rendue" not in text(in_the_chair.get(PAGE))


def test_of_a_blind_round_no_applicant_is_named(in_the_chair, during, juror, entry):
    page = text(in_the_chair.get(PAGE))
    assert entry.holder not in page


def test_an_empty_grid_says_so(in_the_chair, during):
    assert "<form" not in text(in_the_chair.get(PAGE)).split("<main", 1)[1].split("</main", 1)[0]


def test_grid_is_the_chairs(at_the_desk, during, entry):
    assert at_the_desk.get(PAGE).status_code == 403

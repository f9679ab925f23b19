"""Registering for what asks something: one screen, one post; each place is asked."""

import pytest

from tests.tickets.orders.test_views import office, wish
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import upload
from tickets.models import Answer, Order, SentFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def age(village):
    return ask(village, "age", "age", lowest=6, is_required=True)


@pytest.fixture
def children(village):
    return ask(village, "enfants", "number", subject="order", lowest=0)


def test_one_place_is_asked_in_the_same_form(village, age, children, client):
    html = client.get(office()).content.decode()
    assert f'name="q{age.pk}-1"' in html
    assert f'name="q{children.pk}-order"' in html

    response = client.post(office(), wish() | {"asked": "1", f"q{age.pk}-1": "7", f"q{children.pk}-order": "2"})

    assert response.status_code == 302
    order = Order.objects.get()
    assert set(Answer.objects.values_list("question", "line", "value")) == {
        (age.pk, order.lines.get().pk, "7"),
        (children.pk, None, "2"),
    }


def test_each_of_several_places_is_asked_before_they_are_taken(village, age, client):
    posted = wish(places="3") | {"asked": "1", f"q{age.pk}-1": "7"}
    response = client.post(office(), posted)
    html = response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")

    assert response.status_code == 422
    assert "chacune des 3 places" in html
    assert 'name="asked" value="3"' in html
    assert f'name="q{age.pk}-3"' in html
    assert "Merci de répondre" not in html
    assert 'value="7"' in html
    assert not Order.objects.exists()

    posted |= {"asked": "3", f"q{age.pk}-2": "8", f"q{age.pk}-3": "40"}
    client.post(office(), posted)
    client.post(office(), posted)
    assert Order.objects.count() == 1
    assert list(Answer.objects.order_by("line").values_list("value", flat=True)) == ["7", "8", "40"]


def test_another_answer_is_another_form(village, age, client):
    for value in ("7", "8"):
        client.post(office(), wish() | {f"q{age.pk}-1": value})
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    "typed", [{"asked": "x"}, {"asked": "9" * 40}, {"asked": "-1"}, {"places": "9" * 30}, {"places": "0"}, {}]
)
def test_numbers_that_nobody_could_mean_break_nothing(village, age, client, typed):
    response = client.post(office(), wish() | {f"q{age.pk}-1": "5"} | typed)
    assert response.status_code == 422
    assert not Answer.objects.exists()


def test_registering_with_answers_stays_within_the_budget(village, age, client, django_assert_num_queries):
    client.get(office())
    client.post(office(), wish(email="somebody@example.org") | {f"q{age.pk}-1": "9"})
    with django_assert_num_queries(1):
        client.get(office())
    with django_assert_num_queries(18):  # with the two above at most 25
        assert client.post(office(), wish() | {f"q{age.pk}-1": "9"}).status_code == 302


def test_a_file_is_registered_with_once_however_often_the_form_is_sent(village, age, client):
    card = ask(village, "carte", "file", is_required=True, sort_order=5)
    html = client.get(office()).content.decode()
    assert 'enctype="multipart/form-data"' in html
    wrong = client.post(office(), wish() | {f"q{age.pk}-1": "x", f"q{card.pk}-1": upload()})
    assert wrong.status_code == 422
    assert "carte.pdf" in wrong.content.decode()
    assert not Order.objects.exists()

    for _time in range(2):
        whole = wish() | {f"q{age.pk}-1": "7", f"q{card.pk}-1": upload()}
        assert client.post(office(), whole).status_code == 302

    answer = Answer.objects.get(question=card)
    assert (Order.objects.count(), SentFile.objects.get().answer, answer.line) == (
        1,
        answer,
        Order.objects.get().lines.get(),
    )


def test_the_file_of_somebody_else_registers_nobody(village, client):
    card = ask(village, "carte", "file", is_required=True)
    client.post(office(), wish() | {f"q{card.pk}-1": upload()})
    key = SentFile.objects.get().key

    response = client.post(office(), wish(email="b@example.org") | {f"q{card.pk}-1-kept": str(key)})

    assert (response.status_code, Order.objects.count()) == (409, 1)
    assert "choisissez-le encore une fois" in response.content.decode()

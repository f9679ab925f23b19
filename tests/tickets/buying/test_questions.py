"""Buying what asks something: without JavaScript, within the budget, whatever is posted."""

import re

import pytest

from tests.tickets.buying.test_views import address, choose, field, step
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import PDF, upload
from tickets.catalogue import row_cache
from tickets.models import Answer, Guest, Order, OrderLine, SentFile
from tickets.questions import queries

pytestmark = pytest.mark.django_db
WHO = {"name": "Zoé Ünal", "email": "zoe@example.org"}


@pytest.fixture
def diet(lunch):
    return ask(lunch, "regime", "choice", options=("tout", "vegan"), is_required=True)


def held(client, passes="1"):
    days = ["2027-05-06"]
    choose(client, {field("pass-fest", "juste"): passes, field("dejeuner", "prix"): "1", "dejeuner-days": days})
    return Order.objects.get()


def of_lunch(diet):
    return f"q{diet.pk}-{OrderLine.objects.get(product__slug='dejeuner').pk}"


def test_a_paid_order_with_answers_stays_within_the_budget(fest, lunch, diet, client, django_assert_num_queries):
    client.get(address())
    queries.questions_of(fest.edition_id)  # kept since somebody bought before
    row_cache.products([fest.pk, lunch.pk])
    posted = {field("pass-fest", "juste"): "1", field("dejeuner", "prix"): "1", "dejeuner-days": ["2027-05-06"]}
    with django_assert_num_queries(55):  # at most 60
        client.get(address())
        details = choose(client, posted).url
        name = re.search(r'name="(q\d+-\d+)"', client.get(details).content.decode())[1]
        pay = client.post(details, WHO | {name: "vegan"}).url
        version = re.search(r'name="terms" value="([^"]+)"', client.get(pay).content.decode())[1]
        order = client.post(pay, {"way": "transfer", "total": "12200", "terms": version}).url
        html = client.get(order).content.decode()
    assert Answer.objects.get().value == "vegan"
    assert "Modifier mes réponses" in html


def test_what_is_missing_keeps_the_rest_as_it_was_typed(fest, lunch, diet, client):
    order = held(client)
    response = client.post(step(order, "tickets-order-details"), WHO | {of_lunch(diet): "steak"})

    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="zoe@example.org"' in html
    assert "Choisissez dans la liste." in html
    order.refresh_from_db()
    assert (order.email, Answer.objects.count()) == ("", 0)


def test_whoever_comes_back_finds_their_answers_and_changes_them(fest, lunch, diet, client):
    order = held(client)
    page = step(order, "tickets-order-details")
    client.post(page, WHO | {of_lunch(diet): "vegan"})
    assert re.search(r'value="vegan" checked', client.get(page).content.decode())

    client.post(page, WHO | {of_lunch(diet): "tout"})
    assert Answer.objects.get().value == "tout"


def test_more_time_loses_nothing_that_was_typed(fest, lunch, diet, client):
    many = ask(lunch, "allergenes", "choices", options=("gluten", "lait"))
    order = held(client)
    of_many = of_lunch(diet).replace(f"q{diet.pk}", f"q{many.pk}")
    posted = {"name": "Zo", of_lunch(diet): "vegan", of_many: ["gluten", "lait"], "more_time": "1"}

    html = client.post(step(order, "tickets-order-details"), posted).content.decode()

    assert [f'value="{word}" checked' in html for word in ("vegan", "gluten", "lait", "tout")] == [True] * 3 + [False]


def test_a_group_is_asked_nothing_that_each_person_fills_in(fest, lunch, diet, client):
    whole = ask(fest, "groupe", subject="order", is_required=True)
    order = held(client, passes="2")
    page = step(order, "tickets-order-details")
    assert "par un lien" in client.get(page).content.decode()

    assert client.post(page, WHO | {"who": "links"}).status_code == 422
    response = client.post(page, WHO | {"who": "links", f"q{whole.pk}-order": "Les Amis", of_lunch(diet): "vegan"})

    assert response.status_code == 302
    assert list(Answer.objects.values_list("question", "line")) == [(whole.pk, None)]
    people = [sorted(guest.lines.values_list("product__slug", flat=True)) for guest in Guest.objects.all()]
    assert people == [["dejeuner", "pass-fest"], ["pass-fest"]]
    assert 'value="links" checked' in client.get(page).content.decode()


def test_one_person_alone_is_offered_no_link(fest, lunch, client):
    order = held(client)
    assert "par un lien" not in client.get(step(order, "tickets-order-details")).content.decode()
    response = client.post(step(order, "tickets-order-details"), WHO | {"who": "links"})
    assert (response.status_code, Guest.objects.count()) == (302, 0)


@pytest.mark.parametrize("who", ["", "hack", "LINKS"])
def test_nobody_is_invited_by_a_word_that_is_none(fest, lunch, client, who):
    order = held(client, passes="2")
    client.post(step(order, "tickets-order-details"), WHO | {"who": who})
    assert not Guest.objects.exists()


def test_a_file_outlives_errors_more_time_and_the_way_back(fest, lunch, diet, client):
    card = ask(lunch, "carte", "file", is_required=True, sort_order=8)
    order = held(client)
    page, name = step(order, "tickets-order-details"), of_lunch(diet).replace(f"q{diet.pk}", f"q{card.pk}")
    assert 'enctype="multipart/form-data"' in client.get(page).content.decode()

    more = client.post(page, {"name": "Zo", name: upload(), "more_time": "1"}).content.decode()
    kept = re.search(rf'name="{name}-kept" value="([^"]+)"', more)[1]
    wrong = client.post(page, {"name": "", f"{name}-kept": kept, of_lunch(diet): "vegan"})
    assert wrong.status_code == 422
    assert "carte.pdf" in wrong.content.decode()
    assert client.post(page, WHO | {f"{name}-kept": kept, of_lunch(diet): "vegan"}).status_code == 302

    answer = Answer.objects.get(question=card)
    assert answer.file.file.read() == PDF
    assert client.post(page, WHO | {f"{name}-kept": kept, of_lunch(diet): "tout"}).status_code == 302
    assert SentFile.objects.get().answer == answer
    again = client.post(page, WHO | {name: upload(PDF + b"\n", "autre.pdf"), of_lunch(diet): "tout"})
    assert again.status_code == 302
    assert Answer.objects.get(question=card).file.name == "autre.pdf"

"""The holder of an order sees what was answered, and changes it until its time is over."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.core.writing import writing
from tests.factories.tickets import NOW, TicketFactory
from tests.tickets.orders.test_views import page_of
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import upload
from tickets.models import Answer, Question, SentFile
from tickets.selfservice import order_views

pytestmark = pytest.mark.django_db


def address(order, language="fr"):
    with override(language):
        return reverse("tickets-order-answers", args=[order.code, order.secret])


@pytest.fixture
def ticket(village):
    ask(village, "regime", is_required=True)
    return TicketFactory(product=village)


def field(ticket):
    return f"q{Question.objects.get().pk}-{ticket.line_id}"


def test_answers_are_seen_and_changed(ticket, client):
    order = ticket.line.order
    assert "Il manque 1 réponse" in client.get(page_of(order)).content.decode()
    assert client.get(address(order)).status_code == 200
    assert client.post(address(order), {}).status_code == 422

    page = client.post(address(order), {field(ticket): "végan"}, follow=True)
    html = page.content.decode()
    assert page.redirect_chain == [(page_of(order), 302)]
    assert "Vos réponses sont gardées" in html
    assert "végan" in html
    assert "Il manque" not in html


def test_after_the_deadline_they_are_only_read(ticket, client):
    order = ticket.line.order
    client.post(address(order), {field(ticket): "végan"})
    Question.objects.update(changeable_until=NOW)
    with writing(public=True):
        pass

    html = client.get(address(order)).content.decode()
    assert "Plus rien ne se modifie" in html
    assert "végan" in html
    client.post(address(order), {field(ticket): "tout"})
    assert Answer.objects.get().value == "végan"


def test_so_often_and_no_more(ticket, client, monkeypatch):
    monkeypatch.setattr(order_views, "ANSWER", order_views.Rate("answer", limit=1, seconds=3600))
    order = ticket.line.order
    client.post(address(order), {field(ticket): "a"})
    assert client.post(address(order), {field(ticket): "b"}).status_code == 429


@pytest.mark.unsound
def test_a_wrong_secret_and_an_order_that_has_ended_are_not_answered(ticket, client):
    order = ticket.line.order
    assert client.get(address(order).replace(order.secret, "x" * 43)).status_code == 404
    type(order).objects.update(state="expired", expires_at=NOW)
    assert client.get(address(order)).status_code == 302


def test_an_order_that_is_asked_nothing_reads_no_more(village, client, django_assert_num_queries):
    ticket = TicketFactory(product=village)
    order = ticket.line.order
    client.get(page_of(order))
    with django_assert_num_queries(7):
        client.get(page_of(order))


def test_a_file_is_sent_named_replaced_and_taken_out(village, client):
    question = ask(village, "carte", "file")
    ticket = TicketFactory(product=village)
    order, name = ticket.line.order, f"q{question.pk}-{ticket.line_id}"
    assert 'enctype="multipart/form-data"' in client.get(address(order)).content.decode()
    assert client.post(address(order), {name: upload(b"<html>")}).status_code == 422

    html = client.post(address(order), {name: upload()}, follow=True).content.decode()
    assert "carte.pdf" in html
    assert str(SentFile.objects.get().key) not in html
    assert "carte.pdf" in client.get(address(order)).content.decode()
    assert client.post(address(order), {}).status_code == 302
    assert Answer.objects.get().file.name == "carte.pdf"

    client.post(address(order), {f"{name}-out": "on"})
    assert not Answer.objects.exists()


def test_the_file_of_another_order_is_not_taken(village, client):
    question = ask(village, "carte", "file")
    first, second = TicketFactory(product=village), TicketFactory(product=village)
    client.post(address(first.line.order), {f"q{question.pk}-{first.line_id}": upload()})
    key = str(SentFile.objects.get().key)

    response = client.post(address(second.line.order), {f"q{question.pk}-{second.line_id}-kept": key})

    assert response.status_code == 409
    assert Answer.objects.get().order == first.line.order

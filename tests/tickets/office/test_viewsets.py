"""Admin screens of the shop."""

import csv
import io

import pytest

from festival.core import generation
from tests.factories.door import open_door, token
from tests.factories.festival import UserFactory
from tests.factories.tickets import OrderFactory, TicketFactory
from tickets.models import Order, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("model", ["order", "position"])
def test_nobody_rewrites_what_was_sold(village, editor, model, path):
    position = TicketFactory(product=village)
    pk = position.pk if model == "position" else position.line.order_id

    response = editor.get(f"/cms/{model}/{path.format(pk=pk)}")

    assert response.status_code == 302
    assert response["Location"].endswith("/cms/")


def test_an_order_shows_its_tickets_and_its_page(village, editor):
    order = TicketFactory(product=village).line.order
    code = order.positions.get().short_code

    html = editor.get(f"/cms/order/inspect/{order.pk}/").content.decode()

    assert f"{code[:4]}-{code[4:]}" in html
    assert f"/{order.code}/{order.secret}/" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_orders_costs_the_same_for_many(village, editor, rows, django_assert_max_num_queries):
    OrderFactory.create_batch(rows, edition=village.edition)
    editor.get("/cms/order/")

    with django_assert_max_num_queries(16):
        assert editor.get("/cms/order/").status_code == 200


def test_a_ticket_is_found_by_the_code_as_it_is_printed(village, editor):
    ticket, other = TicketFactory.create_batch(2, product=village)
    typed = f"{ticket.short_code[:4]}-{ticket.short_code[4:]}".lower()

    html = editor.get("/cms/position/", {"q": typed}).content.decode()

    assert ticket.short_code in html
    assert other.short_code not in html


def test_an_export_holds_no_formulas(village, editor):
    OrderFactory(edition=village.edition, name="=HYPERLINK(1)")

    response = editor.get("/cms/order/", {"export": "csv"})

    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert "'=HYPERLINK(1)" in row.values()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_scans_costs_the_same_for_many(editor, rows, django_assert_num_queries):
    door = open_door()
    for number in range(rows):
        phone = door.another_phone(f"Téléphone {number}")
        door.scan(token(door.ticket()), phone=phone)
    editor.get("/cms/scans/")

    with django_assert_num_queries(11):
        assert editor.get("/cms/scans/").status_code == 200


def test_an_export_of_scans_holds_no_formulas(editor):
    door = open_door()
    door.scan(token(door.ticket()), phone=door.another_phone("=HYPERLINK(1)"))

    response = editor.get("/cms/scans/", {"export": "csv"})

    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert "'=HYPERLINK(1)" in row.values()


def test_a_changed_product_is_seen_at_once(village, editor):
    before = generation.current()
    form = editor.get(f"/cms/product/edit/{village.pk}/")
    assert form.status_code == 200
    data = {name: value for name, value in form.context["form"].initial.items() if value is not None}
    data |= {
        "days": [day.pk for day in village.days.all()],
        "name_fr": "Le Village, un jour",
        "section": village.section_id,
    }
    data |= {
        "prices-TOTAL_FORMS": "1",
        "prices-INITIAL_FORMS": "1",
        "prices-0-id": village.prices.get().pk,
        "prices-0-slug": "prix",
        "prices-0-cents": "0",
        "prices-0-ORDER": "1",
        "quotas-TOTAL_FORMS": "2",
        "quotas-INITIAL_FORMS": "2",
    }
    for index, quota in enumerate(village.quotas.all()):
        data |= {f"quotas-{index}-id": quota.pk, f"quotas-{index}-day": quota.day_id, f"quotas-{index}-size": "20"}
    data["sale_opens"], data["sale_closes"] = "2027-01-12 10:00", "2027-05-04 17:00"

    response = editor.post(f"/cms/product/edit/{village.pk}/", data)

    assert response.status_code == 302, response.context["form"].errors
    assert Product.objects.get().name_fr == "Le Village, un jour"
    assert list(Product.objects.get().quotas.values_list("size", flat=True)) == [20, 20]
    assert generation.current() > before
    assert not Order.objects.exists()

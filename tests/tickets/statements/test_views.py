"""Bank statements: upload, review, confirm."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from festival import roles
from tests.factories.festival import member_of
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PaymentSettingsFactory,
    StatementLineFactory,
)
from tests.hostile import VALUES
from tests.remembered import remembered
from tests.tickets.statements.files import BOURSO, CREDIT_AGRICOLE, camt, camt_entry
from tickets.models import Order, Payment, StatementFile, StatementLine

pytestmark = pytest.mark.django_db
SCREEN = "/cms/statements/"


@pytest.fixture
def till(client, settings):
    """A browser of the ticket office."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(member_of(roles.TICKET_OFFICE))
    return client


@pytest.fixture
@remembered
def waiting(village):
    PaymentSettingsFactory(edition=village.edition)
    order = OrderFactory(
        edition=village.edition,
        code="K7M4QX2V",
        name="Marie Exemple",
        state="pending",
        is_basket=True,
        expires_at=NOW + dt.timedelta(days=1),
    )
    LineFactory(order=order, product=village, cents=5500)
    PaymentFactory(order=order, amount_cents=5500, state="pending")
    return order


def upload(till, data, **fields):
    return till.post(SCREEN, {"file": SimpleUploadedFile("mai.csv", data), **fields}, follow=True)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_upload_review_confirm(till, waiting):
    page = text_of(upload(till, camt(camt_entry(), camt_entry("7.00", "merci"))))
    paid, _thanks = StatementLine.objects.order_by("pk")

    assert f'value="{paid.pk}:K7M4QX2V:5500" id="credit-{paid.pk}" checked' in page
    assert page.count('name="credit"') == 1

    done = till.post(f"{SCREEN}confirm/", {"credit": f"{paid.pk}:K7M4QX2V:5500"}, follow=True)

    assert Order.objects.get().state == "paid"
    assert 'name="credit"' not in text_of(done)
    assert "K7M4QX2V" in text_of(done)


def test_the_same_file_again_says_so(till, waiting):
    upload(till, CREDIT_AGRICOLE)
    upload(till, CREDIT_AGRICOLE)
    assert list(StatementFile.objects.order_by("pk").values_list("added", "known")) == [(1, 0), (0, 1)]


def test_faults_are_told_with_their_lines_and_nothing_is_taken_in(till):
    data = "Date;Libellé;Montant\n02/05/2027;A;5,00\nhier;B;5,00".encode()

    response = upload(till, data)

    assert response.status_code == 422
    assert "Ligne 3" in text_of(response) or "Line 3" in text_of(response)
    assert not StatementLine.objects.exists()

    upload(till, data, leave_out="on")
    assert [line.text for line in StatementLine.objects.all()] == ["A"]
    assert StatementFile.objects.get().left_out == 1


def test_many_faults_are_counted(till):
    response = upload(till, b"Date;Montant\n" + b"x;1\n" * 80)
    assert text_of(response).count("<code>") == 50
    assert response.context["more_faults"] == 30


def test_a_file_of_faults_alone_is_never_taken_in(till):
    assert upload(till, b"%PDF\x00", leave_out="on").status_code == 422
    assert not StatementFile.objects.exists()


def test_headings_named_by_hand(till):
    data = b"Quand;Quoi;Combien\n02/05/2027;A;5,00"
    assert upload(till, data).status_code == 422
    upload(till, data, date_heading="Quand", amount_heading="Combien", text_heading="Quoi")
    assert StatementLine.objects.get().text == "A"


@pytest.mark.parametrize("fields", [{}, {"file": ""}, {"file": SimpleUploadedFile("x", b"")}])
def test_no_file(till, fields):
    assert till.post(SCREEN, fields).status_code == 422


def test_what_the_bank_took_back_is_said(till):
    data = camt(camt_entry(), camt_entry("9.00", mark="DBIT", reversal=True))
    assert "5" in str(list(upload(till, data).context["messages"])[-1])


def test_strange_boxes_change_nothing(till, waiting):
    ours = ["1:2", "1:2:3:4", "9" * 30 + ":K7M4QX2V:1", "٣:K7M4QX2V:1", "1:K7M4QX2V:9999999999999"]
    for value in [*VALUES, *ours]:
        assert till.post(f"{SCREEN}confirm/", {"credit": value}).status_code == 302, value
        assert Payment.objects.get().state == "pending", value


def test_what_changed_meanwhile_is_not_confirmed(till, waiting):
    line, other = StatementLineFactory(amount_cents=5500), StatementLineFactory(amount_cents=5500)
    choice = {"credit": [f"{line.pk}:K7M4QX2V:5500", f"{line.pk}:K7M4QX2V:5500", f"{other.pk}:K7M4QX2V:5500"]}

    till.post(f"{SCREEN}confirm/", choice)

    assert Payment.objects.filter(state="confirmed").count() == 1
    assert StatementLine.objects.open().get() == other


def test_a_part_is_told(till, waiting):
    line = StatementLineFactory(amount_cents=5000)
    response = till.post(f"{SCREEN}confirm/", {"credit": f"{line.pk}:K7M4QX2V:5500"}, follow=True)
    assert "K7M4QX2V" in str(next(iter(response.context["messages"])))


def test_by_hand_to_an_order_that_was_searched(till, waiting):
    line = StatementLineFactory(amount_cents=5500, text="merci")
    assert "K7M4QX2V" in text_of(till.get(f"{SCREEN}{line.pk}/"))
    assert "K7M4QX2V" in text_of(till.get(f"{SCREEN}{line.pk}/", {"q": "marie"}))
    assert f"{line.pk}:K7M4QX2V" not in text_of(till.get(f"{SCREEN}{line.pk}/", {"q": "personne"}))

    till.post(f"{SCREEN}confirm/", {"credit": f"{line.pk}:K7M4QX2V:5500"})

    assert "K7M4QX2V" in text_of(till.get(f"{SCREEN}{line.pk}/"))


def test_another_currency_has_no_box_and_is_refused(till, waiting):
    line = StatementLineFactory(amount_cents=5500, currency="CHF")
    page = text_of(till.get(SCREEN))
    assert 'name="credit"' not in page
    assert "CHF" in page

    response = till.post(f"{SCREEN}confirm/", {"credit": f"{line.pk}:K7M4QX2V:5500"}, follow=True)

    assert "CHF" in str(next(iter(response.context["messages"])))
    assert StatementLine.objects.open().get() == line


def test_set_aside_and_back(till, village):
    line = StatementLineFactory()
    assert till.post(f"{SCREEN}{line.pk}/", {"reason": " "}).status_code == 422
    till.post(f"{SCREEN}{line.pk}/", {"reason": "Subvention"})
    assert StatementLine.objects.get().reason == "Subvention"
    assert "Subvention" in text_of(till.get(SCREEN))

    till.post(f"{SCREEN}{line.pk}/", {"reason": "again"})
    till.post(f"{SCREEN}{line.pk}/", {"reopen": "1"})
    assert StatementLine.objects.open().get() == line


def test_many_lines_have_pages(till, village):
    StatementLineFactory.create_batch(101)
    page = text_of(till.get(SCREEN))
    assert page.count('class="statement-line"') == 100
    assert text_of(till.get(SCREEN, {"p": 2})).count('class="statement-line"') == 1
    assert till.get(SCREEN, {"p": "x", "d": "9" * 30}).status_code == 200


def test_the_menu_leads_there(till, village):
    assert SCREEN in till.get("/cms/").content.decode()


def test_a_bank_file_with_letters_of_old(till, village):
    upload(till, BOURSO)
    assert "marie exemple" in text_of(till.get(SCREEN))

"""The office's screen of fees."""

import pytest

from festival.models import AuditEntry
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.tickets import FeeFactory
from tickets.models import Fee

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def typed(**changes):
    values = {
        "edition": EditionFactory().pk,
        "name_fr": "Frais",
        "name_en": "Fee",
        "basis": "place",
        "cents": "1,50",
        "percent": "0",
    }
    return values | {"vat_rate": "20 %", "goes_back": "on"} | changes


def test_a_fee_is_made_and_recorded(editor):
    response = editor.post("/cms/fees/new/", typed())

    assert response.status_code == 302
    fee = Fee.objects.get()
    assert (str(fee), fee.cents, fee.vat_rate, fee.goes_back, fee.on_free) == ("Frais", 150, 2000, True, False)
    assert AuditEntry.objects.filter(verb__endswith="created").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cents": "0"}, "__all__"),
        ({"cents": "1000,01"}, "cents"),
        ({"percent": "30,01"}, "percent"),
        ({"percent": "2 €"}, "percent"),
    ],
)
def test_what_makes_no_fee_is_refused(editor, changes, field):
    response = editor.post("/cms/fees/new/", typed(**changes))

    assert field in response.context["form"].errors
    assert not Fee.objects.exists()


def test_the_list_says_how_much(editor):
    FeeFactory(percent=250)

    page = editor.get("/cms/fees/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "€1.50 and 2.5 %" in page or "1,50 € et 2,5 %" in page

"""What is missing before an edition can sell, and where it is said."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import override_settings

from festival.models import Edition
from tests.factories.festival import EditionFactory
from tests.factories.tickets import PaymentSettingsFactory, PriceFactory, ProductFactory
from tickets.delivery import signing
from tickets.models import PaymentSettings, Product, SigningKey
from tickets.orders import readiness
from tickets.orders.readiness import Missing

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def missing(product):
    return [gap.what for gap in readiness.gaps(product.edition)]


def warnings():
    found = run_checks(databases=["default"])
    return [message.msg for message in found if message.id == "tickets.W001"]


def test_nothing_is_missing(village):
    assert missing(village) == warnings() == []


def test_an_edition_without_products_needs_nothing(village):
    Product.objects.update(is_listed=False)
    SigningKey.objects.all().delete()

    assert missing(village) == []


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda product: SigningKey.objects.all().delete(), Missing.KEY),
        (lambda product: SigningKey.objects.update(revoked_at="2027-05-01T10:00Z"), Missing.KEY),
        (lambda product: product.prices.all().delete(), Missing.PRICE),
        (lambda product: product.days.clear(), Missing.DAYS),
        (lambda product: Product.objects.update(currency="CHF"), Missing.CURRENCY),
    ],
)
def test_what_is_missing_is_said_by_check(village, spoil, what):
    spoil(village)

    assert missing(village) == [what]
    assert warnings() == [str(gap) for gap in readiness.gaps(village.edition)]


def test_a_key_that_does_not_open_is_told_apart(village):
    signing._open.cache_clear()
    with override_settings(TICKET_KEY_SECRET="eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="):
        assert missing(village) == [Missing.SECRET]


def test_products_for_sessions_need_no_day(village):
    ProductFactory(slug="atelier", admission="occurrence", days=[])

    assert missing(village) == []


def test_only_the_current_edition_is_checked(village):
    future = EditionFactory(number=2028, is_current=False)
    ProductFactory(edition=future, slug="autre", days=[], key=False)

    assert warnings() == []


def test_the_check_asks_no_database_unless_told(village):
    SigningKey.objects.all().delete()

    assert [message for message in run_checks() if message.id == "tickets.W001"] == []


def test_fsck_names_the_missing_key(village, capsys):
    SigningKey.objects.all().delete()

    with pytest.raises(SystemExit):
        call_command("fsck")

    assert "No key signs these tickets" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"iban": "", "takes_onsite": False}, [Missing.WAY]),
        ({"terms_page": None}, [Missing.TERMS]),
    ],
)
def test_what_has_a_price_needs_a_way_to_pay_and_terms(village, changes, expected):
    PriceFactory(product=village, slug="plein", cents=1200)
    PaymentSettingsFactory(edition=village.edition)
    PaymentSettings.objects.update(**changes)

    assert [gap.what for gap in readiness.gaps(Edition.objects.get())] == expected

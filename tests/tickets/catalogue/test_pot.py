"""The counter of the pot: what goes in, what goes out, never below nothing."""

import pytest

from festival.core.writing import writing
from tests.factories.festival import EditionFactory
from tests.factories.tickets import LineFactory, ProductFactory
from tickets.catalogue import pot
from tickets.catalogue.pot import PotTooLow
from tickets.models import OrderLine, Pot

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def balance():
    return Pot.objects.get().balance_cents


def test_the_first_gift_makes_the_pot():
    edition = EditionFactory()
    with writing(public=False):
        pot.put_in(edition.pk, 500)
        pot.put_in(edition.pk, 700)

    assert balance() == 1200


def test_nothing_makes_no_pot():
    with writing(public=False):
        pot.put_in(EditionFactory().pk, 0)
        pot.take_out(EditionFactory().pk, 0)

    assert not Pot.objects.exists()


def test_all_of_it_goes_out_and_not_a_cent_more():
    found = Pot.objects.create(edition=EditionFactory(), balance_cents=500)
    with pytest.raises(PotTooLow) as refused, writing(public=False):
        pot.take_out(found.edition_id, 501)
    assert (refused.value.left, balance()) == (500, 500)

    with writing(public=False):
        pot.take_out(found.edition_id, 500)
    assert balance() == 0


def test_where_there_is_no_pot_nothing_can_be_taken():
    with pytest.raises(PotTooLow), writing(public=False):
        pot.take_out(EditionFactory().pk, 1)


def test_only_a_donation_is_a_gift():
    gift = LineFactory(product=ProductFactory(slug="don", kind="donation", days=[]), kind="donation", cents=500)
    lines = [gift, LineFactory(cents=700)]

    assert pot.gifts_of(lines) == 500
    assert gift.kind == OrderLine.Kind.DONATION


def test_a_pot_that_is_too_low_says_what_it_holds():
    fault = PotTooLow(left=999)

    assert (fault.code, fault.left, str(fault)) == ("pot_too_low", 999, "999 cents left")

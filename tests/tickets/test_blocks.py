"""The ticket box that any page may carry."""

import pytest

from tests.factories.festival import SectionFactory
from tests.factories.tickets import PriceFactory, ProductFactory, QuotaFactory
from tickets.blocks import TicketBoxBlock
from tickets.models import Quota

pytestmark = pytest.mark.django_db


def box(section):
    block = TicketBoxBlock()
    return block.render(block.to_python({"section": section, "title": "", "text": ""}))


def test_the_box_shows_what_is_left_of_all_days_right_now(village):
    assert '<span class="tag">20 places</span>' in box("village")

    Quota.objects.update(size=0)

    assert '<span class="tag bad">complet</span>' in box("village")


def test_the_box_counts_only_days_that_are_not_over(village, settings):
    settings.FESTIVAL_CLOCK = "2027-05-02T20:00"

    assert '<span class="tag">10 places</span>' in box("village")


def test_the_box_shows_its_own_part_of_the_week_only(village):
    assert "village" not in box("fest")


def test_the_box_names_the_lowest_price(village):
    fest = ProductFactory(slug="pass", section=SectionFactory(slug="fest"), admission="all_days", free=False)
    QuotaFactory(products=[fest], size=900)
    PriceFactory(product=fest, slug="plein", cents=11000)
    PriceFactory(product=fest, slug="petit", cents=6000)

    html = box("fest")

    assert "60\N{NO-BREAK SPACE}€" in html
    assert "900 places" in html

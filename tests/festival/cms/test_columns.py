"""Every screen shows and reads the festival's time, whatever zone a profile names."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html
from wagtail.users.models import UserProfile

from festival.cms.columns import MomentDisplay
from festival.models import Phase
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.tickets import CheckinListFactory, OrderFactory, TicketFactory
from tickets.delivery import tokens

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2027, 5, 2, 8, 35, tzinfo=dt.UTC)  # 10:35 in Paris


@pytest.fixture
def abroad(client, settings):
    """An organiser whose profile says New York."""
    settings.SECOND_FACTOR_REQUIRED = False
    person = UserFactory(is_staff=True, is_superuser=True)
    UserProfile.objects.create(user=person, current_time_zone="America/New_York", preferred_language="fr")
    client.force_login(person)
    return client


def test_an_order_has_one_time_in_its_list_and_on_its_screen(abroad):
    order = OrderFactory(created_at=MORNING)

    for address in (reverse("order:index"), reverse("order:inspect", args=[order.pk])):
        page = abroad.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "10 h 35" in page or "10:35" in page, address
        assert "04:35" not in page
        assert "4 h 35" not in page


def test_what_has_no_time_yet_is_left_out_of_an_order(abroad):
    order = OrderFactory(created_at=MORNING)

    screen = abroad.get(reverse("order:inspect", args=[order.pk])).content.decode()

    assert "<dt>Expire le</dt>" not in screen


def test_every_screen_of_a_row_prints_its_moments_alike(settings):
    settings.TIME_ZONE = "America/Toronto"

    with translation.override("en"):
        assert MomentDisplay(MORNING).render_html() == "Sunday 2\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2027, 4:35"
        assert MomentDisplay(None).render_html() == "–"


def test_what_is_typed_is_the_festivals_time(abroad):
    phase = Phase.objects.create(edition=EditionFactory(), slug="vente", label="Vente", opens=MORNING, closes=MORNING)
    address = reverse("phase:edit", args=[phase.pk])
    assert 'value="2027-05-02 10:35' in abroad.get(address).content.decode()

    data = {"slug": "vente", "label_fr": "Vente", "label_en": "Sale", "edition": phase.edition_id}
    data |= {"opens": "2027-05-02 09:00", "closes": "2027-05-02 10:00"}
    abroad.post(address, data)

    phase.refresh_from_db()
    assert phase.opens == dt.datetime(2027, 5, 2, 7, tzinfo=dt.UTC)


def test_a_list_prints_days_as_people_write_them_and_codes_as_tickets_do(abroad):
    ticket = TicketFactory(line__day__date=dt.date(2027, 5, 2))
    CheckinListFactory(edition=ticket.edition, day=ticket.line.day)

    page = abroad.get(reverse("ticket:index")).content.decode()

    assert tokens.spell_short_code(ticket.short_code) in page
    for address in (reverse("ticket:index"), reverse("checkin-lists:index"), reverse("edition:index")):
        cells = html.fromstring(abroad.get(address).content).xpath("//main//tbody//td")
        text = " ".join(cell.text_content() for cell in cells).replace("\N{NO-BREAK SPACE}", " ")
        assert "2027-05-02" not in text
        assert " mai 2027" in text, address

"""Every calendar file of the site, over the demo week, in both languages and in other time zones."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests import calendar_rules
from tests.factories import program as make
from tests.factories.festival import DayFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.models import Order

ZONES = ["Atlantic/Canary", "America/Toronto", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca", "UTC"]


def faults(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return [(address, fault) for fault in calendar_rules.faults(response.content, response["Content-Type"])]


@pytest.mark.week
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_calendar_of_the_week_is_taken_by_the_strictest_reader(demo, client, language):
    whole = icalendar.Calendar.from_ical(client.get("/schedule.ics").content)
    sessions = {event["URL"].rstrip("/").rpartition("/")[2] for event in whole.walk("VEVENT")}
    orders = Order.objects.filter(state="paid")[:5]
    addresses = [
        *(f"/schedule.ics?{query}lang={language}" for query in ("", "track=soin&", "access=lsf&", "track=none&")),
        *(f"/schedule.ics?day=2027-05-0{day}&lang={language}" for day in range(1, 8)),
        *(f"/schedule/session/{slug}.ics?lang={language}" for slug in sorted(sessions)),
        *(f"/fr/commande/{order.code}/{order.secret}/tickets.ics" for order in orders),
    ]

    assert len(addresses) > 50
    assert [fault for address in addresses for fault in faults(client, address)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_calendars_elsewhere_are_right_when_clocks_change_at_night_and_at_midnight(client, settings, zone):
    settings.TIME_ZONE = zone
    local = ZoneInfo(zone)

    def at(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=local)

    spans = [
        ("2027-03-14T01:00", "2027-03-14T05:00"),
        ("2027-03-28T00:30", "2027-03-28T04:00"),
        ("2027-10-31T00:30", "2027-10-31T01:30"),
        ("2027-11-07T01:30", "2027-11-07T04:00"),
        ("2027-05-02T22:00", "2027-05-03T00:00"),
    ]
    for start, end in spans:
        occurrence = make.OccurrenceFactory(starts_at=at(start), ends_at=at(end))
        for before in (0, 1):
            DayFactory(edition=occurrence.session.edition, date=at(start).date() - dt.timedelta(days=before))
    make.released()
    order = OrderFactory()
    cancel(TicketFactory(order=order))
    TicketFactory(order=order, product=ProductFactory(slug="pass", admission="all_days"))

    found = icalendar.Calendar.from_ical(client.get("/schedule.ics").content).walk("VEVENT")

    read = [(event.decoded("DTSTART").astimezone(dt.UTC), event.decoded("DTEND").astimezone(dt.UTC)) for event in found]
    assert sorted(read) == sorted((at(start).astimezone(dt.UTC), at(end).astimezone(dt.UTC)) for start, end in spans)
    addresses = [
        "/schedule.ics",
        "/schedule.ics?day=2027-05-02",
        f"/fr/commande/{order.code}/{order.secret}/tickets.ics",
    ]
    assert [fault for address in addresses for fault in faults(client, address)] == []

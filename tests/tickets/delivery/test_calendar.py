import datetime as dt
from contextlib import suppress

import icalendar
import pytest
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.test import override_settings

from festival.models import OpeningHours
from festival.text.translated import TranslatedCharField, TranslatedTextField
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import queries
from tickets.delivery.calendar import content_type, order_calendar
from tickets.models import Order

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


def written(order, now=NOW):
    cache.clear()  # whatever changes what tickets show is a publication
    order = Order.objects.select_related("edition").get(pk=order.pk)
    return order_calendar(order, queries.tickets_of(order), now=now)


def events(order, now=NOW):
    return icalendar.Calendar.from_ical(written(order, now)).walk("VEVENT")


def revision(event):
    return int(event["SEQUENCE"]), event.decoded("LAST-MODIFIED"), event.decoded("DTSTAMP")


def test_a_day_is_an_entry_with_the_hours_of_its_doors():
    order = OrderFactory()
    for _ in range(2):
        TicketFactory(order=order)

    (event,) = events(order)

    assert event["uid"] == f"{order.code}-{order.lines.first().product.number}-20270502@testserver"
    assert (event.start, event.end) == (paris("2027-05-02T10:00"), paris("2027-05-02T19:00"))
    assert event["location"] == "Halle des Sources, 75015 Paris"
    assert order.code in event["description"]
    assert order.secret not in written(order).decode()
    assert event["url"] == "http://testserver/fr/programme/2027-05-02/"
    assert event.walk("VALARM") == []


def test_a_pass_has_an_entry_for_each_of_its_days():
    order = OrderFactory()
    TicketFactory(order=order, product=ProductFactory(slug="pass", admission="all_days"))

    assert [event.start.day for event in events(order)] == [2, 3]


def test_a_session_is_an_entry_of_its_own_time():
    order = OrderFactory()
    occurrence = OccurrenceFactory(session__title={"fr": "Réparer", "en": "Mend"})
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    TicketFactory(order=order, product=product, occurrence=occurrence)

    (event,) = events(order)

    assert (event.start, event.end) == (occurrence.starts_at, occurrence.ends_at)
    assert event["summary"].startswith("Réparer")


def test_a_day_without_hours_is_a_whole_one():
    order = OrderFactory()
    day = DayFactory(date=dt.date(2027, 5, 6), hours=False)
    TicketFactory(order=order, product=ProductFactory(slug="x", days=[day]))

    (event,) = events(order)

    assert (event.start, event.end) == (dt.date(2027, 5, 6), dt.date(2027, 5, 7))


def test_it_speaks_the_language_of_the_order():
    order = OrderFactory(language="en")
    TicketFactory(order=order)

    (event,) = events(order)

    assert event["description"].startswith("Show the QR code")
    assert "The Village" in event["summary"]
    assert event["summary"].params["LANGUAGE"] == "en"


def test_the_same_order_is_the_same_bytes():
    order = OrderFactory()
    TicketFactory(order=order)

    assert written(order) == written(order, LATER)


@pytest.mark.parametrize("through", ["a form", "the database"])
def test_other_hours_of_the_doors_are_a_revision(through):
    order = OrderFactory()
    TicketFactory(order=order)
    (before,) = events(order)
    hours = OpeningHours.objects.filter(day__date=dt.date(2027, 5, 2))
    if through == "a form":
        row = hours.get()
        row.opens = dt.time(11)
        row.save()
    else:
        hours.update(opens=dt.time(11))

    (after,) = events(order, LATER)

    assert after["uid"] == before["uid"]
    assert after.start == paris("2027-05-02T11:00")
    assert (revision(before), revision(after)) == ((0, NOW, NOW), (1, LATER, LATER))
    assert written(order, LATER + dt.timedelta(days=1)) == written(order, LATER)


def test_a_revision_is_later_than_the_last_one_even_when_the_clock_stands_still():
    order = OrderFactory()
    TicketFactory(order=order)
    events(order)
    ProductFactory().place = {"fr": "Ailleurs", "en": "Elsewhere"}
    product = order.lines.get().product
    product.place = {"fr": "Ailleurs", "en": "Elsewhere"}
    product.save()

    (event,) = events(order, NOW)

    assert event["location"] == "Ailleurs"
    assert revision(event)[:2] == (1, NOW + dt.timedelta(seconds=1))


def test_an_order_of_later_is_not_dated_before_it_was_made():
    first, second = OrderFactory(), OrderFactory(created_at=LATER)
    TicketFactory(order=first)
    TicketFactory(order=second)
    events(first)

    (event,) = events(second, LATER)

    assert revision(event) == (0, LATER, LATER)


def test_what_is_cancelled_says_so():
    order = OrderFactory()
    ticket = TicketFactory(order=order)
    other = TicketFactory(order=order)
    (before,) = events(order)
    cancel(ticket)
    (one_left,) = events(order, LATER)
    cancel(other)

    (after,) = events(order, LATER)

    assert (one_left["status"], revision(one_left)) == ("CONFIRMED", revision(before))
    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", 1)
    assert after["summary"].startswith("ANNULÉ – ")
    assert after["description"].startswith("Ce billet ne fait plus entrer personne.")


def test_an_order_that_was_cancelled_as_a_whole_says_so():
    order = OrderFactory(state="cancelled")
    TicketFactory(order=order, cancelled_at=NOW)

    assert [event["status"] for event in events(order)] == ["CANCELLED"]


def test_a_session_that_is_cancelled_is_told():
    order = OrderFactory()
    occurrence = OccurrenceFactory()
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    TicketFactory(order=order, product=product, occurrence=occurrence)
    events(order)
    occurrence.session.cancelled_at = LATER
    occurrence.session.save()

    (event,) = events(order, LATER)

    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_a_day_that_is_taken_off_a_pass_is_told_and_may_come_back():
    order = OrderFactory()
    product = ProductFactory(slug="pass", admission="all_days")
    TicketFactory(order=order, product=product)
    events(order)
    gone = product.days.last()
    product.days.remove(gone)
    without = events(order, LATER)
    product.days.add(gone)

    again = events(order, LATER + dt.timedelta(days=1))

    assert [(event["status"], event["sequence"]) for event in without] == [("CONFIRMED", 0), ("CANCELLED", 1)]
    assert [(event["status"], event["sequence"]) for event in again] == [("CONFIRMED", 0), ("CONFIRMED", 2)]


def test_it_is_a_message_of_its_organiser_or_no_message():
    """RFC 5546 3.2.1: whoever publishes is named; RFC 6047 2.4: the type names the method."""
    order = OrderFactory()
    TicketFactory(order=order)
    calendar = icalendar.Calendar.from_ical(written(order))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["ORGANIZER"] == "mailto:bonjour@joursc.example.org"
    assert event["ORGANIZER"].params["CN"] == "Les Jours Communs"
    assert content_type(order) == "text/calendar; charset=utf-8; method=PUBLISH"

    order.edition.organiser_email = ""
    order.edition.save()

    assert b"METHOD" not in written(order)
    assert b"ORGANIZER" not in written(order)
    assert content_type(order) == "text/calendar; charset=utf-8"


@override_settings(TIME_ZONE="America/Toronto")
def test_its_zone_is_the_festivals():
    order = OrderFactory()
    TicketFactory(order=order)

    calendar = icalendar.Calendar.from_ical(written(order))

    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/Toronto"]
    assert b"DTSTART;TZID=America/Toronto:20270502T100000" in written(order)


def ticket_of_a_day():
    return TicketFactory()


def ticket_of_a_session():
    occurrence = OccurrenceFactory(session__title={"fr": "Réparer", "en": "Mend"})
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    return TicketFactory(product=product, occurrence=occurrence)


def ticket_of_a_day_that_is_gone():
    ticket = TicketFactory(product=ProductFactory(slug="pass", admission="all_days"))
    product = ticket.line.product
    events(ticket.line.order)
    product.days.remove(product.days.last())
    return ticket


# Column -> another value than the one it has; the first kind that fits.
ANOTHER = {
    (models.ForeignKey, models.AutoField): lambda value: None,
    (TranslatedCharField, TranslatedTextField): lambda value: {"fr": "Ailleurs", "en": "Elsewhere"},
    (models.BooleanField,): lambda value: not value,
    (models.EmailField,): lambda value: "ailleurs@example.org",
    (models.DateTimeField,): lambda value: (value or NOW) + dt.timedelta(minutes=5),
    (models.DateField,): lambda value: value + dt.timedelta(days=1),
    (models.TimeField,): lambda value: value.replace(minute=59),
    (models.IntegerField,): lambda value: (value or 0) + 1,
    (models.CharField, models.TextField): lambda value: "ailleurs",
}


def another(field, value):
    kind = next((kinds for kinds in ANOTHER if isinstance(field, kinds)), None)
    is_nothing = value is None and not isinstance(field, models.DateTimeField | models.IntegerField)
    return None if kind is None or is_nothing else ANOTHER[kind](value)


def behind(ticket):
    """Return every row that an entry of the ticket may speak of."""
    line = ticket.line
    product = line.product
    rows = [ticket.edition, product, product.section]
    if line.occurrence:
        rows += [line.occurrence, line.occurrence.session, line.occurrence.room, line.occurrence.room.venue]
    days = [line.day] if line.day else product.days.all()
    return rows + [row for day in days for row in (day, *day.hours.all())]


def without_revision(calendar):
    stamps = (b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE")
    return [line for line in calendar.splitlines() if not line.startswith(stamps)]


@pytest.mark.parametrize("make", [ticket_of_a_day, ticket_of_a_session, ticket_of_a_day_that_is_gone])
def test_every_change_that_it_shows_is_a_revision(make):
    """Column by column of every row behind an entry: what changes the file raises its SEQUENCE and dates it."""
    ticket = make()
    order = ticket.line.order
    before, known = written(order), {event["uid"]: event for event in events(order)}
    shown, untold = set(), set()
    for row in behind(ticket):
        for field in row._meta.local_fields:
            value, name = another(field, getattr(row, field.attname)), f"{row._meta.object_name}.{field.name}"
            if value is None or name in NOT_MENDED:
                continue
            with suppress(IntegrityError), transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{field.attname: value})
                if without_revision(written(order, LATER)) != without_revision(before):
                    shown.add(name)
                    later = [event for event in events(order, LATER) if told_later(event, known.get(event["uid"]))]
                    untold |= set() if later else {name}
                transaction.set_rollback(True)

    assert untold == set()
    assert {
        "Edition.organiser_email",
        "Edition.organiser_name",
        "Edition.name",
        "Section.name",
    } <= shown


# The address under which an entry stands: with another one it is another entry, or the same page elsewhere.
NOT_MENDED = {"Product.number", "Occurrence.uuid", "Day.date"}


def told_later(event, before):
    return before is None or (revision(event)[0] > revision(before)[0] and revision(event)[1] > revision(before)[1])

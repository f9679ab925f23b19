"""Sessions with places, as the tests of workshops need them."""

import datetime as dt

from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import ProductFactory, QuotaFactory
from tickets.models import Product
from tickets.workshops import queries


def session_with_places(*, size=2, registration="free", waitlist=True, **fields):
    """Return an occurrence of a session of the Village on 2 May from 14:00, with `size` places."""
    session = SessionFactory(registration=registration, waitlist=waitlist)
    start = fields.pop("starts_at", dt.datetime(2027, 5, 2, 12, tzinfo=dt.UTC))
    return another_time(session, size=size, starts_at=start, **fields)


def another_time(session, *, size=2, **fields):
    """Return one more occurrence of a session, with places of its own."""
    fields.setdefault("ends_at", fields["starts_at"] + dt.timedelta(hours=1))
    occurrence = OccurrenceFactory(session=session, edition=session.edition, **fields)
    QuotaFactory(edition=session.edition, occurrence=occurrence, size=size, products=[place_product()])
    return occurrence


def place_product():
    """Return the product that is booked: free, for one session, never held unless a test says so."""
    return ProductFactory(
        slug="atelier-village", admission=Product.Admission.OCCURRENCE, days=[], confirmation="never", max_per_order=3
    )


def workshop_of(occurrence):
    """Return it as the pages see it now."""
    return queries.workshop(occurrence.uuid)

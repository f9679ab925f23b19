import datetime as dt

import pytest

from program.feeds import events
from program.feeds.events import Words
from program.published.codec import parse
from program.published.snapshot import Withdrawn
from tests.factories import published as sample
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db

WORDS = Words("fr", "ANNULÉ", "Séance retirée")


def test_an_exhibition_is_one_event_per_day_with_uids_of_its_own(demo):
    public, _ = parse(demo.snapshot)
    exhibition = public.occurrences_by_session["expo-placards"][0]

    found = events.events_of(exhibition, url="", description="", words=WORDS)
    again = events.events_of(exhibition, url="", description="", words=Words("en", "CANCELLED", "Withdrawn"))

    assert [(e.start.day, e.start.hour, e.end.hour) for e in found] == [
        (1, 10, 19),
        (2, 10, 19),
        (3, 10, 19),
        (4, 10, 19),
    ]
    assert len({e.uid for e in found}) == 4
    assert [e.uid for e in again] == [e.uid for e in found]


def test_daily_hours_may_pass_midnight_and_the_end_is_exclusive():
    OccurrenceFactory(
        kind="all_day",
        starts_at=paris("2027-05-02T18:00"),
        ends_at=paris("2027-05-05T00:00"),
        daily_from=dt.time(18),
        daily_to=dt.time(1),
    )
    public, _ = parse(released().snapshot)

    found = events.events_of(public.occurrences[0], url="", description="", words=WORDS)

    assert [(e.start.day, e.start.hour, e.end.day, e.end.hour) for e in found] == [
        (2, 18, 3, 1),
        (3, 18, 4, 1),
        (4, 18, 5, 1),
    ]


def test_a_night_is_one_event_until_the_next_morning(demo):
    public, _ = parse(demo.snapshot)
    party = public.occurrences_by_session["nuit-des-communs"][0]

    (event,) = events.events_of(party, url="", description="", words=WORDS)

    assert event.uid == party.uuid
    assert event.end - event.start == dt.timedelta(hours=6)


def test_each_text_is_in_the_language_in_which_it_was_found():
    """Title and part are translated, the room is not."""
    (event,) = events.events_of(sample.OCCURRENCE, url="", description="", words=Words("ca", "CANCEL·LAT", ""))

    assert (event.summary, event.language) == ("Xarxes", "ca")
    assert event.languages == {"summary": "ca", "location": "es", "categories": "es"}


def test_what_was_withdrawn_tells_no_title():
    gone = Withdrawn("u", 7, sample.RELEASED, sample.moment("2031-02-01T10:00"), 3, sample.RELEASED)

    (event,) = events.withdrawn_events([gone], WORDS)

    assert (event.uid, event.summary, event.is_cancelled, event.sequence) == ("u", "Séance retirée", True, 3)

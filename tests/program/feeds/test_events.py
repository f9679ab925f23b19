import datetime as dt

import pytest

from program.feeds import events
from program.feeds.events import Words
from program.published.codec import parse
from program.published.snapshot import Withdrawn
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db

WORDS = Words("ANNULÉ", "Séance retirée")


def test_titles_in_calendars_carry_no_control_characters():
    assert events.clean("a\x0bb\x00c\nd\té") == "abc\nd\té"


def test_an_exhibition_is_one_event_per_day_with_uids_of_its_own(demo):
    public, _ = parse(demo.snapshot)
    exhibition = public.occurrences_by_session["expo-placards"][0]

    found = events.events_of(exhibition, url="", description="", language="fr", words=WORDS)
    again = events.events_of(exhibition, url="", description="", language="en", words=WORDS)

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

    found = events.events_of(public.occurrences[0], url="", description="", language="fr", words=WORDS)

    assert [(e.start.day, e.start.hour, e.end.day, e.end.hour) for e in found] == [
        (2, 18, 3, 1),
        (3, 18, 4, 1),
        (4, 18, 5, 1),
    ]


def test_a_night_is_one_event_until_the_next_morning(demo):
    public, _ = parse(demo.snapshot)
    party = public.occurrences_by_session["nuit-des-communs"][0]

    (event,) = events.events_of(party, url="", description="", language="fr", words=WORDS)

    assert event.uid == party.uuid
    assert event.end - event.start == dt.timedelta(hours=6)


def test_what_was_withdrawn_is_a_cancellation_without_its_title(demo):
    public, _ = parse(demo.snapshot)
    gone = public.occurrences_by_session["expo-placards"][0]
    withdrawn = Withdrawn(gone.uuid, gone.number, gone.starts_at, gone.ends_at, gone.sequence + 1, gone.revised_at)

    (event,) = events.withdrawn_events([withdrawn], WORDS)

    assert (event.uid, event.summary, event.status) == (gone.uuid, "Séance retirée", "CANCELLED")
    assert event.sequence == gone.sequence + 1

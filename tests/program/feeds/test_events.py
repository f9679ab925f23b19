import datetime as dt

from program.feeds import events
from program.feeds.events import Words
from program.published.codec import parse
from program.published.snapshot import Withdrawn

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

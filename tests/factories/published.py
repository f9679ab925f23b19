"""Published objects without a database: a programme of one session in one room."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from program.published import week as w
from program.published.snapshot import Billing, Book, Occurrence, Programme, Session, Speaker
from program.published.texts import Text

ZONE = ZoneInfo("Atlantic/Canary")
LANGUAGES = ("es", "ca")


def moment(text: str) -> dt.datetime:
    """Return the aware moment of a local ISO text."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def text(**by_language: str) -> Text:
    """Return a text in the languages of this little festival."""
    return Text.of(by_language, LANGUAGES)


RELEASED = moment("2031-02-01T09:00")
VENUE = w.Venue("puerto", text(es="El puerto"), access=text(), accessibility=text())
ROOM = w.Room(
    slug="muelle",
    name=text(es="Muelle"),
    uuid="0b7b3f0e-0000-4000-8000-000000000001",
    venue=VENUE,
    description=text(),
    capacity_seated=40,
    capacity_standing=None,
    outdoor=True,
    wheelchair=True,
    induction_loop=False,
    colour="",
)
OTHER_ROOM = replace(ROOM, slug="faro", uuid="0b7b3f0e-0000-4000-8000-000000000002")
SECTION = w.Section("feria", text(es="Feria", ca="Fira"), text(), dt.date(2031, 3, 30), dt.date(2031, 3, 31))
TRACK = w.Track("mar", text(es="Mar"))
FORMAT = w.Named("charla", text(es="Charla"))
TAG = w.Named("barcos", text(es="Barcos"))
SPEAKER = Speaker(
    uuid="0b7b3f0e-0000-4000-8000-000000000003",
    slug="marta",
    kind="person",
    name="Marta Ondiz",
    sort_name="Ondiz Marta",
    native_name="",
    native_language="",
    role=text(),
    organisation="",
    city="",
    country="",
    languages=("es",),
    bio=text(),
    website="",
    is_cancelled=False,
)
SESSION = Session(
    slug="redes",
    section=SECTION,
    title=text(es="Redes", ca="Xarxes"),
    abstract=text(es="De hilo."),
    format=FORMAT,
    track=TRACK,
    tags=(TAG,),
    languages=("es",),
    interpretation=(),
    capacity=None,
    registration="none",
    waitlist=False,
    products=(),
    audience="all",
    cancelled_at=None,
    note=text(),
    what_to_bring=text(),
    allergens=(),
    sensory="",
    accessibility_note=text(),
    recording=None,
    billings=(Billing(SPEAKER, "speaker"),),
)
OCCURRENCE = Occurrence(
    uuid="0b7b3f0e-0000-4000-8000-000000000004",
    number=1,
    session=SESSION,
    room=ROOM,
    room_note=text(),
    kind="timed",
    starts_at=moment("2031-03-30T10:00"),
    ends_at=moment("2031-03-30T11:00"),
    daily_from=None,
    daily_to=None,
    blocks_room=True,
    fallback_room=None,
    slot_minutes=None,
    slots_in_parallel=1,
    capacity_mode="seated",
    status="confirmed",
    places="",
    move=None,
    sequence=0,
    revised_at=RELEASED,
)
PROGRAMME = Programme(
    edition=w.Edition(
        languages=LANGUAGES,
        time_zone=ZONE.key,
        slug="2031",
        name=text(es="Feria del mar", ca="Fira del mar"),
        theme=text(es="Marea"),
        summary=text(),
        start_date=dt.date(2031, 3, 30),
        end_date=dt.date(2031, 3, 31),
        day_starts_at=dt.time(5),
        city="Arrecife",
        country="ES",
        organiser="Asociación Ondiz",
        content_licence="",
        data_licence="CC0-1.0",
    ),
    release=w.Release(number=1, version="1", note="", published_at=RELEASED),
    days=(
        w.Day(
            dt.date(2031, 3, 30),
            (w.Hours("feria", moment("2031-03-30T09:00"), moment("2031-03-31T01:00")),),
            text(),
            text(),
        ),
        w.Day(dt.date(2031, 3, 31), (), text(es="Festivo"), text()),
    ),
    sections=(SECTION,),
    venues=(VENUE,),
    rooms=(ROOM, OTHER_ROOM),
    tracks=(TRACK,),
    formats=(FORMAT,),
    tags=(TAG,),
    speakers=(SPEAKER,),
    sessions=(SESSION,),
    occurrences=(OCCURRENCE,),
    withdrawn=(),
    exhibitors=(),
    partners=(),
    books=(Book("red", "La red", "A. Nónima", 1999, "es", text(), (SESSION,)),),
)

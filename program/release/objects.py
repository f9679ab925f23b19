"""Turns rows of the working tables into published objects, each row once. What is internal stays inside."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db.models import Model

from festival.models import Day, Edition, Section
from festival.text import texts
from festival.text.preference import general_form
from festival.time import clock
from festival.time.days import opening_moments
from program.models import Book, Exhibitor, Format, Occurrence, Room, Session, Speaker, Tag, Track, Venue
from program.published import snapshot as p, week as w
from program.published.texts import Text
from program.release.portraits import portrait
from program.release.shop import ShopFacts


class Objects:
    """The published objects of one compilation; asking twice for a row gives the same object."""

    def __init__(self, edition: Edition, shop: ShopFacts, *, now: datetime) -> None:
        self.zone = clock.zone()
        self.languages = tuple(code for code, _name in settings.LANGUAGES)
        self.now = now.astimezone(self.zone)
        self.shop = shop
        self._made: dict[tuple[type, int], object] = {}
        self.edition = self._edition(edition)

    def _edition(self, row: Edition) -> w.Edition:
        return w.Edition(
            languages=self.languages,
            time_zone=settings.TIME_ZONE,
            slug=row.slug,
            name=self.text(row, "name"),
            theme=self.text(row, "theme"),
            summary=self.text(row, "summary"),
            start_date=row.start_date,
            end_date=row.end_date,
            day_starts_at=row.day_starts_at,
            city=row.city,
            country=row.country,
            organiser=row.organiser_name,
            content_licence=row.content_licence,
            data_licence=row.data_licence,
        )

    def text(self, row: Model, name: str) -> Text:
        """Return a translated field of a row."""
        value: texts.Text = getattr(row, name)
        stand_ins = [code for code in map(general_form, self.languages) if value.exact(code)]
        return Text.of({code: value.exact(code) for code in (*self.languages, *stand_ins)}, self.languages)

    def moment(self, value: datetime) -> datetime:
        """Return an aware moment in the festival's zone."""
        return value.astimezone(self.zone)

    def day(self, row: Day) -> w.Day:
        """Return a day with the doors of its parts as moments, in the organiser's order."""
        hours = tuple(
            w.Hours(one.section.slug, *opening_moments(row.date, one.opens, one.closes, self.zone))
            for one in row.hours.all()
        )
        return w.Day(row.date, hours, self.text(row, "public_holiday"), self.text(row, "notice"))

    def section(self, row: Section) -> w.Section:
        """Return a part of the week."""
        return self._once(
            row,
            lambda: w.Section(
                row.slug, self.text(row, "name"), self.text(row, "summary"), row.start_date, row.end_date
            ),
        )

    def venue(self, row: Venue) -> w.Venue:
        """Return a venue."""
        return self._once(
            row,
            lambda: w.Venue(
                row.slug,
                self.text(row, "name"),
                row.address,
                None if row.latitude is None else float(row.latitude),
                None if row.longitude is None else float(row.longitude),
                self.text(row, "access"),
                self.text(row, "accessibility"),
                tuple(sorted(section.slug for section in row.sections.all())),
            ),
        )

    def room(self, row: Room) -> w.Room:
        """Return a room."""
        return self._once(
            row,
            lambda: w.Room(
                slug=row.slug,
                name=self.text(row, "name"),
                uuid=str(row.uuid),
                venue=self.venue(row.venue),
                description=self.text(row, "description"),
                capacity_seated=row.capacity_seated,
                capacity_standing=row.capacity_standing,
                outdoor=row.outdoor,
                wheelchair=row.wheelchair,
                induction_loop=row.induction_loop,
                colour=row.colour,
            ),
        )

    def track(self, row: Track) -> w.Track:
        """Return a theme."""
        return self._once(row, lambda: w.Track(row.slug, self.text(row, "name"), row.colour, row.icon))

    def format(self, row: Format) -> w.Named:
        """Return a form of session."""
        return self._once(row, lambda: w.Named(row.slug, self.text(row, "name")))

    def tag(self, row: Tag) -> w.Named:
        """Return a free label."""
        return self._once(row, lambda: w.Named(row.slug, self.text(row, "name")))

    def speaker(self, row: Speaker) -> p.Speaker:
        """Return who is on stage; the internal note stays inside."""
        return self._once(
            row,
            lambda: p.Speaker(
                uuid=str(row.uuid),
                slug=row.slug,
                kind=row.kind,
                name=row.name,
                sort_name=row.sort_name,
                native_name=row.native_name,
                native_language=row.native_language,
                role=self.text(row, "role"),
                organisation=row.organisation,
                city=row.city,
                country=row.country,
                languages=tuple(row.languages),
                bio=self.text(row, "bio"),
                website=row.website,
                is_cancelled=row.is_cancelled,
                portrait=portrait(row),
            ),
        )

    def session(self, row: Session) -> p.Session:
        """Return a session; the internal note and its editors' marks stay inside."""
        return p.Session(
            slug=row.slug,
            section=self.section(row.section),
            title=self.text(row, "title"),
            abstract=self.text(row, "abstract"),
            format=self.format(row.format),
            track=self.track(row.track),
            tags=tuple(sorted((self.tag(tag) for tag in row.tags.all()), key=lambda tag: tag.slug)),
            languages=tuple(row.languages),
            interpretation=tuple(row.interpretation),
            capacity=row.capacity,
            registration=row.registration,
            waitlist=row.waitlist,
            products=tuple(self.shop.products.get(row.uuid, ())),
            audience=row.audience,
            cancelled_at=self.moment(row.cancelled_at) if row.cancelled_at else None,
            note=self.text(row, "note"),
            what_to_bring=self.text(row, "what_to_bring"),
            allergens=tuple(row.allergens),
            sensory=row.sensory,
            accessibility_note=self.text(row, "accessibility_note"),
            recording=_recording(row),
            billings=tuple(p.Billing(self.speaker(b.speaker), b.role) for b in row.session_speakers.all()),
        )

    def occurrence(self, row: Occurrence, session_row: Session, session: p.Session) -> p.Occurrence:
        """Return a placing; how many places are taken stays inside, only `places` ("", "last", "full") goes out."""
        cancelled = row.cancelled_at or session_row.cancelled_at
        return p.Occurrence(
            uuid=str(row.uuid),
            number=row.number,
            session=session,
            room=self.room(row.room),
            room_note=self.text(row, "room_note"),
            kind=row.kind,
            starts_at=self.moment(row.starts_at),
            ends_at=self.moment(row.ends_at),
            daily_from=row.daily_from,
            daily_to=row.daily_to,
            blocks_room=row.blocks_room,
            fallback_room=self.room(row.fallback_room) if row.fallback_room else None,
            slot_minutes=row.slot_minutes,
            slots_in_parallel=row.slots_in_parallel,
            capacity_mode=row.capacity_mode,
            status="cancelled" if cancelled else "confirmed",
            places="" if cancelled else places(session_row, self.shop.places.get(row.uuid, "")),
            move=self._move(row),
            sequence=row.sequence,
            revised_at=self.moment(row.revised_at) if row.revised_at else self.now,
        )

    def exhibitor(self, row: Exhibitor) -> p.Exhibitor:
        """Return a stand."""
        return p.Exhibitor(
            row.slug,
            row.name,
            row.stand,
            self.track(row.track),
            tuple(sorted(day.date for day in row.days.all())),
            self.text(row, "pitch"),
            row.website,
        )

    def book(self, row: Book, sessions: Mapping[str, p.Session]) -> p.Book:
        """Return a book with those of its sessions that are in `sessions`, the public ones by slug."""
        slugs = sorted(session.slug for session in row.sessions.all())
        public = tuple(sessions[slug] for slug in slugs if slug in sessions)
        return p.Book(row.slug, row.title, row.author, row.year, row.language, self.text(row, "note"), public)

    def _move(self, row: Occurrence) -> p.Move | None:
        if not row.moved_at:
            return None
        room = self.room(row.moved_from_room) if row.moved_from_room else None
        start = self.moment(row.moved_from_starts_at) if row.moved_from_starts_at else None
        return p.Move(self.moment(row.moved_at), room, start)

    def _once[T](self, row: Model, make: Callable[[], T]) -> T:
        key = (type(row), row.pk)
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])


def by_time(occurrence: p.Occurrence) -> tuple[datetime, int]:
    """Return where an occurrence stands in the order of a programme."""
    return occurrence.starts_at, occurrence.number


def places(session: Session, said_by_shop: str) -> str:
    """Return "full", "last" or "" as the shop says it; "" where nobody registers, whatever it says."""
    kinds = Session.Registration
    return "" if session.registration in {kinds.NONE, kinds.INVITATION} else said_by_shop


def _recording(row: Session) -> p.Recording | None:
    if not row.recording_url:
        return None
    return p.Recording(
        row.recording_url,
        row.recording_licence,
        tuple(row.recording_captions),
        row.recording_has_transcript,
        row.recording_is_live,
    )

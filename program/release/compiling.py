"""Compiles the working tables into the published objects. Reads only; the same tables give the same result."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from festival.models import Edition
from festival.text.collation import sort_key
from program.models import Occurrence, Session, SessionSpeaker
from program.models.sessions import SessionQuerySet
from program.published import snapshot as p, week as w
from program.release.objects import Objects, by_time
from program.release.portraits import with_portraits
from program.release.shop import shop_facts


@dataclass(frozen=True, slots=True)
class Compiled:
    """`public` is what everybody may read, not yet numbered; `unlisted` what only a link opens."""

    public: p.Programme
    unlisted: p.Unlisted


def compile_programme(edition: Edition, *, now: datetime) -> Compiled:
    """Return the programme of `edition`. Drafts and private sessions are in neither part.

    Occurrences that were in no release yet are dated `now`, an aware moment.
    """
    rows = list(sessions_to_compile().filter(edition=edition).published().order_by("slug"))
    objects = Objects(edition, shop_facts(rows), now=now)
    base = _without_sessions(edition, objects)
    public = [row for row in rows if row.visibility == Session.Visibility.PUBLIC]
    unlisted = [row for row in rows if row.visibility == Session.Visibility.UNLISTED]
    listed, extra = _sessions(public, objects), _sessions(unlisted, objects)
    known = {*listed.tags, *listed.speakers}
    extra = replace(
        extra,
        tags=tuple(tag for tag in extra.tags if tag not in known),
        speakers=tuple(speaker for speaker in extra.speakers if speaker not in known),
    )
    public_part = replace(
        base,
        tags=listed.tags,
        speakers=listed.speakers,
        sessions=listed.sessions,
        occurrences=listed.occurrences,
        books=_books(edition, listed, objects),
    )
    return Compiled(public_part, extra)


def compile_session(session: Session, *, now: datetime, into: p.Programme | None) -> tuple[p.Programme, p.Session]:
    """Return a programme that holds `session` as it stands in the working tables, and that session.

    Everything else is taken from `into`, the published programme, so that one session is compiled and not the week;
    without one, the session stands alone. `session` may be unsaved; its occurrences are those that are stored.
    """
    edition = session.edition
    stored = sessions_to_compile().filter(pk=session.pk).first()
    objects = Objects(edition, shop_facts([stored] if stored else []), now=now)
    into = into or _without_sessions(edition, objects)
    part = _sessions([session], objects, occurrences=list(stored.occurrences.all()) if stored else [])
    (compiled,) = part.sessions
    others = [o for o in into.occurrences if o.session.slug != compiled.slug]
    sessions = (*(s for s in into.sessions if s.slug != compiled.slug), compiled)
    occurrences = tuple(sorted([*others, *part.occurrences], key=by_time))
    return replace(into, sessions=sessions, occurrences=occurrences), compiled


def sessions_to_compile() -> SessionQuerySet:
    """Return sessions with everything that is read of them and of their occurrences."""
    sessions: SessionQuerySet = Session.objects.select_related("edition", "section", "format", "track")
    rooms = ("room__venue", "fallback_room__venue", "moved_from_room__venue")
    placed = Occurrence.objects.select_related(*rooms).order_by("starts_at", "number")
    return sessions.prefetch_related(
        "tags",
        Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker").order_by("sort_order")),
        with_portraits(),
        Prefetch("occurrences", placed),
    )


def _sessions(rows: Iterable[Session], objects: Objects, occurrences: Iterable[Occurrence] | None = None) -> p.Unlisted:
    sessions, placed = [], []
    for row in rows:
        session = objects.session(row)
        sessions.append(session)
        stored = row.occurrences.all() if occurrences is None else occurrences
        placed += [objects.occurrence(one, row, session) for one in stored]
    speakers = {billing.speaker.slug: billing.speaker for session in sessions for billing in session.billings}
    tags = {tag.slug: tag for session in sessions for tag in session.tags}
    return p.Unlisted(
        tags=tuple(tags[slug] for slug in sorted(tags)),
        speakers=tuple(sorted(speakers.values(), key=lambda speaker: sort_key(speaker.sort_name))),
        sessions=tuple(sessions),
        occurrences=tuple(sorted(placed, key=by_time)),
    )


def _without_sessions(edition: Edition, objects: Objects) -> p.Programme:
    """Return the programme without a session. Made first, so that places and themes are read once and all together."""
    exhibitors = edition.exhibitors.select_related("track").prefetch_related("days")
    return p.Programme(
        edition=objects.edition,
        release=w.Release(number=0, version="", note="", published_at=objects.now),
        days=tuple(objects.day(day) for day in edition.days.prefetch_related("hours__section").order_by("date")),
        sections=tuple(objects.section(section) for section in edition.sections.order_by("sort_order", "pk")),
        venues=tuple(objects.venue(venue) for venue in edition.venues.prefetch_related("sections")),
        rooms=tuple(objects.room(room) for room in edition.rooms.select_related("venue")),
        tracks=tuple(objects.track(track) for track in edition.tracks.all()),
        formats=tuple(objects.format(row) for row in edition.formats.all()),
        tags=(),
        speakers=(),
        sessions=(),
        occurrences=(),
        withdrawn=(),
        exhibitors=tuple(objects.exhibitor(row) for row in exhibitors),
        partners=tuple(w.Partner(row.slug, row.name, row.level, row.website) for row in edition.partners.all()),
        books=(),
    )


def _books(edition: Edition, listed: p.Unlisted, objects: Objects) -> tuple[p.Book, ...]:
    sessions = {session.slug: session for session in listed.sessions}
    return tuple(objects.book(row, sessions) for row in edition.books.prefetch_related("sessions"))

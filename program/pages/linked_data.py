"""schema.org descriptions of sessions, for search engines. Plain Python."""

from typing import Any

from program.published.snapshot import Occurrence, Programme, Session

Data = dict[str, Any]
SCHEMA = "https://schema.org"


def session_data(
    programme: Programme, session: Session, occurrences: tuple[Occurrence, ...], *, url: str, language: str
) -> Data:
    """Return one `Event` per occurrence in a graph; `url` is the absolute address of the session's page."""
    return {"@context": SCHEMA, "@graph": [_event(programme, session, o, url, language) for o in occurrences]}


def _event(programme: Programme, session: Session, occurrence: Occurrence, url: str, language: str) -> Data:
    moved_from = occurrence.move.starts_at if occurrence.move else None
    status = "EventCancelled" if occurrence.is_cancelled else "EventRescheduled" if moved_from else "EventScheduled"
    data: Data = {
        "@type": "Event",
        "@id": f"{url}#{occurrence.number}",
        "url": url,
        "name": session.title.read(language),
        "description": session.abstract.read(language),
        "startDate": occurrence.starts_at.isoformat(),
        "endDate": occurrence.ends_at.isoformat(),
        "eventStatus": f"{SCHEMA}/{status}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": list(session.languages),
        "location": _place(occurrence, programme, language),
        "superEvent": {
            "@type": "Festival",
            "name": programme.edition.name.read(language),
            "startDate": programme.edition.start_date.isoformat(),
            "endDate": programme.edition.end_date.isoformat(),
        },
        "organizer": {"@type": "Organization", "name": programme.edition.organiser},
        "performer": [_performer(billing.speaker.name, billing.speaker.kind) for billing in session.billings],
    }
    if moved_from:
        data["previousStartDate"] = moved_from.isoformat()
    return {key: value for key, value in data.items() if value not in ("", [], None)}


def _place(occurrence: Occurrence, programme: Programme, language: str) -> Data:
    venue = occurrence.room.venue
    place: Data = {
        "@type": "Place",
        "name": f"{occurrence.room.name.read(language)}, {venue.name.read(language)}",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": programme.edition.city,
            "addressCountry": programme.edition.country,
        },
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return place


def _performer(name: str, kind: str) -> Data:
    return {"@type": "PerformingGroup" if kind == "group" else "Person", "name": name}

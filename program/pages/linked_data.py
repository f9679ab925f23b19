"""schema.org descriptions of the programme, for search engines. Only what the release says."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from festival.pages import offers as shop
from festival.pages.head import full
from festival.pages.linked_data import known
from festival.pages.offers import PublicOffer
from program.published.snapshot import Occurrence, Programme, Session, Speaker
from program.published.week import Venue

Data = dict[str, Any]
SCHEMA = "https://schema.org"
# "4 quai du Canal, 75019 Paris": street, postal code, town.
_ADDRESS = re.compile(r"(?P<street>.+),\s*(?P<code>[A-Z]{0,2}-?\d{4,6})\s+(?P<town>[^,\d]+)")


def session_data(
    programme: Programme, occurrences: Sequence[Occurrence], offers: Sequence[PublicOffer], *, url: str, language: str
) -> list[Data]:
    """Return one `Event` per occurrence of a session.

    `url` is the absolute address of the session's page, `offers` the admissions that open it.
    """
    return [_event(programme, o, offers, url, language) for o in occurrences]


def people_data(speaker: Speaker, url: str, language: str) -> list[Data]:
    """Return somebody on stage; `url` is the absolute address of their page."""
    work = {"@type": "Organization", "name": speaker.organisation} if speaker.organisation else None
    data = _performer(speaker) | {
        "@id": f"{url}#who",
        "url": url,
        "description": speaker.bio.read(language),
        "jobTitle": speaker.role.read(language) if speaker.kind != "group" else "",
        "alternateName": speaker.native_name,
        "memberOf": work,
        "sameAs": speaker.website,
    }
    return [known(data)]


def list_data(paths: Iterable[str], url: str) -> list[Data]:
    """Return a list of pages of the site, in their order."""
    items = [{"@type": "ListItem", "position": place, "url": full(path)} for place, path in enumerate(paths, 1)]
    return [{"@type": "ItemList", "@id": f"{url}#list", "itemListElement": items}] if items else []


def _event(
    programme: Programme, occurrence: Occurrence, offers: Sequence[PublicOffer], url: str, language: str
) -> Data:
    session = occurrence.session
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
        "previousStartDate": moved_from.isoformat() if moved_from else None,
        "eventStatus": f"{SCHEMA}/{status}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": list(session.languages),
        "isAccessibleForFree": _is_free(session, offers),
        "offers": [] if occurrence.is_cancelled else shop.described(offers),
        "maximumAttendeeCapacity": session.capacity,
        "location": _place(occurrence, programme, language),
        "superEvent": {
            "@type": "Festival",
            "@id": full(f"/#week-{programme.edition.slug}"),
            "name": programme.edition.name.read(language),
            "startDate": programme.edition.start_date.isoformat(),
            "endDate": programme.edition.end_date.isoformat(),
        },
        "organizer": {"@type": "Organization", "name": programme.edition.organiser, "url": full(reverse("home"))},
        "performer": [_performer(billing.speaker) for billing in session.billings],
    }
    return known(data)


def _is_free(session: Session, offers: Sequence[PublicOffer]) -> bool | None:
    """Return whether it costs nothing; None where neither the session nor the shop says."""
    if offers:
        return any(offer.is_free for offer in offers)
    return {"free": True, "ticketed": False}.get(session.registration)


def _place(occurrence: Occurrence, programme: Programme, language: str) -> Data:
    venue = occurrence.room.venue
    place: Data = {
        "@type": "Place",
        "name": f"{occurrence.room.name.read(language)}, {venue.name.read(language)}",
        "address": _address(venue, programme),
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return place


def _address(venue: Venue, programme: Programme) -> Data:
    parts = _ADDRESS.fullmatch(venue.address)
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": parts["street"] if parts else venue.address,
            "postalCode": parts["code"] if parts else "",
            "addressLocality": parts["town"].strip() if parts else programme.edition.city,
            "addressCountry": programme.edition.country,
        }
    )


def _performer(speaker: Speaker) -> Data:
    return {"@type": "PerformingGroup" if speaker.kind == "group" else "Person", "name": speaker.name}

"""schema.org descriptions that are the same on every page: the site, who makes it, the week, the way to the page.

Only what is known is said: whatever is empty is left out. The apps add their own (`program.pages.linked_data`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from festival.models import Edition, Section
from festival.pages.head import full

Data = dict[str, Any]
SCHEMA = "https://schema.org"


def known(data: Mapping[str, Any]) -> Data:
    """Return a description without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}


def frame(edition: Edition, *, home: str, language: str) -> list[Data]:
    """Return the site and its organiser; `home` is the path of the home page in `language`."""
    site = {
        "@type": "WebSite",
        "@id": full("/#website"),
        "url": full(home),
        "name": str(edition.name),
        "inLanguage": language,
        "publisher": {"@id": full("/#organiser")},
    }
    return [site, organiser(edition)]


def organiser(edition: Edition) -> Data:
    """Return who makes the festival."""
    return known(
        {
            "@type": "Organization",
            "@id": full("/#organiser"),
            "name": edition.organiser_name,
            "url": full("/"),
            "email": edition.organiser_email,
            "telephone": edition.organiser_phone,
            "address": edition.organiser_address,
        }
    )


def page(url: str, title: str, *, kind: str = "WebPage", description: str = "", language: str = "") -> Data:
    """Return a page of the site as `kind`, such as `CollectionPage`."""
    return known(
        {
            "@type": kind,
            "@id": f"{url}#page",
            "url": url,
            "name": title,
            "description": description,
            "inLanguage": language,
            "isPartOf": {"@id": full("/#website")},
        }
    )


def breadcrumbs(url: str, title: str, above: Sequence[tuple[str, str]]) -> list[Data]:
    """Return the way to a page: `above` has the names and paths of the pages over it; nothing without any."""
    if not above:
        return []
    steps = [*((name, full(path)) for name, path in above), (title, url)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return [{"@type": "BreadcrumbList", "@id": f"{url}#way", "itemListElement": items}]


def festival(edition: Edition, *, url: str, offers: Sequence[Data] = ()) -> Data:
    """Return the week as an event; `url` is its home page."""
    return known(
        {
            "@type": "Festival",
            "@id": full(f"/#week-{edition.slug}"),
            "url": url,
            "name": f"{edition.name} {edition.start_date.year}",
            "alternateName": str(edition.theme),
            "description": str(edition.summary or edition.tagline),
            "startDate": edition.start_date.isoformat(),
            "endDate": edition.end_date.isoformat(),
            **_takes_place(edition),
            "organizer": {"@id": full("/#organiser")},
            "offers": list(offers),
        }
    )


def part(section: Section, edition: Edition, *, url: str, offers: Sequence[Data] = ()) -> Data:
    """Return a part of the week as an event; `url` is its page. Free when all that is offered for it is free."""
    return known(
        {
            "@type": "Event",
            "@id": f"{url}#event",
            "url": url,
            "name": str(section.name),
            "description": str(section.summary),
            "startDate": section.start_date.isoformat(),
            "endDate": section.end_date.isoformat(),
            **_takes_place(edition),
            "organizer": {"@id": full("/#organiser")},
            "superEvent": {"@id": full(f"/#week-{edition.slug}"), "@type": "Festival", "name": str(edition.name)},
            "offers": list(offers),
            "isAccessibleForFree": all(not offer["price"] for offer in offers) if offers else None,
        }
    )


def article(url: str, *, title: str, published: datetime, changed: datetime | None, author: str, text: str) -> Data:
    """Return a piece of news."""
    return known(
        {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "url": url,
            "headline": title,
            "description": text,
            "datePublished": published.isoformat(),
            "dateModified": max(published, changed or published).isoformat(),
            "author": {"@type": "Person", "name": author} if author else None,
            "publisher": {"@id": full("/#organiser")},
        }
    )


def _takes_place(edition: Edition) -> Data:
    address = {"@type": "PostalAddress", "addressLocality": edition.city, "addressCountry": edition.country}
    return {
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": edition.city, "address": address},
    }

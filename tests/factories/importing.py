"""A small programme as a file: one part, two days, one hall with two rooms, two people, one session."""

import copy
from typing import Any

BOTH = {"fr": "Un", "en": "One"}
FILE: dict[str, Any] = {
    "edition": {
        "id": "2031", "year": 2031, "start_date": "2031-03-29", "end_date": "2031-03-31", "city": "Bruges",
        "country": "BE", "currency": "EUR", "name": BOTH, "theme": BOTH,
        "organiser": {"name": "Ons Huis", "host": {"name": "Ons Net"}},
        "days": [
            {"date": "2031-03-29", "hours": [{"section": "markt", "opens": "10:00", "closes": "19:00"}]},
            {"date": "2031-03-30", "hours": [{"section": "markt", "opens": "18:00", "closes": "01:00"}]},
        ],
        "phases": [{"id": "calls", "opens": "2030-12-01T10:00", "closes": "2031-01-15T18:00", "label": BOTH}],
    },
    "sections": [
        {"id": "markt", "colour": "#fbd226", "shape": "half-disc", "start": "2031-03-29", "end": "2031-03-30",
         "name": BOTH, "venue": "halle"},
    ],
    "venues": [{"id": "halle", "name": BOTH, "address": "Markt 1, 8000 Brugge", "lat": 51.2, "lon": 3.2}],
    "rooms": [
        {"id": "nef", "venue": "halle", "name": BOTH, "colour": "#B23A48"},
        {"id": "etabli", "venue": "halle", "name": BOTH, "colour": "#1d5c63", "capacity_seated": 40},
    ],
    "tracks": [{"id": "partager", "name": BOTH, "colour": "#B23A48"}],
    "formats": [{"id": "open_space", "name": BOTH}],
    "speakers": [
        {"id": "ana", "type": "person", "name": "Ana Prates", "sort_name": "Prates Ana", "languages": ["pt", "fr"]},
        {"id": "bo", "type": "group", "name": "Bo", "sort_name": "Bo"},
    ],
    "sessions": [
        {
            "id": "reparer", "number": 7, "section": "markt", "format": "open_space", "track": "partager",
            "status": "published", "visibility": "public", "room": "nef", "start": "2031-03-29T14:00",
            "end": "2031-03-29T15:00", "registration": {"mode": "free"}, "title": {"fr": "Réparer"},
            "tags": ["Vélo", "Fer à souder"],
            "speakers": [{"speaker": "ana", "role": "speaker"}, {"speaker": "bo", "role": "host"}],
        },
    ],
}  # fmt: skip


def small_file(*places_and_values: Any) -> dict[str, Any]:
    """Return a copy of the file; `("rooms", 0, "colour"), "#000"` puts a value at a place, as often as wanted."""
    data = copy.deepcopy(FILE)
    for place, value in zip(places_and_values[::2], places_and_values[1::2], strict=True):
        put(data, place, value)
    return data


def put(data: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place of a file."""
    for key in place[:-1]:
        data = data[key]
    data[place[-1]] = value


def another_session(slug: str, number: int, **changes: Any) -> dict[str, Any]:
    """Return one more session of the small file."""
    return copy.deepcopy(FILE["sessions"][0]) | {"id": slug, "number": number} | changes

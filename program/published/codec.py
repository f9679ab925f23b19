"""Between the JSON of a release and `Programme`. Plain Python; unreadable JSON raises KeyError or ValueError."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from festival.text.collation import sort_key
from program.published import snapshot as s
from program.published import week as f

Row = Mapping[str, Any]


def canonical(data: Any) -> str:
    """Return the one JSON text of `data`: sorted keys, no spaces, Unicode as it is. Equal data, equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse(text: str, unlisted: str = "{}") -> tuple[s.Programme, s.Programme]:
    """Return the public programme, and the one with the unlisted sessions too, for direct links alone."""
    data = json.loads(text)
    extra = json.loads(unlisted)
    merged = data | {key: [*data[key], *extra.get(key, [])] for key in ("tags", "speakers", "sessions", "occurrences")}
    merged["occurrences"].sort(key=lambda row: (row["starts_at"], row["number"]))
    public = programme(data)
    return public, programme(merged) if extra.get("sessions") else public


def programme(data: Row) -> s.Programme:
    """Return the programme that `data` (the object of `schedule.json`) describes."""
    zone = ZoneInfo(data["edition"]["time_zone"])
    sections = {row["slug"]: _section(row) for row in data["sections"]}
    venues = {row["slug"]: _venue(row) for row in data["venues"]}
    rooms = {row["slug"]: _room(row, venues) for row in data["rooms"]}
    tracks = {
        row["slug"]: f.Track(row["slug"], _text(row["name"]), row["colour"], row["icon"]) for row in data["tracks"]
    }
    formats = {row["slug"]: _named(row) for row in data["formats"]}
    tags = {row["slug"]: _named(row) for row in data["tags"]}
    speakers = {row["slug"]: _speaker(row) for row in data["speakers"]}
    sessions = {row["slug"]: _session(row, sections, formats, tracks, tags, speakers, zone) for row in data["sessions"]}
    return s.Programme(
        version=data["release"]["version"],
        number=data["release"]["number"],
        note=data["release"]["note"],
        published_at=_moment(data["release"]["published_at"], zone),
        edition=data["edition"],
        time_zone=data["edition"]["time_zone"],
        day_starts_at=time.fromisoformat(data["edition"]["day_starts_at"]),
        days=tuple(_day(row, zone) for row in data["days"]),
        sections=tuple(sections.values()),
        venues=tuple(venues.values()),
        rooms=tuple(rooms.values()),
        tracks=tuple(tracks.values()),
        formats=tuple(formats.values()),
        tags=tuple(tags.values()),
        speakers=tuple(sorted(speakers.values(), key=lambda speaker: sort_key(speaker.sort_name))),
        sessions=tuple(sessions.values()),
        occurrences=tuple(_occurrence(row, sessions, rooms, zone) for row in data["occurrences"]),
        withdrawn=tuple(_withdrawn(row, zone) for row in data["withdrawn"]),
        exhibitors=tuple(_exhibitor(row, tracks) for row in data["exhibitors"]),
        partners=tuple(s.Partner(row["slug"], row["name"], row["level"], row["website"]) for row in data["partners"]),
        books=tuple(_book(row, sessions) for row in data["books"]),
    )


def _text(row: Row) -> f.Text:
    return f.Text(row["fr"], row["en"])


def _named(row: Row) -> f.Named:
    return f.Named(row["slug"], _text(row["name"]))


def _moment(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)


def _optional(text: str | None, zone: ZoneInfo) -> datetime | None:
    return _moment(text, zone) if text else None


def _section(row: Row) -> f.Section:
    return f.Section(
        row["slug"],
        _text(row["name"]),
        _text(row["summary"]),
        date.fromisoformat(row["start_date"]),
        date.fromisoformat(row["end_date"]),
    )


def _day(row: Row, zone: ZoneInfo) -> f.Day:
    return f.Day(
        date.fromisoformat(row["date"]),
        row["section"],
        _moment(row["opens"], zone),
        _moment(row["closes"], zone),
        _text(row["public_holiday"]),
        _text(row["notice"]),
    )


def _venue(row: Row) -> f.Venue:
    return f.Venue(
        row["slug"],
        _text(row["name"]),
        row["address"],
        row["latitude"],
        row["longitude"],
        _text(row["access"]),
        _text(row["accessibility"]),
        tuple(row["sections"]),
    )


def _room(row: Row, venues: Mapping[str, f.Venue]) -> f.Room:
    plain = (
        "uuid",
        "slug",
        "capacity_seated",
        "capacity_standing",
        "outdoor",
        "wheelchair",
        "induction_loop",
        "colour",
    )
    return f.Room(
        name=_text(row["name"]),
        venue=venues[row["venue"]],
        description=_text(row["description"]),
        **{key: row[key] for key in plain},
    )


def _speaker(row: Row) -> s.Speaker:
    plain = ("uuid", "slug", "kind", "name", "sort_name", "native_name", "native_language", "organisation", "city")
    return s.Speaker(
        role=_text(row["role"]),
        bio=_text(row["bio"]),
        languages=tuple(row["languages"]),
        country=row["country"],
        website=row["website"],
        is_cancelled=row["is_cancelled"],
        **{key: row[key] for key in plain},
    )


def _session(
    row: Row,
    sections: Mapping[str, f.Section],
    formats: Mapping[str, f.Named],
    tracks: Mapping[str, f.Track],
    tags: Mapping[str, f.Named],
    speakers: Mapping[str, s.Speaker],
    zone: ZoneInfo,
) -> s.Session:
    texts = ("title", "abstract", "note", "what_to_bring", "accessibility_note")
    lists = ("languages", "interpretation", "products", "allergens")
    plain = ("slug", "capacity", "registration", "waitlist", "audience", "sensory")
    simple: dict[str, Any] = {key: _text(row[key]) for key in texts} | {key: row[key] for key in plain}
    return s.Session(
        section=sections[row["section"]],
        format=formats[row["format"]],
        track=tracks[row["track"]],
        tags=tuple(tags[slug] for slug in row["tags"]),
        cancelled_at=_optional(row["cancelled_at"], zone),
        recording=_recording(row["recording"]),
        billings=tuple(s.Billing(speakers[b["speaker"]], b["role"]) for b in row["speakers"]),
        **simple | {key: tuple(row[key]) for key in lists},
    )


def _recording(row: Row | None) -> s.Recording | None:
    if row is None:
        return None
    return s.Recording(row["url"], row["licence"], tuple(row["captions"]), row["has_transcript"], row["is_live"])


def _occurrence(
    row: Row, sessions: Mapping[str, s.Session], rooms: Mapping[str, f.Room], zone: ZoneInfo
) -> s.Occurrence:
    plain: tuple[str, ...] = (
        "uuid",
        "number",
        "kind",
        "blocks_room",
        "slot_minutes",
        "slots_in_parallel",
        "capacity_mode",
    )
    plain += ("status", "places", "sequence")
    move = row["moved"]
    moment = partial(_moment, zone=zone)
    return s.Occurrence(
        session=sessions[row["session"]],
        room=rooms[row["room"]],
        room_note=_text(row["room_note"]),
        starts_at=moment(row["starts_at"]),
        ends_at=moment(row["ends_at"]),
        daily_from=time.fromisoformat(row["daily_from"]) if row["daily_from"] else None,
        daily_to=time.fromisoformat(row["daily_to"]) if row["daily_to"] else None,
        fallback_room=rooms.get(row["fallback_room"]),
        move=move and s.Move(moment(move["at"]), rooms.get(move["room"]), _optional(move["starts_at"], zone)),
        revised_at=moment(row["revised_at"]),
        **{key: row[key] for key in plain},
    )


def _withdrawn(row: Row, zone: ZoneInfo) -> s.Withdrawn:
    return s.Withdrawn(
        row["uuid"],
        row["number"],
        _moment(row["starts_at"], zone),
        _moment(row["ends_at"], zone),
        row["sequence"],
        _moment(row["revised_at"], zone),
    )


def _exhibitor(row: Row, tracks: Mapping[str, f.Track]) -> s.Exhibitor:
    return s.Exhibitor(
        row["slug"],
        row["name"],
        row["stand"],
        tracks[row["track"]],
        tuple(date.fromisoformat(day) for day in row["days"]),
        _text(row["pitch"]),
        row["website"],
    )


def _book(row: Row, sessions: Mapping[str, s.Session]) -> s.Book:
    return s.Book(
        row["slug"],
        row["title"],
        row["author"],
        row["year"],
        row["language"],
        _text(row["note"]),
        tuple(sessions[slug] for slug in row["sessions"] if slug in sessions),
    )

"""The one codec between `Programme` and the JSON of a release, and its JSON schema. Plain Python.

Unreadable JSON raises pydantic's ValidationError, which is a ValueError.
"""

import json
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from festival.text.collation import sort_key
from program.published.fields import Reading
from program.published.snapshot import Occurrence, Programme, Session, Unlisted

_PROGRAMME = TypeAdapter(Programme)
_UNLISTED = TypeAdapter(Unlisted)
_SESSION = TypeAdapter(Session)
_OCCURRENCE = TypeAdapter(Occurrence)
_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    Programme: _PROGRAMME,
    Unlisted: _UNLISTED,
    Session: _SESSION,
    Occurrence: _OCCURRENCE,
}


def canonical(data: Any) -> str:
    """Return the one JSON text of `data`: sorted keys, no spaces, Unicode as it is. Equal data, equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row(item: Programme | Unlisted | Session | Occurrence) -> dict[str, Any]:
    """Return the JSON object of `item`; what it refers to stands there by its short name."""
    found: dict[str, Any] = _ADAPTERS[type(item)].dump_python(item, mode="json", by_alias=True)
    return found


def write(item: Programme | Unlisted) -> str:
    """Return the text that a release keeps and `schedule.json` serves."""
    return canonical(row(item))


def parse(text: str, unlisted: str = "{}") -> tuple[Programme, Programme]:
    """Return the public programme, and the one with the unlisted sessions too, for direct links alone."""
    reading = Reading()
    public = _PROGRAMME.validate_json(text, context=reading)
    return public, with_unlisted(public, _UNLISTED.validate_json(unlisted, context=reading))


def with_unlisted(public: Programme, extra: Unlisted) -> Programme:
    """Return the programme that a direct link opens: `public` and `extra` together."""
    if not extra.sessions:
        return public
    occurrences = [*public.occurrences, *extra.occurrences]
    return replace(
        public,
        tags=(*public.tags, *extra.tags),
        speakers=tuple(sorted([*public.speakers, *extra.speakers], key=lambda speaker: sort_key(speaker.sort_name))),
        sessions=(*public.sessions, *extra.sessions),
        occurrences=tuple(sorted(occurrences, key=lambda occurrence: (occurrence.starts_at, occurrence.number))),
    )


def schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of `schedule.json`. Readers ignore keys that they do not know."""
    described = _PROGRAMME.json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}

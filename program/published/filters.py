"""What a visitor wants to see of the programme, as written in a query string. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from program.published.snapshot import Occurrence, Programme

CAPTIONS = "captions"
INTERPRETED = "interpreted"


@dataclass(frozen=True, slots=True)
class Filters:
    """Each empty string lets everything pass.

    `track`, `section`, `room` and `speaker` are short names; `language` is a code (spoken, interpreted into or
    captioned); `access` is a sign language (lsf, bsl), captions or interpreted; `registration` is yes or no.
    """

    track: str = ""
    section: str = ""
    room: str = ""
    speaker: str = ""
    language: str = ""
    access: str = ""
    registration: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def count(self) -> int:
        """How many are set."""
        return sum(bool(getattr(self, field.name)) for field in fields(self))

    def matches(self, occurrence: Occurrence) -> bool:
        """Return whether the occurrence passes every filter."""
        session = occurrence.session
        return (
            self.track in {"", session.track.slug}
            and self.section in {"", session.section.slug}
            and self.room in {"", occurrence.room.slug}
            and (not self.speaker or any(b.speaker.slug == self.speaker for b in session.billings))
            and (not self.language or self.language in understood(session.languages, session.interpretation))
            and (not self.access or self.access in marks(session.interpretation))
            and self.registration in {"", "no" if session.registration == "none" else "yes"}
        )

    def is_known(self, programme: Programme) -> bool:
        """Return whether every value is one that the programme has; an unknown one lets nothing pass."""
        known = {
            "track": {session.track.slug for session in programme.sessions},
            "section": {session.section.slug for session in programme.sessions},
            "room": {occurrence.room.slug for occurrence in programme.occurrences},
            "speaker": {speaker.slug for speaker in programme.speakers},
            "language": set[str]().union(*(understood(s.languages, s.interpretation) for s in programme.sessions)),
            "access": set[str]().union(*(marks(s.interpretation) for s in programme.sessions)),
            "registration": {"yes", "no"},
        }
        return all(getattr(self, name) in {"", *values} for name, values in known.items())

    def __len__(self) -> int:
        """How many filters are set."""
        return sum(bool(getattr(self, field.name)) for field in fields(self))

    def toggled(self, key: str, value: str) -> "Filters":
        """Return the filters with `key` set to `value`, or taken off where it already is."""
        return replace(self, **{key: "" if getattr(self, key) == value else value})

    def query(self) -> str:
        """Return the query string, `?track=soin`, in a fixed order; empty without filters."""
        pairs = [(field.name, getattr(self, field.name)) for field in fields(self) if getattr(self, field.name)]
        return f"?{urlencode(pairs)}" if pairs else ""


NAMES = frozenset(field.name for field in fields(Filters))


def from_query(query: Mapping[str, str]) -> Filters:
    """Return the filters of a query string's pairs; unknown names are ignored."""
    return Filters(**{field.name: query[field.name][:120] for field in fields(Filters) if query.get(field.name)})


def calendar_query(wanted: Filters, *, language: str, day: date | None = None) -> str:
    """Return the query string of the calendar of what passes the filters, of one day or of all, in a language."""
    pairs = [("day", day.isoformat())] if day else []
    return f"{wanted.query() or '?'}{'&' if wanted else ''}{urlencode([*pairs, ('lang', language)])}"


def understood(languages: tuple[str, ...], interpretation: tuple[str, ...]) -> set[str]:
    """Return the codes of the languages in which a session can be followed."""
    interpreted = {code.rpartition("-")[2] for code in interpretation if is_interpreting(code) or is_captions(code)}
    return set(languages) | interpreted


def marks(interpretation: tuple[str, ...]) -> set[str]:
    """Return the values of the filter `access` that a session fulfils."""
    found = {code for code in interpretation if is_signing(code)}
    if any(is_captions(code) for code in interpretation):
        found.add(CAPTIONS)
    if any(is_interpreting(code) for code in interpretation):
        found.add(INTERPRETED)
    return found


def is_captions(code: str) -> bool:
    """Return whether a mark such as `captions-fr` means that what is said can be read."""
    return code.partition("-")[0] == CAPTIONS


def is_signing(code: str) -> bool:
    """Return whether a mark is a sign language, whose codes are single words, such as `lsf` or `bsl`."""
    return "-" not in code and code != CAPTIONS


def is_interpreting(code: str) -> bool:
    """Return whether a mark such as `fr-en` means that an interpreter speaks."""
    source, dash, target = code.partition("-")
    return bool(dash) and len(source) == len(target) == 2

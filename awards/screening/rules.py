"""Which projects look alike, which state a decision leads to, and what is news to an applicant. Plain Python."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

CLOSE = 0.88  # how alike two titles are that a person should look at

# What a decision makes of a project; one that asks for changes leaves it where it is.
STATES = {"eligible": "eligible", "ineligible": "ineligible", "disqualified": "disqualified", "changes": "submitted"}
DECIDABLE = frozenset({"submitted", "eligible", "ineligible", "disqualified"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells a project from another; `files` are hashes."""

    key: int
    title: str
    holder: str = ""
    website: str = ""
    files: Collection[str] = ()


def duplicates(projects: Iterable[Traits]) -> dict[int, dict[int, list[str]]]:
    """Return for each project that resembles others which these are, and by what: title, holder, site, file."""
    known = list(projects)
    found: dict[int, dict[int, list[str]]] = {}
    for place, one in enumerate(known):
        for other in known[place + 1 :]:
            if shared := alike(one, other):
                found.setdefault(one.key, {})[other.key] = shared
                found.setdefault(other.key, {})[one.key] = shared
    return found


def alike(one: Traits, other: Traits) -> list[str]:
    """Return by what two projects resemble each other; which comes first changes nothing."""
    shared = {
        "title": _are_close(plain(one.title), plain(other.title)),
        "holder": bool(plain(one.holder)) and plain(one.holder) == plain(other.holder),
        "site": bool(site(one.website)) and site(one.website) == site(other.website),
        "file": bool(set(one.files) & set(other.files)),
    }
    return [name for name, is_shared in shared.items() if is_shared]


def plain(text: str) -> str:
    """Return the words of a text without accents, capitals and signs."""
    # Letters of fancy alphabets have capitals only once they are plain ones.
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def site(address: str) -> str:
    """Return host and path of an address, without `www.` and the last stroke; empty for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host else ""


def standing(verdicts: Sequence[str]) -> int | None:
    """Return the place of the decision that holds after all of them, oldest first; None where none holds.

    `undone` takes back the one that held.
    """
    stack: list[int] = []
    for place, verdict in enumerate(verdicts):
        if verdict != "undone":
            stack.append(place)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None


def is_news(told: str, holds: str, *, asks: bool) -> bool:
    """Return whether an applicant is written to: what `holds` is not what they were `told` last, empty for nothing.

    `asks` is whether changes were asked for just now: each demand is told.
    """
    return asks or told != holds


def _are_close(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = sorted((one, other))  # the measure is not the same both ways
    match = SequenceMatcher(None, first, second, autojunk=False)
    return match.real_quick_ratio() >= CLOSE and match.quick_ratio() >= CLOSE and match.ratio() >= CLOSE

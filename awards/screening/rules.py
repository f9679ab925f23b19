"""Which projects look alike, which state a decision leads to, and what is news to an applicant. Plain Python."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
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
    known = [_Marks.of(one) for one in projects]
    found: dict[int, dict[int, list[str]]] = {}
    for place, one in enumerate(known):
        for other in known[place + 1 :]:
            if shared := one.shared_with(other):
                found.setdefault(one.key, {})[other.key] = shared
                found.setdefault(other.key, {})[one.key] = shared
    return found


def alike(one: Traits, other: Traits) -> list[str]:
    """Return by what two projects resemble each other; which comes first changes nothing."""
    return _Marks.of(one).shared_with(_Marks.of(other))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Traits as they are compared; made once a project, since each is compared with all others."""

    key: int
    title: str
    letters: frozenset[tuple[str, int]]  # each with its how-many-eth place in the title
    holder: str
    site: str
    files: frozenset[str]

    @classmethod
    def of(cls, traits: Traits) -> "_Marks":
        title, seen = plain(traits.title), Counter[str]()
        letters = set()
        for letter in title:
            seen[letter] += 1
            letters.add((letter, seen[letter]))
        return cls(
            traits.key, title, frozenset(letters), plain(traits.holder), site(traits.website), frozenset(traits.files)
        )

    def shared_with(self, other: "_Marks") -> list[str]:
        shared = {
            "title": self._has_nearly_the_title_of(other),
            "holder": bool(self.holder) and self.holder == other.holder,
            "site": bool(self.site) and self.site == other.site,
            "file": not self.files.isdisjoint(other.files),
        }
        return [name for name, is_shared in shared.items() if is_shared]

    def _has_nearly_the_title_of(self, other: "_Marks") -> bool:
        if not self.title or not other.title:
            return False
        if self.title == other.title:
            return True
        longest = len(self.title) + len(other.title)
        # No order of letters matches more of them than are shared at all: most pairs end here.
        if 2 * len(self.letters & other.letters) < CLOSE * longest:
            return False
        first, second = sorted((self.title, other.title))  # the measure is not the same both ways
        return SequenceMatcher(None, first, second, autojunk=False).ratio() >= CLOSE


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


def is_news(told: str, holds: str, *, asks: bool) -> bool:
    """Return whether an applicant is written to: what `holds` is not what they were `told` last, empty for nothing.

    `asks` is whether changes were asked for just now: each demand is told.
    """
    return asks or told != holds

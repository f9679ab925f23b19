"""Which jurors are tied to which projects, by what both wrote in their papers: no name, no guess.

A tie is found by the address, by the domain of the address, or by the organisation. Domains at which anybody may have
a mailbox tie nobody.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

# Where anybody gets a mailbox. Each also stands for its namesakes under other endings (yahoo.fr, outlook.be).
_ANYBODYS_NAMES = frozenset(
    {
        *("gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn", "icloud", "me"),
        *("mac", "aol", "gmx", "web", "t-online", "freenet", "proton", "protonmail", "pm", "tutanota", "tuta"),
        *("mailbox", "posteo", "zoho", "yandex", "mailo", "laposte", "orange", "wanadoo", "free", "sfr", "neuf"),
        *("bbox", "numericable", "skynet", "telenet", "proximus", "voo", "bluewin", "libero", "virgilio", "tiscali"),
        *("alice", "telefonica", "terra", "riseup", "disroot", "example"),  # the last is reserved: RFC 2606
    }
)
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "asso", "ac", "gov", "gouv"})  # of co.uk, asso.fr


@dataclass(frozen=True, slots=True)
class Papers:
    """What a juror or a project gives to compare: addresses of the owner, of the others, the organisations."""

    key: int
    owners: frozenset[str]
    members: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


def ties(jurors: Collection[Papers], entries: Collection[Papers]) -> Iterator[tuple[int, int, str]]:
    """Yield juror, entry and the strongest tie between them: owner, member, mail_domain, organisation.

    Each pair comes once at most. A juror's papers have their addresses in `owners`.
    """
    by_address, by_domain, by_organisation = _index(jurors)
    for entry in entries:
        found: dict[int, str] = {}
        groups = (
            ("owner", by_address, map(_plain, entry.owners)),
            ("member", by_address, map(_plain, entry.members)),
            ("mail_domain", by_domain, map(domain_of, entry.owners | entry.members)),
            ("organisation", by_organisation, map(organisation_key, entry.organisations)),
        )
        for tie, index, keys in groups:
            for key in keys:
                for juror in index.get(key, ()):
                    found.setdefault(juror, tie)
        yield from ((juror, entry.key, tie) for juror, tie in sorted(found.items()))


type _Index = dict[str, set[int]]


def _index(jurors: Collection[Papers]) -> tuple[_Index, _Index, _Index]:
    indexes: tuple[_Index, _Index, _Index] = (defaultdict(set), defaultdict(set), defaultdict(set))
    for juror in jurors:
        keys = (map(_plain, juror.owners), map(domain_of, juror.owners), map(organisation_key, juror.organisations))
        for index, values in zip(indexes, keys, strict=True):
            for value in values:
                index[value].add(juror.key)
    for index in indexes:
        index.pop("", None)
    return indexes


def _plain(address: str) -> str:
    return address.strip().casefold()


def domain_of(address: str) -> str:
    """Return the domain of an address in small letters; empty where anybody gets a mailbox, and for no address."""
    domain = _plain(address).rpartition("@")[2].rstrip(".")
    labels = domain.split(".")
    if "@" not in address or len(labels) < 2:
        return ""
    name = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVELS else labels[-2]
    return "" if name in _ANYBODYS_NAMES else domain


def organisation_key(name: str) -> str:
    """Return what two spellings of one organisation share: no accents, capitals, signs or spaces. May be empty."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())

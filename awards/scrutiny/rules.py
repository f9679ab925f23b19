"""Which ballots of a vote look as if one person had cast several. Plain Python; what they say is never looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
# How many make somebody look, and within what time. A family, an office or a hall shares a network: that is why nobody
# is taken out by a machine.
PER_NETWORK, PER_DOMAIN, PER_MOMENT = 5, 10, 20
MOMENT = timedelta(minutes=5)
# Providers of half the country: many of their customers vote in the same hour.
USUAL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "outlook.com",
        "outlook.fr",
        "live.com",
        "live.fr",
        "yahoo.com",
        "yahoo.fr",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "sfr.fr",
        "laposte.net",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "gmx.de",
        "gmx.net",
        "web.de",
    ]
)
THROWN_AWAY = frozenset(
    [
        "10minutemail.com",
        "discard.email",
        "dispostable.com",
        "emailondeck.com",
        "fakeinbox.com",
        "getnada.com",
        "guerrillamail.com",
        "jetable.org",
        "maildrop.cc",
        "mailcatch.com",
        "mailinator.com",
        "mailnesia.com",
        "mintemail.com",
        "moakt.com",
        "mohmal.com",
        "sharklasers.com",
        "spamgourmet.com",
        "temp-mail.org",
        "tempail.com",
        "tempr.email",
        "throwawaymail.com",
        "trashmail.com",
        "yopmail.com",
        "yopmail.fr",
    ]
)


@dataclass(frozen=True, slots=True)
class Cast:
    """What is known of how a ballot came; `is_gone` says that its ticket is not valid any more."""

    key: int
    at: datetime
    network: str = ""
    domain: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ballots to look at together, oldest first: why, and of which mail domain, if that is it."""

    reason: str
    casts: tuple[Cast, ...]
    domain: str = ""


def clusters(casts: Iterable[Cast]) -> list[Cluster]:
    """Return what somebody should look at; a ballot may be in several. The same ballots give the same list."""
    ordered = sorted(casts, key=lambda cast: (cast.at, cast.key))
    return [*_gone(ordered), *_networks(ordered), *_domains(ordered), *_bursts(ordered)]


def _gone(ordered: Sequence[Cast]) -> Iterator[Cluster]:
    if gone := tuple(cast for cast in ordered if cast.is_gone):
        yield Cluster("ticket", gone)


def _networks(ordered: Sequence[Cast]) -> Iterator[Cluster]:
    by_network: dict[str, list[Cast]] = defaultdict(list)
    for cast in ordered:
        by_network[cast.network].append(cast)
    by_network.pop("", None)
    for own in by_network.values():
        yield from (Cluster("network", crowd) for crowd in _crowds(own, PER_NETWORK, HOUR))


def _domains(ordered: Sequence[Cast]) -> Iterator[Cluster]:
    by_domain: dict[str, list[Cast]] = defaultdict(list)
    for cast in ordered:
        by_domain[cast.domain].append(cast)
    for domain, own in by_domain.items():
        if domain in THROWN_AWAY:
            yield Cluster("domain", tuple(own), domain)
        elif domain and domain not in USUAL:
            yield from (Cluster("domain", crowd, domain) for crowd in _crowds(own, PER_DOMAIN, HOUR))


def _bursts(ordered: Sequence[Cast]) -> Iterator[Cluster]:
    yield from (Cluster("burst", crowd) for crowd in _crowds(ordered, PER_MOMENT, MOMENT))


def _crowds(ordered: Sequence[Cast], size: int, span: timedelta) -> Iterator[tuple[Cast, ...]]:
    """Yield the runs in which `size` ballots came within `span`, overlapping ones as one."""
    begin = end = 0
    for first in range(len(ordered) - size + 1):
        last = first + size
        if ordered[last - 1].at - ordered[first].at > span:
            continue
        if first >= end:
            if end:
                yield tuple(ordered[begin:end])
            begin = first
        end = last
    if end:
        yield tuple(ordered[begin:end])

"""How often something may be done: counted per address and per network in the cache, in fixed windows.

For what sends a mail or tries a secret (ASVS 2.4.1). Counting is per process with the local cache, and exact with a
shared one (`CACHE_URL`).
"""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` times in `seconds`; `scope` names what is counted."""

    scope: str
    limit: int
    seconds: int


class RateLimited(Exception):
    """It was done too often; `minutes` says after how many, rounded up, it may be tried again."""

    code = "rate_limited"

    def __init__(self, *, minutes: int) -> None:
        super().__init__(f"try again in {minutes} minutes")
        self.minutes = minutes


def count(rate: Rate, subject: str, *, now: datetime) -> None:
    """Count one use of `rate` by `subject` (a mail address, a network).

    Raises:
        RateLimited: If the window's limit is used up.
    """
    key, left = _window(rate, subject, now)
    cache.add(key, 0, rate.seconds)
    try:
        used = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        return
    _judge(rate, used, left)


def check(rate: Rate, subject: str, *, now: datetime) -> None:
    """Look whether `subject` is over the limit, without counting: for the twin of what was counted already.

    Raises:
        RateLimited: If the window's limit is used up.
    """
    key, left = _window(rate, subject, now)
    _judge(rate, cache.get(key, 0), left)


def network_of(request: HttpRequest) -> str:
    """Return the visitor's address, an IPv6 one as its /64 network.

    `X-Forwarded-For` is believed only as far as there are proxies of ours (`TRUSTED_PROXY_COUNT`): each appends the
    address that it saw, so the visitor's is that many from the right.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if proxies := settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        address = seen[-proxies] if len(seen) >= proxies else address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def _window(rate: Rate, subject: str, now: datetime) -> tuple[str, int]:
    """Return the counter's key, and the seconds until its window ends."""
    window, elapsed = divmod(int(now.timestamp()), rate.seconds)
    hashed = sha256(_normal(subject).encode()).hexdigest()[:32]
    return f"rate:{rate.scope}:{hashed}:{window}", rate.seconds - elapsed


def _judge(rate: Rate, used: int, seconds_left: int) -> None:
    if used > rate.limit:
        raise RateLimited(minutes=-(-seconds_left // 60))


def _normal(subject: str) -> str:
    """Return one spelling for what the eye or a mail server takes as the same."""
    return unicodedata.normalize("NFKD", subject).casefold().strip()

"""Limits at the edge: who a visitor is, and what is answered to whoever comes too often. Counted by the core."""

import ipaddress
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _, ngettext

from festival.core.limits import Rate, RateLimited, Use
from festival.text import typography

HOUR = 60


# How wide an IPv6 network is looked at, and how many times a limit it may use up: a phone or a server has a /64, a home
# a /56, a company a /48 (RIPE-690, RFC 6177), and each may use as many /64 of it as it likes. A mobile carrier gives
# each phone a /64 of its own, so that what is wider may also be many people.
WIDTHS = ((64, 1), (56, 4), (48, 16))
HOME_WIDTH = 56


def uses_by_network(rate: Rate, request: HttpRequest, *, amount: int = 1) -> list[Use]:
    """Return what to count for a limit per network: one use of an IPv4 address, one of each width of an IPv6 one."""
    ip = _address_of(request)
    if not isinstance(ip, ipaddress.IPv6Address):
        return [Use(rate, network_of(request), amount)]
    return [Use(replace(rate, limit=rate.limit * times), _within(ip, width), amount) for width, times in WIDTHS]


def network_of(request: HttpRequest) -> str:
    """Return the visitor's IPv4 address, or the narrowest network of an IPv6 one; "unknown" if there is none."""
    ip = _address_of(request)
    return _within(ip, WIDTHS[0][0]) if isinstance(ip, ipaddress.IPv6Address) else str(ip or "unknown")


def home_of(request: HttpRequest) -> str:
    """Return the network by which what came from one place is found again: of IPv6 as wide as homes have it."""
    ip = _address_of(request)
    return _within(ip, HOME_WIDTH) if isinstance(ip, ipaddress.IPv6Address) else network_of(request)


def _within(ip: ipaddress.IPv6Address, width: int) -> str:
    return str(ipaddress.IPv6Network((int(ip), width), strict=False))


def _address_of(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the visitor's address, an IPv4 one that is written as IPv6 as what it is; None if it cannot be read.

    `X-Forwarded-For` is believed only as far as there are proxies of ours (`TRUSTED_PROXY_COUNT`): each appends the
    address that it saw, so the visitor's is that many from the right. Whatever stands before it may be forged.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if proxies := settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        address = seen[-proxies] if len(seen) >= proxies else address
    try:
        ip = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def slow_down(error: RateLimited, now: datetime) -> str:
    """Return what to say to somebody who tried too often, with the time at which to come back."""
    back = typography.local(now + timedelta(minutes=error.minutes))
    told = {"time": typography.clock_time(back), "minutes": error.minutes, "day": typography.plain_date(back)}
    if error.minutes > HOUR:
        return _("That was many attempts in a short time. Please try again on %(day)s at %(time)s.") % told
    sentence = ngettext(
        "That was many attempts in a short time. Please try again in a minute, at %(time)s.",
        "That was many attempts in a short time. Please try again in %(minutes)s minutes, at %(time)s.",
        error.minutes,
    )
    return sentence % told


def too_many(response: HttpResponse, error: RateLimited) -> HttpResponse:
    """Make of `response` the answer to whoever came too often: 429, and when to come back (RFC 6585, RFC 9110)."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(error.seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many_page(request: HttpRequest, error: RateLimited, now: datetime) -> HttpResponse:
    """Return a page that says so, for what has no form of its own to say it in."""
    page = render(request, "429.html", {"sentence": slow_down(error, now), "back": request.get_full_path()})
    return too_many(page, error)


def _without_port(address: str) -> str:
    """Return the address alone; some proxies write `198.51.100.7:4711` or `[2001:db8::1]:4711`."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address

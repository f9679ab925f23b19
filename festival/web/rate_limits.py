"""Limits at the edge: who a visitor is, and what is answered to whoever comes too often. Counted by the core."""

import ipaddress
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _, ngettext

from festival.core.limits import RateLimited
from festival.text import typography

HOUR = 60


def network_of(request: HttpRequest) -> str:
    """Return the visitor's address, an IPv6 one as its /64 network, which one household or one attacker has whole.

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
        return "unknown"
    if ip.version == 6:
        return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
    return str(ip)


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

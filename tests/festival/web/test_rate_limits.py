"""Who a visitor is, and what is answered to whoever comes too often."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from festival.core.limits import RateLimited
from festival.text.typography import NBSP
from festival.web import rate_limits

NOON = dt.datetime(2027, 5, 2, 10, 0, tzinfo=dt.UTC)  # in Paris


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "network"),
    [
        (0, "203.0.113.9", "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8:1:2::7]:4711", "10.0.0.1", "2001:db8:1:2::/64"),
        (0, "", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (0, "", "2001:db8:1:2:bbbb:cccc:dddd:eeee", "2001:db8:1:2::/64"),
        (0, "", "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "nonsense", "10.0.0.1", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_a_visitor_is_known_by_what_our_own_proxies_saw(settings, proxies, forwarded, remote, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})

    assert rate_limits.network_of(request) == network


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("fr", 30, f"dans une minute, à 12{NBSP}h{NBSP}01"),
        ("fr", 361, f"dans 7{NBSP}minutes, à 12{NBSP}h{NBSP}07"),
        ("en", 361, "in 7 minutes, at 12:07"),
        ("en", 7200, f"on Sunday 2{NBSP}May{NBSP}2027 at 14:00"),
    ],
)
def test_a_sentence_says_when_to_come_back(language, seconds, said):
    with override(language):
        assert said in rate_limits.slow_down(RateLimited(scope="x", seconds=seconds), NOON)


def test_programs_are_told_too():
    response = rate_limits.too_many(HttpResponse("…"), RateLimited(scope="x", seconds=361))

    assert (response.status_code, response["Retry-After"]) == (429, "361")

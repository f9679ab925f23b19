"""How often something may be done."""

import datetime as dt

import pytest
from django.test import RequestFactory

from festival.web import rate_limits
from festival.web.rate_limits import Rate, RateLimited

TWICE = Rate("test", limit=2, seconds=600)
START = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)


def test_the_third_time_is_too_often_until_the_window_ends():
    for _ in range(2):
        rate_limits.count(TWICE, "camille@example.org", now=START)

    with pytest.raises(RateLimited) as caught:
        rate_limits.count(TWICE, "camille@example.org", now=START + dt.timedelta(minutes=4, seconds=30))

    assert caught.value.minutes == 6
    rate_limits.count(TWICE, "camille@example.org", now=START + dt.timedelta(minutes=10))


@pytest.mark.parametrize("spelling", ["CAMILLE@example.org", " camille@example.org ", "ｃamille@example.org"])
def test_another_spelling_is_the_same_subject(spelling):
    for _ in range(2):
        rate_limits.count(TWICE, "camille@example.org", now=START)

    with pytest.raises(RateLimited):
        rate_limits.count(TWICE, spelling, now=START)


def test_scopes_and_subjects_are_counted_apart():
    for _ in range(2):
        rate_limits.count(TWICE, "camille@example.org", now=START)

    rate_limits.count(TWICE, "aicha@example.org", now=START)
    rate_limits.count(Rate("other", limit=1, seconds=600), "camille@example.org", now=START)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "network"),
    [
        (0, "203.0.113.9", "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "nonsense", "10.0.0.1", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_a_visitor_is_known_by_what_our_own_proxies_saw(settings, proxies, forwarded, remote, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})

    assert rate_limits.network_of(request) == network

"""Who a visitor is, and what is answered to whoever comes too often."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from festival.core import limits
from festival.core.limits import Rate, RateLimited
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


def ask_from(address):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def uses_until_refused(addresses, rate):
    """Return how many of the requests, each from the next address, a limit lets through."""
    passed = 0
    for address in addresses:
        try:
            limits.count_all(rate_limits.uses_by_network(rate, ask_from(address)), now=NOON)
        except RateLimited:
            break
        passed += 1
    return passed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "count", "passed"),
    [
        ("2001:db8:1:2::{:x}", 100, 5),  # one /64, as a phone or a rented server has it
        ("2001:db8:1:2{:02x}::1", 256, 20),  # one /56, as a home has it
        ("2001:db8:1:{:02x}00::1", 256, 80),  # one /48, as a company has it, a new /56 each time
        ("2001:db8:{:x}::1", 100, 100),  # strangers
        ("198.51.100.{}", 100, 100),
        ("::ffff:198.51.100.7", 100, 5),
    ],
)
def test_one_network_has_one_limit_however_many_addresses_it_has(form, count, passed):
    rate = Rate("test", limit=5, seconds=600)

    assert uses_until_refused(map(form.format, range(count)), rate) == passed


@pytest.mark.django_db
def test_a_neighbour_in_a_wider_network_is_not_hurt_by_one_household():
    """Phones of one carrier: one uses up all that a /56 may, the others in the same /48 go on."""
    rate = Rate("test", limit=5, seconds=600)
    uses_until_refused([f"2001:db8:1:1{number:02x}::1" for number in range(256)], rate)

    assert uses_until_refused(["2001:db8:1:2::1"] * 9, rate) == 5


def test_orders_of_one_home_are_found_together():
    found = {rate_limits.home_of(ask_from(f"2001:db8:1:2{number:02x}::{number}")) for number in range(256)}

    assert found == {"2001:db8:1:200::/56"}
    assert rate_limits.home_of(ask_from("198.51.100.7")) == "198.51.100.7"


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

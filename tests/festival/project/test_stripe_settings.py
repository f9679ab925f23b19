"""How Stripe is reached: keys of the real one, or the demonstration's own."""

import environ
import pytest

from festival.project.environment import stripe
from festival.web import policies

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def given(monkeypatch):
    """Return a function that reads the settings out of an environment of these variables alone."""

    def read(*, demo=False, base=BASE, **variables):
        for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE", "STRIPE_PAGES"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return stripe(environ.Env(), base, demo=demo)

    return read


def test_without_a_key_nothing_is_reached(given):
    found = given()
    assert (found.key, found.pages, found.stand_in) == ("", (), None)


def test_real_keys(given):
    found = given(STRIPE_SECRET_KEY="sk_live_1", STRIPE_WEBHOOK_SECRET="whsec_1")
    assert (found.key, found.webhook_secret, found.api_base) == ("sk_live_1", "whsec_1", "https://api.stripe.com")
    assert found.pages == ("https://checkout.stripe.com",)


def test_pages_on_a_domain_of_ones_own(given):
    found = given(STRIPE_SECRET_KEY="sk_live_1", STRIPE_PAGES="https://pay.example.org")
    assert found.pages == ("https://pay.example.org",)


@pytest.mark.parametrize(
    ("base", "api_base", "place"),
    [
        (BASE, "http://127.0.0.1:8001", ("127.0.0.1", 8001)),
        ("http://localhost", "http://localhost:81", ("localhost", 81)),
    ],
)
def test_the_demonstration_has_a_stand_in_one_port_further(given, base, api_base, place):
    found = given(demo=True, base=base)
    assert (found.api_base, found.pages, found.stand_in) == (api_base, (api_base,), place)


def test_the_demonstration_with_keys_speaks_to_the_real_one(given):
    assert given(demo=True, STRIPE_SECRET_KEY="sk_test_1").stand_in is None


def test_the_stand_in_elsewhere(given):
    assert given(demo=True, STRIPE_API_BASE="http://127.0.0.1:9000/").stand_in == ("127.0.0.1", 9000)


def test_forms_may_lead_to_the_pages_alone():
    policy = policies.paying_at("https://checkout.stripe.com")
    assert policy["form-action"] == ["'self'", "https://checkout.stripe.com"]
    assert policy | {"form-action": policies.PUBLIC["form-action"]} == policies.PUBLIC

"""The addresses of guests: one that the buyer hands on, and one that only the guest's mail names."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from tickets.models import Guest


def own_token(guest: Guest) -> str:
    """Return what the address in the guest's mail has besides the secret that the buyer knows too."""
    seen = f"{guest.secret}:{guest.email}"
    return salted_hmac("tickets.guest.own", seen, algorithm="sha256").hexdigest()[:40]


def is_own_token(guest: Guest, token: str) -> bool:
    """Return whether the address is the guest's own, in constant time; nobody's before it is filled in."""
    return constant_time_compare(token, own_token(guest)) and guest.filled_at is not None


def invitation(guest: Guest) -> str:
    """Return the address that the buyer hands on, absolute, in the language of the order."""
    with override(guest.order.language):
        return settings.BASE_URL + reverse("tickets-guest", args=[guest.secret])


def own_address(guest: Guest) -> str:
    """Return the address of the guest's own page, absolute, in their language."""
    with override(guest.language):
        return settings.BASE_URL + reverse("tickets-guest-own", args=[guest.secret, own_token(guest)])

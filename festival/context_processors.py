"""What every template may know without asking the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from festival import clock
from festival.moments import COOKIE, DEFAULT, MOMENTS


def site(request: HttpRequest) -> dict[str, Any]:
    """Return, in the demonstration, its clock and the moments it can be moved to."""
    if not settings.DEMO:
        return {"DEMO": False}
    return {
        "DEMO": True,
        "demo_moments": MOMENTS.values(),
        "demo_moment": request.COOKIES.get(COOKIE, DEFAULT),
        "festival_now": clock.now(),
    }

"""What every template may know of the demonstration without asking the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from festival.demo.clock_stops import CLOCK_STOPS, COOKIE, DEFAULT
from festival.time import clock


def demo_clock(request: HttpRequest) -> dict[str, Any]:
    """Return, in the demonstration, its clock and the stops it can be moved to."""
    if not settings.DEMO:
        return {"DEMO": False}
    return {
        "DEMO": True,
        "demo_clock_stops": CLOCK_STOPS.values(),
        "demo_clock_stop": request.COOKIES.get(COOKIE, DEFAULT),
        "festival_now": clock.now(),
    }

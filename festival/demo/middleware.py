"""The demonstration's clock, for each visitor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from festival.demo.clock_stops import CLOCK_STOPS, COOKIE
from festival.time import clock

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClockMiddleware:
    """In the demonstration, show the time that the visitor has chosen in the bar at the top."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stop = CLOCK_STOPS.get(request.COOKIES.get(COOKIE, "")) if settings.DEMO else None
        with clock.showing(f"start:{stop.at}" if stop else None):
            return self.get_response(request)

"""The demonstration's own addresses."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from festival.demo.clock_stops import CLOCK_STOPS, COOKIE


@require_GET
def move_clock(request: HttpRequest, key: str) -> HttpResponse:
    """Move this visitor's clock to a stop of the year and go back to the page they were on."""
    if key not in CLOCK_STOPS:
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)  # what was typed is an address, never the name of one
    response.set_cookie(COOKIE, key, max_age=60 * 60 * 24, httponly=True, samesite="Lax")
    return response

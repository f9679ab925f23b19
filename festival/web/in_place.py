"""Parts of a page that a script exchanges in place, by htmx: the same view and template answer both (decision 0048).

Without the script, the same forms bring whole pages. With it, a form that changed is posted with `LOOK`: it is checked,
nothing is done, and of the fields that nobody has been in yet (all but `SEEN`) nothing is said.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

LOOK = "look"
SEEN = "seen"


def only_looks(request: HttpRequest) -> bool:
    """Return whether what was posted is only to be checked."""
    return LOOK in request.POST


def seen(request: HttpRequest) -> list[str]:
    """Return the names of the fields that somebody has been in."""
    return request.POST.getlist(SEEN)


def render_part(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, part: str = "part", status: int = 200
) -> HttpResponse:
    """Answer with a page, or with a part of its template (`partialdef`) where a script asks; "" for a page always."""
    asked: Any = request
    name = f"{template}#{part}" if asked.htmx and part else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response

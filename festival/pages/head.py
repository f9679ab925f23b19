"""What the head of every public page says of it: its one address, its twins, whether search engines may list it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from festival.text.languages import installed_languages, main_language

FILTERED = "noindex, follow"


@dataclass(frozen=True, slots=True)
class Head:
    """The addresses of a page, all of them full.

    `canonical` is the one under which search engines list it, without filters; empty for what they must not list.
    `twins` has the page in each language that it exists in, itself included, and `default` the one for everybody else.
    """

    canonical: str = ""
    twins: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    robots: str = ""


def full(path: str) -> str:
    """Return the full address of a path of this site."""
    return path if path.startswith(("http://", "https://")) else settings.BASE_URL.rstrip("/") + iri_to_uri(path)


def head_of(request: HttpRequest | None, context: Mapping[str, Any], robots: str = "") -> Head:
    """Return the head of the page that `request` asked for.

    Of the template's `context` it reads `alternates` (language -> path, for pages of the CMS), `is_filtered`, and the
    number of a list's page in `posts`. `robots` is what the template says itself, such as `noindex`.
    """
    if request is None or robots:
        return Head(robots=robots)
    page = getattr(context.get("posts"), "number", 1)
    query = f"?page={page}" if page > 1 else ""
    canonical = full(request.path) + query
    if context.get("is_filtered"):
        return Head(canonical=canonical, robots=FILTERED)
    twins = {} if query else {code: full(path) for code, path in _twins(request, context).items()}
    default = twins.get(main_language()) or next(iter(twins.values()), "")
    return Head(canonical, twins, default)


def _twins(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, str]:
    if alternates := context.get("alternates"):
        return dict(alternates)
    own = request.path.split("/")[1]
    paths = {code: twin(request, code) for code in installed_languages()}
    return {code: path for code, path in paths.items() if code == own or path != request.path}


def twin(request: HttpRequest, code: str) -> str:
    """Return the path of what was asked for in another language; its own where there is none.

    As `translate_url` does, which resolves anew what this request was resolved to already: a fifth of a small page.
    """
    match = request.resolver_match
    if match is None:
        return translate_url(request.path, code)
    with override(code):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return request.path

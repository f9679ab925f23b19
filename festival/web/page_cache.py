"""Whole pages for visitors without a session, kept until something is published.

Wagtail needs about ten queries to serve a page; with this a warm page costs one (decision 0005).

One answer is kept for each address, never for what stands behind its question mark: strangers could fill the cache with
that. Parameters that the view does not read (`utm_source`) find the same answer; those that it reads find none.

What a page has for one visitor alone are the random numbers of its forms. They are taken out of what is kept, and
everybody who is answered with it gets numbers of their own (decision 0048).
"""

import re
import uuid
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.cache import patch_vary_headers

from festival.core.writing import site_generation
from festival.time import clock
from festival.web.areas import area_of

SECONDS = 20  # live figures inside a page (places left) may be this old
PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}  # with one of these, a page may be made for one visitor
_TOKEN = b"csrfmiddlewaretoken"
# As Django draws a hidden field: the name, then the value.
_NUMBERS = re.compile(rb'(<input type="hidden" name="(csrfmiddlewaretoken|form_token)" value=")[^"]*')


class PageCacheMiddleware:
    """Serve and keep answers that a view has marked with `response.cache_page = True`.

    `response.cache_reads` names the parameters of the query string that the view looks at, none if it is missing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_anonymous_read(request):
            return self.get_response(request)
        key = self._key(request)
        if (kept := cache.get(key)) is not None and kept[2].isdisjoint(request.GET):
            content, headers, _reads = kept
            return self._answer(request, content, headers)
        response = self.get_response(request)
        if _may_be_kept(response):
            patch_vary_headers(response, ["Cookie"])
            response.headers.setdefault("Cache-Control", "no-cache")
            if not request.META.get("QUERY_STRING"):
                reads = frozenset(getattr(response, "cache_reads", ()))
                content = _NUMBERS.sub(rb"\1", response.content)
                cache.set(key, (content, dict(response.items()), reads), SECONDS)
        return response

    def _answer(self, request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
        """Answer with a kept page; its forms get the numbers of this visitor."""
        if not _NUMBERS.search(content):
            return HttpResponse(content, headers=headers)
        self.csrf.process_request(request)
        token = get_token(request).encode()

        def filled(field: re.Match[bytes]) -> bytes:
            return field[1] + (token if field[2] == _TOKEN else str(uuid.uuid4()).encode())

        response = HttpResponse(_NUMBERS.sub(filled, content), headers=headers)
        self.csrf.process_response(request, response)
        return response

    def _is_anonymous_read(self, request: HttpRequest) -> bool:
        return request.method == "GET" and not PERSONAL.intersection(request.COOKIES) and area_of(request.path).is_kept

    def _key(self, request: HttpRequest) -> str:
        moment = int(clock.now().timestamp()) // SECONDS
        seen = f"{request.get_host()}|{request.path}|{site_generation()}|{moment}"
        return "page:" + sha256(seen.encode()).hexdigest()


def kept_private[R: HttpResponseBase](response: R) -> R:
    """Keep a page that a secret in its address opens out of caches, search engines and referrers, and return it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return kept_by_nobody(response)


def kept_by_nobody[R: HttpResponseBase](response: R) -> R:
    """Keep an answer out of caches, and its address out of referrers, and return it; search engines may list it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "strict-origin"  # the origin alone: a form's CSRF check needs that much
    return response


def _may_be_kept(response: HttpResponse) -> bool:
    """Return whether an answer is the same for everybody, but for the numbers of its forms and the cookie of one."""
    is_marked = getattr(response, "cache_page", False) and response.status_code == 200
    return bool(is_marked and set(response.cookies) <= {settings.CSRF_COOKIE_NAME})

"""Middleware: a policy per path, the language of a page, a second factor for staff."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation
from django.utils.csp import CSP, build_policy

from festival.web import policies
from festival.web.accounts import lacks_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]

NO_CAMERA = "camera=(), microphone=(), geolocation=(), payment=()"
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()"


class PathPolicyMiddleware:
    """Give `/cms/` and `/scan/` a content policy of their own; Django's middleware leaves an existing header alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/cms/"):
            response.headers.setdefault(CSP.HEADER_ENFORCE.value, build_policy(policies.CMS))
        elif request.path.startswith("/scan/"):
            response.headers.setdefault(CSP.HEADER_ENFORCE.value, build_policy(policies.SCAN))
        response.headers.setdefault("Permissions-Policy", CAMERA if request.path.startswith("/scan/") else NO_CAMERA)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Add a missing language to the address of a page, but leave areas without language prefix alone."""

    UNPREFIXED = re.compile(r"/(api/|cms/|documents/|jury/|media/|scan/|(\d+/)?schedule)")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let what is missing in such an area be missing: Django would look for it below /fr/."""
        if response.status_code == 404 and self.UNPREFIXED.match(request.path):
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


class SecondFactorMiddleware:
    """Send staff, jurors and door captains without a second factor to its set-up before anything they may do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and lacks_second_factor(request):
            return redirect("mfa_index")
        return self.get_response(request)

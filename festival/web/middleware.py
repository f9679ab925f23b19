"""Middleware: a policy per area, the language of a page, a second factor for staff."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation
from django.utils.csp import CSP, build_policy

from festival.web.accounts import lacks_second_factor
from festival.web.areas import area_of

GetResponse = Callable[[HttpRequest], HttpResponse]

NO_CAMERA = "camera=(), microphone=(), geolocation=(), payment=()"
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()"


class PathPolicyMiddleware:
    """Give each area its policies; Django's middleware leaves an existing header alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        area = area_of(request.path)
        if area.policy is not None:
            response.headers.setdefault(CSP.HEADER_ENFORCE.value, build_policy(area.policy))
        response.headers.setdefault("Permissions-Policy", CAMERA if area.uses_camera else NO_CAMERA)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Add a missing language to the address of a page, but leave areas without language prefix alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let what is missing in such an area be missing: Django would look for it below the language."""
        if response.status_code == 404 and not area_of(request.path).has_language:
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

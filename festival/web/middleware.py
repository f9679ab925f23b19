"""Middleware: what is sent made legible, policies, the language and the print of a page, what guards the accounts."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP, build_policy
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from festival.core import limits
from festival.core.limits import RateLimited
from festival.text import spacing
from festival.text.languages import main_language
from festival.text.preference import general_form
from festival.time import clock
from festival.typed import cleaning
from festival.typed.keys import is_address, is_key
from festival.web import account_limits, accounts, mail_codes, rate_limits
from festival.web.areas import area_of
from festival.web.charset import is_read

_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
_REDIRECTS = {301, 302, 303}
_NEXT = "next"  # where to go on, in Django, allauth and Wagtail
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")

GetResponse = Callable[[HttpRequest], HttpResponse]

NO_CAMERA = "camera=(), microphone=(), geolocation=(), payment=()"
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()"


class CharsetMiddleware:
    """Answer 415 to a body in another encoding than UTF-8, before anything reads it.

    The address is UTF-8 whatever a content type says; Django would read its query in the encoding of the body.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = None  # type: ignore[assignment]  # UTF-8
        named = (request.content_params or {}).get("charset")
        if request.method not in _WITHOUT_BODY and not is_read(named):
            return render(request, "400.html", {"is_charset": True}, status=415)
        return self.get_response(request)


class LegibleRequestMiddleware:
    """Take out of queries and forms what nobody can see, for the views that read them by hand.

    PostgreSQL refuses NUL even in a search, and the XML of a feed half of the controls. What asks to go on to an
    address that cannot be taken apart goes nowhere: the views of accounts would fail on it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _CONTROLS.search(request.path_info):
            raise BadRequest("An address holds no controls.")
        for name in [name for name, value in request.COOKIES.items() if _CONTROLS.search(value)]:
            del request.COOKIES[name]  # none of ours; PostgreSQL would fail on a NUL in the key of a session
        if not _is_legible(request.GET):
            request.GET = _legible(request.GET)  # type: ignore[assignment]  # it is closed again
        try:
            if not _is_legible(request.POST):
                request.POST = _legible(request.POST)  # type: ignore[assignment]
        except (UnreadablePostError, OverflowError) as error:  # the latter at a length that no body has
            raise BadRequest("The form was cut off on its way.") from error
        return self.get_response(request)


def _is_legible(sent: QueryDict) -> bool:
    return all(map(is_address, sent.getlist(_NEXT))) and all(
        cleaning.is_legible(text) for name, texts in sent.lists() for text in (name, *texts)
    )


def _legible(sent: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        cleaned.setlist(cleaning.legible(name), [cleaning.legible(text) for text in texts])
    if not all(map(is_address, cleaned.getlist(_NEXT))):
        del cleaned[_NEXT]
    cleaned._mutable = False  # noqa: SLF001 -- as Django leaves the one it makes
    return cleaned


class ChosenRowMiddleware:
    """Answer 404 to the number of a row that none can have.

    Wagtail would fail on what is no number for a chooser or a snippet, and every database on one that is too long.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """Look at the address before the view does. Raises Http404."""
        match = request.resolver_match
        if any(type(value) is int and not is_key(str(value)) for value in kwargs.values()):
            raise Http404
        asks_wagtail = match and (match.url_name == "chosen" or match.namespace.startswith("wagtailsnippets_"))
        if asks_wagtail and not is_key(str(kwargs.get("pk", "0"))):
            raise Http404


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


class PrintedMiddleware:
    """Set the spaces and apostrophes of public pages as a printer does; stands innermost, so that caches keep that."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and area_of(request.path).has_language:
            is_french = general_form(translation.get_language() or main_language()) == "fr"
            response.content = spacing.printed(response.text, is_french=is_french).encode()
        return response


class SecondFactorMiddleware:
    """Send staff, jurors and door captains without a second factor to its set-up before anything they may do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and accounts.lacks_second_factor(request):
            return redirect("mfa_index")
        return self.get_response(request)


class AccountGuardMiddleware:
    """Limit what is posted to the account's pages, ask for a mailed code where one is needed, send mails afterwards."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if mails := accounts.waiting_mails(request):
            _after(response, partial(_send_all, mails))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop a request that comes too often, or before its code."""
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if request.method == "POST":
            try:
                limits.count_all(account_limits.uses_of(request, name), now=timezone.now())
            except RateLimited as error:
                return rate_limits.too_many_page(request, error, clock.now())
        if mail_codes.is_needed(request, name):
            return redirect(f"{reverse('account-mail-code')}?{urlencode({'next': request.get_full_path()})}")
        return None


def _send_all(mails: list[EmailMessage]) -> None:
    for mail in mails:
        accounts.send(mail)


def _after(response: HttpResponse, what: Callable[[], object]) -> None:
    """Do something when the answer has gone out."""
    close = response.close

    def close_and_do() -> None:
        close()
        what()

    response.close = close_and_do  # type: ignore[method-assign]


class FollowedInPlaceMiddleware:
    """Let the browser follow a redirect that a script of ours gets (`in_place`): it leads to another page.

    The script itself would fetch that page unseen, and put it into this one. Stands within `HtmxMiddleware`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked: Any = request
        if asked.htmx and response.status_code in _REDIRECTS:
            followed = HttpResponseClientRedirect(response.headers["Location"])
            for name in response.headers.keys() - {"Location", "Content-Length"}:
                followed.headers.setdefault(name, response.headers[name])
            followed.cookies = response.cookies
            return followed
        return response

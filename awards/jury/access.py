"""Who may open the jury's pages, and in which language these unprefixed addresses answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

from awards.jury.queries import juror_of
from awards.models import Call, Juror

type JurorView[**P] = Callable[Concatenate[HttpRequest, Juror, P], HttpResponse]
type ChairView[**P] = Callable[Concatenate[HttpRequest, Call, P], HttpResponse]


def for_jurors[**P](view: JurorView[P]) -> Callable[..., HttpResponse]:
    """Let members of the current jury in and hand the view their seat; others get the 403 page."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if answer := chosen_language(request):
            return answer
        juror = juror_of(request.user)  # type: ignore[arg-type]  # login_required
        if juror is None:
            raise PermissionDenied
        return view(request, juror, *args, **kwargs)

    return wrapped


def for_the_chair[**P](view: ChairView[P]) -> Callable[..., HttpResponse]:
    """Let the chair in, and organisers with the permission to run the jury; hand the view the call."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if answer := chosen_language(request):
            return answer
        juror = juror_of(request.user)  # type: ignore[arg-type]  # login_required
        call = juror.call if juror and juror.is_chair else None
        if call is None and request.user.has_perm("awards.run_jury"):
            call = Call.objects.current()
        if call is None:
            raise PermissionDenied
        return view(request, call, *args, **kwargs)

    return wrapped


def chosen_language(request: HttpRequest) -> HttpResponse | None:
    """Remember a language chosen by `?lang=` in Django's own cookie and come back to the clean address."""
    language = request.GET.get("lang")
    if request.method != "GET" or language not in dict(settings.LANGUAGES):
        return None
    response = HttpResponseRedirect(request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def page_context(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """Return the context of an unprefixed page: its twins are the same address with `?lang=`."""
    return context | {"alternates": {code: f"{request.path}?lang={code}" for code, _name in settings.LANGUAGES}}

"""Who may open a jury's pages, and in which language these unprefixed addresses answer.

What is sent while the session has ended is not lost: it waits in the new session for whoever typed it. Every form says
who that is in `typed_by`, so that it never becomes the card of somebody else who signed in in the same browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from awards.jury.queries import has_cards_to_hand_in, seat_of
from awards.jury.rounds import JudgingState, current_round, judging_state
from awards.models import Call, Entry, Juror, Recusal, Round
from festival.core.limits import Rate, RateLimited, count_all
from festival.models import User
from festival.time import clock
from festival.web.rate_limits import uses_by_network
from festival.web.views import typed_fields

TYPED = "typed before signing in"  # the session's key
LONGEST_TYPED = 64_000  # characters; no form of ours takes more
KEPT_PER_NETWORK = Rate("jury-typed-network", limit=60, seconds=3600)  # a whole jury may share a network
MOST_TYPED = 5  # pages whose last sending waits


@dataclass(frozen=True, slots=True)
class Seat:
    """A juror at work: whose seat it is, and the round that the jury is in."""

    juror: Juror
    call: Call
    round: Round
    state: JudgingState


@dataclass(frozen=True, slots=True)
class Chair:
    """Somebody who follows a jury's round; `juror` is their own seat in it, if they have one.

    `must_wait` while they still owe a card: whoever judges sees nothing of the others before.
    """

    user: User
    juror: Juror | None
    call: Call
    round: Round
    state: JudgingState
    must_wait: bool

    @property
    def is_chair(self) -> bool:
        """Whether it is the chair, not an organiser who looks after the jury."""
        return self.juror is not None and self.juror.is_chair

    @property
    def hides_applicants(self) -> bool:
        """Whether it is a member of the jury in a blind round, who may still change a card."""
        return self.juror is not None and self.round.is_blind and self.state != JudgingState.OVER

    def has_stepped_back_from(self, entry: Entry) -> bool:
        """Return whether it is a member of the jury who stepped back from the project."""
        return self.juror is not None and Recusal.objects.filter(juror=self.juror, entry=entry).exists()


type JurorView[**P] = Callable[Concatenate[HttpRequest, Seat, P], HttpResponseBase]
type ChairView[**P] = Callable[Concatenate[HttpRequest, Chair, P], HttpResponseBase]


def for_jurors[**P](view: JurorView[P]) -> Callable[..., HttpResponseBase]:
    """Let members of the call's jury in and hand the view their seat; others get the 403 page."""

    @for_people
    @wraps(view)
    def wrapped(request: HttpRequest, call_slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        juror = seat_of(_user(request), call_slug)
        if juror is None:
            raise PermissionDenied
        now = clock.now()
        judged = current_round(juror.call, now)
        if judged is None:
            return render(request, "awards/jury/no_round.html", page_context(request, call=juror.call))
        return view(request, Seat(juror, juror.call, judged, judging_state(judged, now)), *args, **kwargs)

    return wrapped


def for_the_chair[**P](view: ChairView[P]) -> Callable[..., HttpResponseBase]:
    """Let the chair of the call's jury in, and organisers with the permission to run juries."""

    @for_people
    @wraps(view)
    def wrapped(request: HttpRequest, call_slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = _user(request)
        juror = seat_of(user, call_slug)
        call = juror.call if juror and juror.is_chair else None
        if call is None and user.has_perm("awards.run_jury"):
            call = juror.call if juror else Call.objects.filter(slug=call_slug).select_related("edition").first()
        if call is None:
            raise PermissionDenied
        now = clock.now()
        judged = current_round(call, now)
        if judged is None:
            return render(request, "awards/jury/no_round.html", page_context(request, call=call))
        state = judging_state(judged, now)
        must_wait = state != JudgingState.OVER and juror is not None and has_cards_to_hand_in(juror, judged)
        return view(request, Chair(user, juror, call, judged, state, must_wait), *args, **kwargs)

    return wrapped


def for_people(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let anybody in who is signed in, in the language of their choice; nothing of it is cached."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if request.POST.get("typed_by", str(request.user.pk)) != str(request.user.pk):
            return _typed_by_another(request)
        return chosen_language(request) or view(request, *args, **kwargs)

    return wrapped


def wants_json(request: HttpRequest) -> bool:
    """Return whether it is the page's script that asks."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what the signed-in person had sent to this address when nobody was signed in, until it is forgotten."""
    waiting = request.session.get(TYPED, {}).get(request.path)
    if waiting is None or waiting["by"] != str(request.user.pk):
        return None
    return QueryDict(waiting["data"])


def forget_typed(request: HttpRequest, path: str) -> None:
    """Drop what waits for an address: it is saved now."""
    waiting = request.session.get(TYPED, {})
    if path in waiting:
        del waiting[path]
        request.session[TYPED] = waiting


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a person to the sign-in and keep what they sent; tell a script that nothing is saved."""
    if wants_json(request):
        sentence = _("Not saved: you are no longer signed in.")
        return JsonResponse({"code": "signed_out", "message": sentence}, status=401)
    if "typed_by" in request.POST and len(data := request.POST.urlencode()) <= LONGEST_TYPED and _may_keep(request):
        waiting = request.session.get(TYPED, {})
        waiting.pop(request.path, None)
        waiting[request.path] = {"by": request.POST["typed_by"], "data": data}
        request.session[TYPED] = dict(list(waiting.items())[-MOST_TYPED:])
    return redirect_to_login(request.get_full_path())


def _may_keep(request: HttpRequest) -> bool:
    """Count what is kept for people who are not signed in: it fills the table of sessions."""
    try:
        count_all(uses_by_network(KEPT_PER_NETWORK, request), now=timezone.now())
    except RateLimited:
        return False
    return True


def _typed_by_another(request: HttpRequest) -> HttpResponse:
    """Save nothing under the wrong name; show what was sent, so that whoever typed it can take it along."""
    name = str(request.user)
    sentence = _("Not saved: somebody else, %(name)s, has signed in in this browser meanwhile.") % {"name": name}
    if wants_json(request):
        return JsonResponse({"code": "other_account", "message": sentence}, status=409)
    context = {"sentence": sentence, "fields": typed_fields(request)}
    return render(request, "awards/jury/typed_by_another.html", page_context(request, **context), status=409)


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


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # for_people lets nobody anonymous in

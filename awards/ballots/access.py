"""Who may open a ballot, and who sees what the ballots come to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from awards.ballots.queries import ballot_round, has_voted
from awards.jury.access import for_people, page_context
from awards.jury.queries import seat_of
from awards.jury.rounds import JudgingState, judging_state
from awards.models import Call, Juror, Round
from festival.models import User
from festival.time import clock


@dataclass(frozen=True, slots=True)
class Booth:
    """A person before a round without weighted marks; `juror` is their seat, if they have one."""

    user: User
    juror: Juror | None
    call: Call
    round: Round
    state: JudgingState

    @property
    def must_wait(self) -> bool:
        """Whether they still have to judge, and so see nothing of the others."""
        if self.juror is None or self.state == JudgingState.OVER:
            return False
        return self.round.mode == Round.Mode.PAIRWISE or not has_voted(self.juror, self.round)


type BoothView[**P] = Callable[Concatenate[HttpRequest, Booth, P], HttpResponse]


def for_voters[**P](view: BoothView[P]) -> Callable[..., HttpResponse]:
    """Let members of the call's jury in; others get the 403 page."""
    return _booth(view, may_enter=lambda _user, juror: juror is not None)


def for_counters[**P](view: BoothView[P]) -> Callable[..., HttpResponse]:
    """Let the chair of the call's jury in, and organisers with the permission to run juries."""
    return _booth(
        view, may_enter=lambda user, juror: bool(juror and juror.is_chair) or user.has_perm("awards.run_jury")
    )


def _booth(view: Callable[..., HttpResponse], *, may_enter: Callable[[User, Juror | None], bool]) -> Any:
    @for_people
    @wraps(view)
    def wrapped(request: HttpRequest, call_slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        user: User = request.user  # type: ignore[assignment]  # for_people lets nobody anonymous in
        juror = seat_of(user, call_slug)
        call = juror.call if juror else Call.objects.filter(slug=call_slug).select_related("edition").first()
        if call is None or not may_enter(user, juror):
            raise PermissionDenied
        now = clock.now()
        judged = ballot_round(call, now)
        if judged is None:
            return render(request, "awards/jury/no_round.html", page_context(request, call=call))
        return view(request, Booth(user, juror, call, judged, judging_state(judged, now)), *args, **kwargs)

    return wrapped

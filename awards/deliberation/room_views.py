"""The room over HTTP: the chair's page, the juror's, the one on the wall, and the minutes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from awards.deliberation import meeting, moving, queries
from awards.deliberation.pdf import minutes_pdf
from awards.deliberation.wording import sentence_of
from awards.exceptions import AwardsError
from awards.jury.access import Chair, Seat, for_jurors, for_the_chair, page_context
from awards.models import AgendaItem, Deliberation, Juror, Motion, MotionBallot, MotionVoter
from awards.results.views import once_done
from festival.models import User
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def room(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show the room to the chair, and do what they press."""
    found = queries.room_of(chair.round)
    if request.method == "POST":
        try:
            _act(request.POST, chair, found)
        except AwardsError as error:
            messages.error(request, sentence_of(error))
        return redirect("jury-room", chair.call.slug)
    view = queries.room_view(found, clock.now()) if found else None
    context = {"call": chair.call, "chair": chair, "round": chair.round, "state": chair.state, "view": view}
    return render(request, "awards/deliberation/room.html", page_context(request, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_jurors
def seat(request: HttpRequest, taken: Seat) -> HttpResponse:
    """Show a juror what the jury speaks of, and take their vote; of what they stepped back from, nothing."""
    found = queries.room_of(taken.round)
    if request.method == "POST":
        try:
            _take_part(request.POST, taken.juror, found)
        except AwardsError as error:
            messages.error(request, sentence_of(error))
        return redirect("jury-seat", taken.call.slug)
    view = queries.room_view(found, clock.now()) if found else None
    matter = view.current if view else None
    is_out = matter is not None and matter.is_out(taken.juror)
    motion = matter.open_motion if matter and not is_out else None
    context: dict[str, Any] = {"call": taken.call, "view": view, "matter": None if is_out else matter, "is_out": is_out}
    context["is_there"] = view is not None and taken.juror in view.present
    context["motion"] = motion
    context["has_voted"] = motion and MotionVoter.objects.filter(motion=motion, juror=taken.juror).exists()
    return render(request, "awards/deliberation/seat.html", page_context(request, **context))


@require_safe
@for_the_chair
@once_done
def wall(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show what everybody in the room may see, large: no marks, and no vote before it is counted."""
    found = _or_404(queries.room_of(chair.round))
    context = {"call": chair.call, "view": queries.room_view(found, clock.now())}
    return render(request, "awards/deliberation/wall.html", page_context(request, **context))


@require_safe
@for_the_chair
@once_done
def minutes(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Send the minutes as PDF; a draft until they are signed off."""
    found = _or_404(queries.room_of(chair.round))
    content = minutes_pdf(queries.room_view(found, clock.now()), queries.prize_lines(chair.call))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{chair.call.slug}.pdf"'
    return response


def _or_404(found: Deliberation | None) -> Deliberation:
    if found is None:
        raise Http404
    return found


def _act(typed: QueryDict, chair: Chair, found: Deliberation | None) -> None:
    """Do one thing to the room; what names nothing of it is left alone."""
    now, by = clock.now(), chair.user
    if found is None:
        meeting.open_room(round_id=chair.round.pk, by=by, now=now)
        return
    acts: dict[str, Callable[[], object]] = {
        "come": lambda: meeting.come(room_id=found.pk, juror_id=_juror(typed, found).pk, now=now),
        "leave": lambda: meeting.leave(room_id=found.pk, juror_id=_juror(typed, found).pk, now=now),
        "up": lambda: meeting.move_up(item_id=_item(typed, found).pk),
        "take": lambda: meeting.take_up(item_id=_item(typed, found).pk, now=now),
        "note": lambda: meeting.note(item_id=_item(typed, found).pk, outcome=typed.get("text", "")[:2000]),
        "propose": lambda: _propose(typed, found),
        "close": lambda: moving.close(motion_id=_motion(typed, found).pk, by=by, now=now),
        "sign": lambda: meeting.sign_off(room_id=found.pk, by=by, now=now),
        "add": lambda: _add(typed, found, by),
    }
    if act := acts.get(typed.get("do", "")):
        act()


def _add(typed: QueryDict, found: Deliberation, by: User) -> None:
    if title := typed.get("text", "").strip()[:160]:
        meeting.add_item(room_id=found.pk, title=title, by=by, now=clock.now())


def _propose(typed: QueryDict, found: Deliberation) -> None:
    if text := typed.get("text", "").strip()[:500]:
        item, proposer = _item(typed, found), _juror(typed, found)
        is_secret = "secret" in typed
        moving.propose(item_id=item.pk, proposer_id=proposer.pk, text=text, is_secret=is_secret, now=clock.now())


def _take_part(typed: QueryDict, juror: Juror, found: Deliberation | None) -> None:
    now, what = clock.now(), typed.get("do", "")
    if found is None:
        return
    if what == "come":
        meeting.come(room_id=found.pk, juror_id=juror.pk, now=now)
    elif what == "leave":
        meeting.leave(room_id=found.pk, juror_id=juror.pk, now=now)
    elif what == "vote" and typed.get("choice") in MotionBallot.Choice.values:
        moving.vote(motion_id=_motion(typed, found).pk, juror_id=juror.pk, choice=str(typed["choice"]), now=now)


def _number(typed: QueryDict, name: str) -> int:
    value = typed.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise Http404
    return int(value)


def _juror(typed: QueryDict, found: Deliberation) -> Juror:
    juror = Juror.objects.filter(call=found.round.call_id, pk=_number(typed, "juror")).first()
    if juror is None:
        raise Http404
    return juror


def _item(typed: QueryDict, found: Deliberation) -> AgendaItem:
    item = found.items.filter(pk=_number(typed, "item")).first()
    if item is None:
        raise Http404
    return item


def _motion(typed: QueryDict, found: Deliberation) -> Motion:
    motion = Motion.objects.filter(item__deliberation=found, pk=_number(typed, "motion")).first()
    if motion is None:
        raise Http404
    return motion

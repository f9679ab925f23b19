"""The evening over HTTP: how it is arranged, the paper for the host, and the screen above the stage.

The screen gets one scene at a time: before a winner is revealed no page has the name. Once the ceremony has begun the
script fetches the scenes that follow and keeps them in memory, out of the page: a hall in which the network drops
must not stop a ceremony, and whoever sits at the computer of the stage may know the winners anyway.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.ceremony import opening, placing
from awards.ceremony.forms import StepForm
from awards.ceremony.pdf import running_order_pdf
from awards.ceremony.queries import show_of, without_place
from awards.ceremony.wording import sentence_of
from awards.exceptions import AwardsError
from awards.jury.access import Chair, for_the_chair, forget_typed, page_context, typed_before, wants_json
from awards.models import CeremonyStep
from awards.results.views import once_done
from festival.time import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def ceremony(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show the running order, and do what is pressed; what is typed is a step of its own."""
    form = StepForm(request.POST if "title" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        return _pressed(request, chair)
    if form.is_valid():
        placing.add(call_id=chair.call.pk, details=form.details, by=chair.user, now=clock.now())
        messages.success(request, _("The step is added at the end."))
        return redirect("jury-ceremony", chair.call.slug)
    context: dict[str, Any] = {"call": chair.call, "show": show_of(chair.call, clock.now()), "form": form}
    context |= {"missing": without_place(chair.call), "now": clock.now()}
    status = 422 if form.is_bound else 200
    return render(request, "awards/ceremony/ceremony.html", page_context(request, **context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def step(request: HttpRequest, chair: Chair, pk: int) -> HttpResponse:
    """Change what a step says."""
    found = get_object_or_404(CeremonyStep.objects.select_related("prize"), call=chair.call, pk=pk)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = StepForm(typed, step=found)
    if request.method == "POST" and form.is_valid():
        placing.change(step_id=found.pk, details=form.details, by=chair.user, now=clock.now())
        forget_typed(request, request.path)
        messages.success(request, _("The step is changed."))
        return redirect("jury-ceremony", chair.call.slug)
    status = 422 if request.method == "POST" else 200
    context = {"call": chair.call, "step": found, "form": form}
    return render(request, "awards/ceremony/step.html", page_context(request, **context), status=status)


@require_safe
@for_the_chair
@once_done
def paper(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Send the running order for the host, winners included."""
    headers = {"Content-Disposition": f'attachment; filename="running-order-{chair.call.slug}.pdf"'}
    content = running_order_pdf(show_of(chair.call, clock.now()))
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_chair
@once_done
def stage(request: HttpRequest, chair: Chair, number: int = 0) -> HttpResponse:
    """Show one scene; a post from the last reveal lets everybody know, where the announcement says so."""
    if request.method == "POST":
        is_public = opening.end(call_id=chair.call.pk, by=chair.user, now=clock.now())
        if wants_json(request):
            return JsonResponse({"published": is_public})
        return redirect("jury-stage-scene", chair.call.slug, number)
    show = show_of(chair.call, clock.now())
    if number > show.last:
        raise Http404
    scene = show.scenes[number]
    context: dict[str, Any] = {"call": chair.call, "show": show, "scene": scene, "number": number}
    context |= {"line": show.line_of(scene), "before": number - 1, "behind": number + 1}
    context["decision"] = show.decision_of(scene) if show.has_begun else None
    return render(request, "awards/ceremony/stage.html", page_context(request, **context))


def _pressed(request: HttpRequest, chair: Chair) -> HttpResponse:
    try:
        answer = _act(request.POST, chair)
    except AwardsError as error:
        messages.error(request, sentence_of(error))
        answer = None
    return redirect(answer or "jury-ceremony", chair.call.slug)


def _act(typed: QueryDict, chair: Chair) -> str | None:
    """Do one thing to the evening, and return the name of the page that follows, if it is another."""
    now, by, call = clock.now(), chair.user, chair.call.pk
    acts: dict[str, Callable[[], object]] = {
        "lay_out": lambda: placing.lay_out(call_id=call, by=by, now=now),
        "up": lambda: placing.move(step_id=_step(typed, chair).pk, up=True),
        "down": lambda: placing.move(step_id=_step(typed, chair).pk, up=False),
        "remove": lambda: placing.remove(step_id=_step(typed, chair).pk, by=by, now=now),
        "begin": lambda: opening.begin(call_id=call, by=by, now=now),
        "rehearse": lambda: opening.rehearse(call_id=call, by=by, now=now),
        "end": lambda: opening.end(call_id=call, by=by, now=now),
    }
    pressed = typed.get("do", "")
    if act := acts.get(pressed):
        act()
    return "jury-stage" if pressed == "begin" else None


def _step(typed: QueryDict, chair: Chair) -> CeremonyStep:
    number = typed.get("step", "")
    found = chair.call.ceremony_steps.filter(pk=number).first() if number.isdecimal() and len(number) < 15 else None
    if found is None:
        raise Http404
    return found

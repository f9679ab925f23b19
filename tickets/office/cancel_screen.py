"""The office's screen on which one order, many, or all that have something in common are cancelled: first counted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from festival.cms.editions import chosen_edition
from festival.cms.recorded import actor_of
from festival.text import typography
from festival.time import clock
from tickets.office.forms import CancelForm, WhichOrdersForm
from tickets.orders import cancelling, queries
from tickets.orders.cancelling import Outcome

SHOWN = 20
CANCEL = "tickets.cancel_order"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CANCEL, raise_exception=True)
def cancel_orders(request: HttpRequest) -> HttpResponse:
    """Show which orders are meant and how many they are; POST cancels them, if they are still as many."""
    which = WhichOrdersForm(request.GET or None, edition=chosen_edition(request))
    if not (which.is_bound and which.is_valid()):
        return _page(request, {"which": which}, status=422 if which.errors else 200)
    found = queries.live_orders(which.edition, which.wanted())
    count = len(found)
    form = CancelForm(request.POST or None, initial={"count": count})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["count"] == count:
            return _cancel(request, found, form.cleaned_data)
        form = CancelForm(initial=form.cleaned_data | {"count": count})
        form.warning = _("Meanwhile other orders are meant. Look again before you cancel.")
    context = {"which": which, "form": form, "found": found[:SHOWN], "count": count, "more": max(0, count - SHOWN)}
    context["places"] = queries.count_places(found)
    return _page(request, context, status=422 if form.errors else 200)


def _cancel(request: HttpRequest, found: list[Any], data: dict[str, Any]) -> HttpResponse:
    done = cancelling.cancel_many(
        orders=found, actor=actor_of(request), now=clock.now(), reason=data["reason"], tell=data["tell"]
    )
    messages.success(request, _said(done))
    if done.stayed:
        stayed = ngettext(
            "%(count)s order stays: something was paid for it, or it ended meanwhile.",
            "%(count)s orders stay: something was paid for them, or they ended meanwhile.",
            done.stayed,
        )
        messages.warning(request, stayed % {"count": done.stayed})
    return redirect("order:index")


def _said(done: Outcome) -> str:
    numbers = {"orders": typography.number(done.orders), "places": typography.number(done.places)}
    orders = ngettext("%(orders)s order is cancelled.", "%(orders)s orders are cancelled.", done.orders) % numbers
    places = ngettext("%(places)s place is free again.", "%(places)s places are free again.", done.places) % numbers
    return f"{orders} {places}"


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "tickets/office/cancel.html", context, status=status)

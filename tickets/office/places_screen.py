"""The office's screen on which one session is opened for booking: its times, their places, and when booking runs."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from festival.cms.recorded import actor_of
from festival.time import clock
from program.models import Session
from tickets.exceptions import StockError
from tickets.office import wording
from tickets.office.forms import PlacesForm
from tickets.workshops import opening, queries
from tickets.workshops.opening import Sale

CHANGE = "tickets.change_quota"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the times of a session with their places; POST opens them."""
    session = get_object_or_404(Session.objects.select_related("edition", "section"), pk=pk)
    product = queries.product_of(session)
    initial = {"opens": product.sale_opens, "closes": product.sale_closes} if product else {"opens": clock.now()}
    form = PlacesForm(queries.times_of(session), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opening.open_places(
                session=session,
                sizes=form.sizes(),
                sale=Sale(form.cleaned_data["opens"], form.cleaned_data["closes"]),
                actor=actor_of(request),
                now=clock.now(),
            )
        except StockError as error:
            form.add_error(None, wording.refusal(error))
        else:
            messages.success(request, _("The places can be booked from the page of the session."))
            return redirect("session-places", pk)
    context = {
        "session": session,
        "form": form,
        "product": product,
        "takes_bookings": session.registration in queries.BOOKED,
    }
    return render(request, "tickets/office/places.html", context, status=422 if form.errors else 200)

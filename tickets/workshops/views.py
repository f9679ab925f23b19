"""Where places in sessions are booked and waited for: by anybody, or from an order with its tickets."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import in_place, rate_limits
from festival.web.in_place import render_part
from festival.web.page_cache import kept_private
from program.published.addresses import to_archive
from program.published.queries import Published
from tickets.exceptions import PlacesFree, SaleError, SoldOut, TicketRefused
from tickets.models import Order, Ticket, WaitingEntry
from tickets.orders import queries as order_queries
from tickets.orders.order_views import private
from tickets.orders.placing import Buyer
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import keep_files
from tickets.workshops import booking, queries, waiting, wording
from tickets.workshops.booking import Booking
from tickets.workshops.forms import BookingForm
from tickets.workshops.queries import Workshop

PER_NETWORK = Rate("workshop-network", limit=240, seconds=600)
PER_ADDRESS = Rate("workshop-address", limit=20, seconds=3600)
WAITING_PER_ADDRESS = Rate("workshop-waiting", limit=12, seconds=3600)
CODES_PER_NETWORK = Rate("workshop-codes", limit=60, seconds=600)
CLASHES_PER_NETWORK = Rate("workshop-clashes", limit=60, seconds=600)
CLASHES_PER_ADDRESS = Rate("workshop-clashes-address", limit=6, seconds=3600)
PLACES = "workshop-places"


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a session and the form that books a place in it; a post books, or joins the waiting list.

    A session of a past edition leads to its page in the archive.
    """
    found = queries.workshop(uuid)
    if found is None:
        return _to_archive(request, uuid)
    response = _answer(request, found, None)
    response.headers["Cache-Control"] = "private, no-cache"  # each visitor has a form of their own
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def book_with_order(request: HttpRequest, order: Order, uuid: UUID) -> HttpResponse:
    """Do the same for the holder of an order, whose tickets are known."""
    return _answer(request, _workshop(uuid), order)


@require_http_methods(["GET", "HEAD", "POST"])
def waiting_entry(request: HttpRequest, secret: str) -> HttpResponse:
    """Show where somebody stands on a waiting list; a post leaves it."""
    entry = queries.entry_by_secret(secret)
    if entry is None:
        raise Http404
    if request.method == "POST":
        if waiting.quit_list(entry=entry, now=clock.now()):
            messages.success(request, _("You have left the waiting list."))
        return redirect("tickets-waiting", secret)
    context = {
        "entry": entry,
        "occurrence": entry.occurrence,
        "position": queries.position_of(entry),
        "waits": entry.state == WaitingEntry.State.WAITING,
        "offered": entry.order if entry.order and entry.order.state in Order.STATES_HOLDING else None,
    }
    return kept_private(render(request, "tickets/workshops/waiting.html", context))


def _to_archive(request: HttpRequest, uuid: UUID) -> HttpResponse:
    slug = queries.session_of_past_edition(uuid)
    if slug is None:
        raise Http404
    has = partial(_has_session, slug)
    return to_archive(request, "program-session", slug, now=clock.now(), has=has)


def _has_session(slug: str, release: Published) -> bool:
    return slug in release.with_unlisted.session_by_slug


def _workshop(uuid: UUID) -> Workshop:
    found = queries.workshop(uuid)
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, found: Workshop, order: Order | None) -> HttpResponse:
    passes = queries.passes_of(order) if order else []
    fitting = [ticket for ticket in passes if queries.refusal_of(ticket, found) is None]
    if order and found.needs_ticket and not fitting:
        return _page(request, found, BookingForm(found), order, closed=_("No ticket of this order opens this session."))
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = BookingForm(found, order=order, passes=fitting, **posted)
    if request.method != "POST":
        return _page(request, found, form, order)
    if in_place.only_looks(request):
        form.tell_only(in_place.seen(request))
        return _page(request, found, form, order, status=422 if form.errors else 200)
    try:
        if not keep_files(request, form):
            return _page(request, found, form, order, status=422)
        return _book(request, found, form, order)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, found, form, order), error)
    except FileGone:
        forget_kept(form)
        return _page(request, found, form, order, status=409)
    except SaleError as error:
        form.add_error(
            "code" if isinstance(error, TicketRefused) and not order else None, wording.refusal(error, found)
        )
        fresh = _workshop(found.occurrence.uuid) if isinstance(error, (SoldOut, PlacesFree)) else found
        return _page(request, fresh, form, order, status=409)


def _book(request: HttpRequest, found: Workshop, form: BookingForm, order: Order | None) -> HttpResponse:
    """Book, or join the list; ask first when something is booked at the same time."""
    ticket = _ticket(request, found, form)
    now, email = clock.now(), form.cleaned_data["email"]
    wanted = Booking(
        workshop=found,
        places=form.places_wanted,
        buyer=Buyer(form.cleaned_data["name"], email, get_language() or settings.LANGUAGE_CODE),
        form_token=form.cleaned_data["form_token"],
        ticket=ticket,
        network=order_queries.network_key(rate_limits.home_of(request)),
        given=form.given(),
    )
    if twin := order_queries.order_of_form(wanted.wish().key):
        return redirect("tickets-order", twin.code, twin.secret)
    booking.check(found, ticket, now)
    uses = [*rate_limits.uses_by_network(PER_NETWORK, request)]
    if "wait" in request.POST:
        uses.append(Use(WAITING_PER_ADDRESS, mail_identity(email)))
        waiting.join(wanted=wanted, now=now, admit=lambda: count_all(uses, now=timezone.now()))
        messages.success(
            request, _("You are on the waiting list: a mail is on its way to %(email)s.") % {"email": email}
        )
        return redirect(f"{_own_address(found, order)}?waiting=1")
    clashes = queries.clashes(found, ticket=ticket, email=email)
    if clashes and "anyway" not in request.POST:
        _count_clash(request, email)
        is_theirs = ticket is not None or (order is not None and order.email == email)
        warning = wording.clash(clashes, found, may_name=is_theirs)
        return _page(request, found, form, order, warning=warning, status=409)
    per_hour = Rate(f"{PLACES}-{found.product.pk}", limit=found.product.places_per_network, seconds=3600)
    uses += [
        Use(PER_ADDRESS, mail_identity(email)),
        *rate_limits.uses_by_network(per_hour, request, amount=form.places_wanted),
    ]
    placed = booking.book(booking=wanted, now=now, admit=lambda: count_all(uses, now=timezone.now()))
    return redirect("tickets-order", placed.code, placed.secret)


def _count_clash(request: HttpRequest, email: str) -> None:
    """Count a question whose answer says something of an address, before it is answered."""
    per_network = rate_limits.uses_by_network(CLASHES_PER_NETWORK, request)
    count_all([*per_network, Use(CLASHES_PER_ADDRESS, mail_identity(email))], now=timezone.now())


def _ticket(request: HttpRequest, found: Workshop, form: BookingForm) -> Ticket | None:
    """Return the ticket that was chosen or whose code was typed. Tries of codes are counted: they are secrets."""
    if "ticket" in form.cleaned_data:
        chosen: Ticket = form.cleaned_data["ticket"]
        ticket = next((ticket for ticket in queries.passes_of(chosen.order) if ticket.pk == chosen.pk), None)
        if ticket is None:  # cancelled since the page was asked for
            raise TicketRefused(why="void")
        return ticket
    if "code" not in form.cleaned_data:
        return None
    count_all(rate_limits.uses_by_network(CODES_PER_NETWORK, request), now=timezone.now())
    ticket = queries.ticket_by_code(form.cleaned_data["code"], found.occurrence.edition)
    if ticket is None:
        raise TicketRefused(why="unknown")
    return ticket


def _own_address(found: Workshop, order: Order | None) -> str:
    if order:
        return reverse("tickets-order-workshop", args=[order.code, order.secret, found.occurrence.uuid])
    return reverse("tickets-workshop", args=[found.occurrence.uuid])


def _page(
    request: HttpRequest,
    found: Workshop,
    form: BookingForm,
    order: Order | None,
    *,
    warning: str = "",
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    form.focus_first_error()
    context = {
        "workshop": found,
        "occurrence": found.occurrence,
        "form": form,
        "order": order,
        "warning": warning,
        "closed": closed,
        "joined": request.method != "POST" and "waiting" in request.GET,
        "state": found.state(clock.now()).value,
        "waits": found.is_full and found.session.waitlist,
        "session_address": reverse("program-session", args=[found.session.slug]),
    }
    return render_part(request, "tickets/workshops/book.html", context, status=status)

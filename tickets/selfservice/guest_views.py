"""The pages of a guest: the link that the buyer handed on, filled in once, and their own page, which a mail names."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from festival.core.audit import Actor
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private
from tickets.delivery import links, pdf, qr, queries as delivery_queries
from tickets.delivery.printed_tickets import printed_tickets
from tickets.exceptions import KeySecretMissing, NotChangeable
from tickets.models import Guest, Order, OrderLine, Ticket
from tickets.orders.order_views import (
    DRAW,
    DRAW_PER_NETWORK,
    MAILS_PER_ADDRESS,
    MAILS_PER_NETWORK,
    calendar_file,
    not_found,
    pdf_file,
    unsigned,
)
from tickets.orders.placing import Buyer
from tickets.questions import answering, queries as question_queries, sheets
from tickets.questions.faults import NotAnswerable
from tickets.questions.forms import AnswersForm
from tickets.selfservice import inviting, queries, renaming, wording
from tickets.selfservice.faults import FilledAlready, GuestGone
from tickets.selfservice.forms import GuestForm, RenameForm
from tickets.selfservice.order_views import ANSWER, ANSWER_PER_NETWORK
from tickets.selfservice.views import RENAME, RENAME_PER_NETWORK
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import keep_files

logger = logging.getLogger(__name__)

FILL_PER_NETWORK = Rate("guest-network", limit=120, seconds=3600)
RESEND = Rate("guest-resend", limit=3, seconds=3600)

GuestView = Callable[..., HttpResponse]


def of_guest(view: GuestView) -> Callable[..., HttpResponse]:
    """Find the guest by their secret; with a token besides, only for themselves. No cache keeps the page."""

    @wraps(view)
    def inner(request: HttpRequest, secret: str, token: str | None = None) -> HttpResponse:
        guest = queries.guest_by_secret(secret)
        if guest is None or (token is not None and not links.is_own_token(guest, token)):
            return kept_private(not_found(request))
        if guest.order.state != Order.State.PAID or not delivery_queries.live_lines(guest):
            return kept_private(
                render(request, "tickets/selfservice/guest_gone.html", {"order": guest.order}, status=410)
            )
        try:
            response = view(request, guest)
        except KeySecretMissing:
            logger.exception("No ticket can be signed: %s", guest.order.edition)
            response = unsigned(request, guest.order, _tickets(guest))
        return kept_private(response)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@of_guest
def guest(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Ask for name, address and answers; once they are there, show the ticket, and nothing of them but the name."""
    if guest.filled_at:
        return _own_page(request, guest)
    lines = delivery_queries.live_lines(guest)
    asked = [one for one in sheets.still_open(guest.order, lines, {}, now=clock.now()) if one.line]
    form = GuestForm(asked, *_posted(request), key=guest.secret)
    if request.method != "POST":
        return _fill_page(request, guest, form)
    try:
        if not keep_files(request, form):
            return _fill_page(request, guest, form)
        _fill_in(request, guest, form)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_fill_page(request, guest, form), error)
    except FileGone:
        forget_kept(form)
        return _fill_page(request, guest, form)
    except (FilledAlready, GuestGone):
        return redirect("tickets-guest", guest.secret)
    told = {"email": guest.email}
    messages.success(request, _("Thank you! The ticket is also on its way to %(email)s.") % told)
    return redirect("tickets-guest-own", guest.secret, links.own_token(guest))


@require_POST
@of_guest
def resend(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Send the mail to the guest once more; the page does not say where."""
    if guest.filled_at:
        try:
            uses = [
                Use(RESEND, guest.secret),
                *rate_limits.uses_by_network(MAILS_PER_NETWORK, request),
                Use(MAILS_PER_ADDRESS, mail_identity(guest.email)),
            ]
            count_all(uses, now=timezone.now())
            inviting.send_again(guest=guest, now=clock.now())
        except RateLimited as error:
            messages.error(request, rate_limits.slow_down(error, clock.now()))
        else:
            messages.success(request, _("The e-mail is on its way."))
    return redirect("tickets-guest", guest.secret)


@require_http_methods(["GET", "HEAD", "POST"])
@of_guest
def own(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Show the guest's tickets and answers; a post keeps other answers."""
    now, stored = clock.now(), question_queries.answers_of(guest.order)
    lines = delivery_queries.live_lines(guest)
    mine = {key: answer for key, answer in stored.items() if key[1] in {line.pk for line in lines}}
    asked = [one for one in sheets.still_open(guest.order, lines, mine, now=now) if one.line]
    form = AnswersForm(asked, *_posted(request), key=guest.secret)
    if request.method != "POST" or not asked:
        return _own_page(request, guest, form, mine)
    try:
        if not keep_files(request, form):
            return _own_page(request, guest, form, mine)
        uses = [Use(ANSWER, guest.secret), *rate_limits.uses_by_network(ANSWER_PER_NETWORK, request)]
        count_all(uses, now=timezone.now())
        actor = Actor.of_order(guest.order.code, guest.name)
        answering.change(order=guest.order, given=form.given(), actor=actor, now=now)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, now))
        return rate_limits.too_many(_own_page(request, guest, form, mine), error)
    except FileGone:
        forget_kept(form)
        return _own_page(request, guest, form, mine)
    except NotAnswerable:
        messages.error(request, _("This cannot be changed any more. Write to us if it matters."))
    else:
        messages.success(request, _("Your answers are kept. Thank you!"))
    return redirect("tickets-guest-own", guest.secret, links.own_token(guest))


@require_http_methods(["GET", "HEAD", "POST"])
@of_guest
def rename(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Put another name on what is the guest's."""
    now = clock.now()
    why: str | None = queries.refuse_renaming(guest, _tickets(guest), now=now)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": guest.name})
    if request.method != "POST" or why or not form.is_valid():
        return _rename_page(request, guest, form, why)
    try:
        uses = [Use(RENAME, guest.secret), *rate_limits.uses_by_network(RENAME_PER_NETWORK, request)]
        count_all(uses, now=timezone.now())
        renaming.rename_guest(guest=guest, name=form.cleaned_data["name"], now=now)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, now))
        return rate_limits.too_many(_rename_page(request, guest, form), error)
    except NotChangeable as error:
        return _rename_page(request, guest, form, error.why)
    said = _("The ticket is for %(name)s now. If you have printed it, print it again.")
    messages.success(request, said % {"name": form.cleaned_data["name"]})
    return redirect("tickets-guest-own", guest.secret, links.own_token(guest))


@require_safe
@of_guest
def own_pdf(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Hand out the guest's tickets as PDF."""
    try:
        count_all(
            [Use(DRAW, guest.secret), *rate_limits.uses_by_network(DRAW_PER_NETWORK, request)], now=timezone.now()
        )
    except RateLimited as error:
        return rate_limits.too_many_page(request, error, clock.now())
    content = pdf.tickets_pdf([(guest.order, printed_tickets(_tickets(guest)))], language=guest.language)
    return pdf_file(content, guest.order)


@require_safe
@of_guest
def own_ics(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Hand out the days of the guest's tickets as calendar file."""
    return calendar_file(request, guest.order, _tickets(guest), guest)


def _fill_in(request: HttpRequest, guest: Guest, form: GuestForm) -> None:
    data = form.cleaned_data
    uses = [
        *rate_limits.uses_by_network(FILL_PER_NETWORK, request),
        *rate_limits.uses_by_network(MAILS_PER_NETWORK, request),
        Use(MAILS_PER_ADDRESS, mail_identity(data["email"])),
    ]
    inviting.fill_in(
        guest=guest,
        person=Buyer(data["name"], data["email"], get_language() or settings.LANGUAGE_CODE),
        given=form.given(),
        now=clock.now(),
        admit=lambda: count_all(uses, now=timezone.now()),
    )


def _fill_page(request: HttpRequest, guest: Guest, form: GuestForm) -> HttpResponse:
    form.focus_first_error()
    lines = delivery_queries.live_lines(guest)
    context = {"guest": guest, "order": guest.order, "form": form, "what": list(sheets.named(lines).values())}
    return render(request, "tickets/selfservice/guest.html", context, status=422 if form.errors else 200)


def _own_page(
    request: HttpRequest, guest: Guest, form: AnswersForm | None = None, stored: question_queries.Stored | None = None
) -> HttpResponse:
    """Show what is a guest's; with a `form` the page is their own, and shows what they answered, too."""
    lines = delivery_queries.live_lines(guest)
    context: dict[str, Any] = {
        "guest": guest,
        "order": guest.order,
        "form": form,
        "extras": [(line, 1) for line in lines if line.kind != OrderLine.Kind.ADMISSION],
        "qr_size": qr.size(),
    }
    if form is not None:
        form.focus_first_error()
        context |= {"told": sheets.told_of(guest.order, lines, stored or {}), "token": links.own_token(guest)}
        context["may_rename"] = queries.refuse_renaming(guest, _tickets(guest), now=clock.now()) is None
    context["tickets"] = printed_tickets(_tickets(guest))
    return render(request, "tickets/selfservice/guest_own.html", context, status=422 if form and form.errors else 200)


def _rename_page(request: HttpRequest, guest: Guest, form: RenameForm, why: str | None = None) -> HttpResponse:
    form.focus_first_error()
    context = {
        "order": guest.order,
        "form": form,
        "tickets": _tickets(guest),
        "refused": why and wording.refused(why, guest.order),
        "back": reverse("tickets-guest-own", args=[guest.secret, links.own_token(guest)]),
    }
    status = 200 if request.method != "POST" else 409 if why else 422
    return render(request, "tickets/selfservice/guest_rename.html", context, status=status)


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _tickets(guest: Guest) -> list[Ticket]:
    return [one for one in delivery_queries.tickets_of(guest.order) if one.line.guest_id == guest.pk]

"""Where applying begins: an address that is proved by a code, one's projects in a call, a new one."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.applying import access, mail_codes
from awards.applying.access import Desk, for_applicants
from awards.applying.forms import NameForm, SignInForm, StartForm
from awards.applying.wording import Standing, sentence_for, standing
from awards.entering import drafting, erasing, queries, rules
from awards.entering.rules import Deadline
from awards.exceptions.entering import CallNotOpen
from awards.models import Applicant, Call, Entry
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_private

# A whole school shares one network address; one mailbox belongs to one person.
CODES_PER_NETWORK = Rate("apply-code-network", limit=60, seconds=3600)
CODES_PER_ADDRESS = Rate("apply-code-address", limit=5, seconds=3600)
TRIES_PER_NETWORK = Rate("apply-tries-network", limit=120, seconds=3600)
STARTS = Rate("apply-start", limit=20, seconds=86400)


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest, call: str) -> HttpResponse:
    """Ask for the address, then for the code; afterwards show one's projects and how to begin one."""
    found = access.call_of(call)
    applicant = access.applicant_of(request)
    if applicant is not None:
        return kept_private(_desk(request, Desk(found, applicant)))
    if request.method == "POST" and "code" in request.POST:
        return kept_private(_enter_code(request, found))
    return kept_private(_ask_for_code(request, found))


@require_POST
def sign_out(request: HttpRequest, call: str) -> HttpResponse:
    """Let this browser be nobody's."""
    access.sign_out(request)
    return kept_private(redirect("apply", access.call_of(call).slug))


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def me(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is kept of an applicant, take another name, and erase all of it when they confirm."""
    form = NameForm(request.POST if "name" in request.POST else None, initial={"name": desk.applicant.name})
    if request.method == "POST" and "erase" in request.POST:
        erasing.erase(applicant_id=desk.applicant.pk, actor=None, now=clock.now())
        access.sign_out(request)
        messages.success(request, _("It is done: your name, your address and what you wrote are erased."))
        return redirect("apply", desk.call.slug)
    if request.method == "POST" and form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        drafting.rename(applicant_id=desk.applicant.pk, name=form.cleaned_data["name"], language=language)
        messages.success(request, _("Your name is saved."))
        return redirect("apply", desk.call.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "awards/applying/me.html", _page(desk.call, desk.applicant, form=form), status=status)


def _ask_for_code(request: HttpRequest, call: Call) -> HttpResponse:
    """Send a code to whatever address is typed; the answer is the same for each."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _sign_in_page(request, call, form)
    if not form.is_valid():
        return _sign_in_page(request, call, form, status=422)
    email = form.cleaned_data["email"]
    try:
        uses = [*rate_limits.uses_by_network(CODES_PER_NETWORK, request), Use(CODES_PER_ADDRESS, mail_identity(email))]
        count_all(uses, now=timezone.now())
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_sign_in_page(request, call, form), error)
    mail_codes.send_code(request, email)
    return _code_page(request, call, email)


def _enter_code(request: HttpRequest, call: Call) -> HttpResponse:
    waiting = mail_codes.pending_address(request)
    try:
        count_all(rate_limits.uses_by_network(TRIES_PER_NETWORK, request), now=timezone.now())
    except RateLimited as error:
        return rate_limits.too_many(_code_page(request, call, waiting, is_wrong=True), error)
    email = mail_codes.enter_code(request, request.POST["code"])
    if not email and not waiting:
        return _sign_in_page(request, call, SignInForm(), status=422, is_over=True)
    if not email:
        return _code_page(request, call, waiting, is_wrong=True)
    language = get_language() or settings.LANGUAGE_CODE
    access.sign_in(request, drafting.confirm(email=email, language=language, now=clock.now()))
    return redirect(_back(request) or reverse("apply", args=[call.slug]))


def _desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show one's projects; a post begins one."""
    now, deadline = clock.now(), queries.deadline_for(desk.call, desk.applicant)
    form, status = StartForm(desk.call, request.POST if "key" in request.POST else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            count_all([Use(STARTS, str(desk.applicant.uuid))], now=timezone.now())
            entry = drafting.start(
                key=form.cleaned_data["key"],
                call=desk.call,
                category=form.chosen,
                title=form.cleaned_data["title"],
                by=desk.applicant,
                now=now,
            )
            return redirect("apply-entry", desk.call.slug, entry.uuid)
        except CallNotOpen as error:
            form.add_error(None, sentence_for(error, deadline))
            status = 409
        except RateLimited as error:
            form.add_error(None, rate_limits.slow_down(error, clock.now()))
            status = 429
    elif request.method == "POST":
        status = 422
    entries = queries.entries_of(desk.applicant, desk.call)
    deadlines = queries.deadlines_of(desk.call, entries)
    mine = [(entry, _standing(entry, deadlines[entry.pk], now)) for entry in entries]
    shown = _page(desk.call, desk.applicant, form=form, mine=mine, is_open=deadline.is_open(now)) | {
        "deadline": deadline
    }
    return render(request, "awards/applying/home.html", shown, status=status)


def _standing(entry: Entry, deadline: Deadline, now: datetime) -> Standing:
    is_sent_again = deadline.resubmit_until is not None and queries.is_sent_again(entry)
    around = queries.around(entry, now)
    return standing(rules.moment_of(entry.state, deadline, around, now, is_sent_again=is_sent_again), deadline)


def _sign_in_page(
    request: HttpRequest, call: Call, form: SignInForm, *, status: int = 200, is_over: bool = False
) -> HttpResponse:
    context = _page(call, None, form=form, next=_back(request), is_over=is_over)
    return render(request, "awards/applying/sign_in.html", context, status=status)


def _code_page(request: HttpRequest, call: Call, email: str, *, is_wrong: bool = False) -> HttpResponse:
    context = _page(call, None, email=email, next=_back(request), is_wrong=is_wrong)
    return render(request, "awards/applying/code.html", context, status=422 if is_wrong else 200)


def _back(request: HttpRequest) -> str:
    """Return the page that asked to sign in, which is one of ours, or nothing."""
    target = request.POST.get("next") or request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def _page(call: Call, applicant: Applicant | None, **shown: object) -> dict[str, object]:
    deadline = queries.deadline_of(call)
    return {"call": call, "applicant": applicant, "deadline": deadline, "now": clock.now(), **shown}

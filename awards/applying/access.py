"""Who an applicant's page is for: whoever proved, in this browser, that an address is theirs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.entering import queries
from awards.models import Applicant, Call, Entry
from festival.web.page_cache import kept_private

SESSION = "applicant"
LASTS = 14 * 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Desk:
    """An applicant at a call."""

    call: Call
    applicant: Applicant


def sign_in(request: HttpRequest, applicant: Applicant) -> None:
    """Let this browser be the applicant's; the session gets another key."""
    request.session.cycle_key()
    request.session[SESSION] = {"uuid": str(applicant.uuid), "at": time.time()}


def sign_out(request: HttpRequest) -> None:
    """Let this browser be nobody's."""
    request.session.pop(SESSION, None)
    request.session.cycle_key()


def applicant_of(request: HttpRequest) -> Applicant | None:
    """Return the applicant of this browser; None for nobody, for one who was erased, and after a fortnight."""
    proof = request.session.get(SESSION)
    if not proof or time.time() - proof["at"] > LASTS:
        return None
    return Applicant.objects.filter(uuid=proof["uuid"], erased_at__isnull=True).first()


def call_of(slug: str) -> Call:
    """Return a call by its short name. Raises Http404."""
    return get_object_or_404(Call.objects.select_related("edition", "section"), slug=slug)


def wants_json(request: HttpRequest) -> bool:
    """Return whether the page's script asks."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def for_applicants(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let applicants in, as `Desk`; anybody else proves an address first, and comes back."""

    @wraps(view)
    def inner(request: HttpRequest, call: str, **kwargs: object) -> HttpResponseBase:
        found = call_of(call)
        applicant = applicant_of(request)
        if applicant is None and wants_json(request):
            return kept_private(JsonResponse({"code": "signed_out", "message": _("You are signed out.")}, status=401))
        if applicant is None:
            back = urlencode({"next": request.path})
            return kept_private(redirect(f"{reverse('apply', args=[found.slug])}?{back}"))
        return kept_private(view(request, Desk(found, applicant), **kwargs))

    return inner


def for_entries(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let those in who own a project or write along on it, with the project. To everybody else it is not there."""

    @for_applicants
    @wraps(view)
    def inner(request: HttpRequest, desk: Desk, entry: UUID, **kwargs: object) -> HttpResponseBase:
        try:
            found = queries.entry_of(desk.applicant, desk.call, entry)
        except Entry.DoesNotExist as error:
            raise Http404 from error
        return view(request, desk, found, **kwargs)

    return inner

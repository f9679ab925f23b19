"""The public's vote: one page with all finalists, a page for each ballot, and the result once it is announced."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.exceptions.voting import NewerBallot, NoTicket, TicketUsed
from awards.models import PublicBallot, SentBallot
from awards.voting import casting, links, wording
from awards.voting.forms import BallotForm, GradesForm
from awards.voting.queries import (
    TICKET,
    Vote,
    archive_with_vote,
    ballot_of_link,
    grades_of,
    network_key,
    result_of,
    vote_at,
)
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_by_nobody, kept_private
from program.published.addresses import at_current_address, programme_path

# A whole hall shares one network address; one mailbox belongs to one person, who may change their mind. Codes of
# tickets are counted whether they are right or wrong, so that nobody learns more by guessing.
PER_NETWORK = Rate("vote-network", limit=300, seconds=3600)
PER_ADDRESS = Rate("vote-address", limit=6, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@at_current_address
def vote(request: HttpRequest, *, edition: int | None = None) -> HttpResponse:
    """Show the ballot, or the result; keep what is sent and mail its link. The answer is the same for any address."""
    found = vote_at(now=clock.now(), edition=edition)
    if found is None:
        return _to_archive(edition)
    takes_ballots = found.is_open and bool(found.ways)
    if request.method != "POST" or not takes_ballots:
        return _page(request, found, BallotForm(found.entries, ways=found.ways) if takes_ballots else None)
    form = BallotForm(found.entries, request.POST, ways=found.ways)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        return _cast(request, found, form)
    except RateLimited as error:
        form.add_error("ticket" if form.way == TICKET else "email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, found, form, status=429), error)
    except (NoTicket, TicketUsed) as error:
        form.add_error("ticket", wording.refusal(error))
        return _page(request, found, form, status=422)
    except AwardsError as error:
        form.add_error(None, wording.refusal(error))
        return _page(request, found, form, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, and count the ballot: programs that look at mails open links, they press no buttons.

    A ballot that is in is shown, and changed here until the end.
    """
    uuid = links.uuid_of(token)
    found = vote_at(now=clock.now())
    if uuid is None or found is None:
        raise Http404
    ballot = ballot_of_link(uuid, found.round)
    if ballot is not None and (request.method != "POST" or "change" in request.POST):
        return _own(request, found, ballot, token)
    context: dict[str, Any] = {"vote": found, "breadcrumbs": _way()}
    if request.method == "POST":
        try:
            counted = casting.confirm(uuid=uuid, now=clock.now())
        except SentBallot.DoesNotExist:
            return _confirm_page(request, context | {"is_over": True}, status=410)
        except AwardsError as error:
            refused = {"refusal": wording.refusal(error), "is_newer": isinstance(error, NewerBallot)}
            return _confirm_page(request, context | refused, status=409)
        return _to_ballot(counted)
    kept = SentBallot.objects.filter(uuid=uuid).exists()
    return _confirm_page(request, context | {"is_over": not kept}, status=200 if kept else 410)


def _cast(request: HttpRequest, found: Vote, form: BallotForm) -> HttpResponse:
    """Count the ballot of a ticket and lead to its page, or mail the link of another. Raises what the actions raise."""
    uses, now = rate_limits.uses_by_network(PER_NETWORK, request), clock.now()
    cast: dict[str, Any] = {
        "round_id": found.round.pk,
        "grades": form.grades,
        "network": network_key(rate_limits.home_of(request), now=now),
        "now": now,
    }
    if form.way == TICKET:
        count_all(uses, now=timezone.now())
        return _to_ballot(casting.cast_by_ticket(code=form.cleaned_data["ticket"], **cast))
    email = form.cleaned_data["email"]
    count_all([*uses, Use(PER_ADDRESS, mail_identity(email))], now=timezone.now())
    casting.send(email=email, language=translation.get_language() or "", **cast)
    return kept_by_nobody(redirect(f"{reverse('awards-vote')}?sent=1"))


def _own(request: HttpRequest, found: Vote, ballot: PublicBallot, token: str) -> HttpResponse:
    """Show a ballot to whoever has its link; change it while the vote is open."""
    form = GradesForm(found.entries, request.POST if request.method == "POST" else None, grades=grades_of(ballot))
    status = 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            network = network_key(rate_limits.home_of(request), now=clock.now())
            casting.change(ballot=ballot, grades=form.grades, network=network, now=clock.now())
        except AwardsError as error:
            form.add_error(None, wording.refusal(error))
            status = 409
        else:
            return kept_private(redirect(f"{reverse('awards-vote-confirm', args=[token])}?in=1"))
    context = {
        "vote": found,
        "form": form,
        "has_come": "in" in request.GET and not form.is_bound,
        "lines": wording.told(found.entries, grades_of(ballot)),
        "breadcrumbs": _way(),
    }
    return kept_private(render(request, "awards/voting/ballot.html", context, status=status))


def _to_ballot(ballot: PublicBallot) -> HttpResponse:
    return kept_private(redirect(f"{reverse('awards-vote-confirm', args=[links.token(ballot.uuid)])}?in=1"))


def _to_archive(edition: int | None) -> HttpResponse:
    """Lead to the newest archive that has a vote, where the current edition has none."""
    past = archive_with_vote(now=clock.now()) if edition is None else None
    if past is None:
        raise Http404
    return redirect(programme_path("awards-vote", edition=past))


def _page(request: HttpRequest, found: Vote, form: BallotForm | None, status: int = 200) -> HttpResponse:
    result = result_of(found)
    context = {
        "vote": found,
        "status": found.status,
        "form": form,
        "is_sent": "sent" in request.GET and form is not None and not form.is_bound,
        "result": result,
        "void": wording.void_reasons(result.void) if result else [],
        "words": wording.WORDS,
        "breadcrumbs": _way(),
    }
    return kept_by_nobody(render(request, "awards/voting/vote.html", context, status=status))


def _confirm_page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return kept_private(render(request, "awards/voting/confirm.html", context, status=status))


def _way() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Finalists"), reverse("awards-projects"))]

"""The public's vote: one page with all finalists, the link of the mail, and the result once it is announced."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.exceptions import AwardsError
from awards.exceptions.voting import NewerBallot
from awards.models import SentBallot
from awards.voting import casting, links, wording
from awards.voting.forms import BallotForm
from awards.voting.queries import Vote, archive_with_vote, network_key, result_of, vote_at
from festival.core.limits import Rate, RateLimited, Use, count_all
from festival.time import clock
from festival.typed.mail_addresses import mail_identity
from festival.web import rate_limits
from festival.web.page_cache import kept_by_nobody, kept_private
from program.published.addresses import at_current_address, programme_path

# A whole hall shares one network address; one mailbox belongs to one person, who may change their mind.
PER_NETWORK = Rate("vote-network", limit=300, seconds=3600)
PER_ADDRESS = Rate("vote-address", limit=6, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@at_current_address
def vote(request: HttpRequest, *, edition: int | None = None) -> HttpResponse:
    """Show the ballot, or the result; keep what is sent and mail its link. The answer is the same for any address."""
    found = vote_at(now=clock.now(), edition=edition)
    if found is None:
        return _to_archive(edition)
    if request.method != "POST" or not found.is_open:
        return _page(request, found, BallotForm(found.entries) if found.is_open else None)
    form = BallotForm(found.entries, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    email = form.cleaned_data["email"]
    try:
        uses = [*rate_limits.uses_by_network(PER_NETWORK, request), Use(PER_ADDRESS, mail_identity(email))]
        count_all(uses, now=timezone.now())
        casting.send(
            round_id=found.round.pk,
            email=email,
            grades=form.grades,
            network=network_key(rate_limits.home_of(request), now=clock.now()),
            language=translation.get_language() or "",
            now=clock.now(),
        )
    except RateLimited as error:
        form.add_error("email", rate_limits.slow_down(error, clock.now()))
        return rate_limits.too_many(_page(request, found, form, status=429), error)
    except AwardsError as error:
        form.add_error(None, wording.refusal(error))
        return _page(request, found, form, status=409)
    return kept_by_nobody(redirect(f"{reverse('awards-vote')}?sent=1"))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, and count the ballot: programs that look at mails open links, they press no buttons."""
    uuid = links.uuid_of(token)
    found = vote_at(now=clock.now())
    if uuid is None or found is None:
        raise Http404
    context: dict[str, Any] = {"vote": found, "is_done": False, "breadcrumbs": _way()}
    if request.method == "POST":
        try:
            casting.confirm(uuid=uuid, now=clock.now())
        except SentBallot.DoesNotExist:
            return _confirm_page(request, context | {"is_over": True}, status=410)
        except AwardsError as error:
            refused = {"refusal": wording.refusal(error), "is_newer": isinstance(error, NewerBallot)}
            return _confirm_page(request, context | refused, status=409)
        return kept_private(redirect(f"{reverse('awards-vote-confirm', args=[token])}?counted=1"))
    kept = SentBallot.objects.filter(uuid=uuid).exists()
    return _confirm_page(
        request, context | {"is_done": "counted" in request.GET, "is_over": not kept}, status=200 if kept else 410
    )


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
        "words": wording.WORDS,
        "breadcrumbs": _way(),
    }
    return kept_by_nobody(render(request, "awards/voting/vote.html", context, status=status))


def _confirm_page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return kept_private(render(request, "awards/voting/confirm.html", context, status=status))


def _way() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Finalists"), reverse("awards-projects"))]

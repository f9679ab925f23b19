"""Loads the prizes, what the jury and the public decided, and the announcement at the ceremony."""

from datetime import timedelta
from typing import Any

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.deliberation.deciding import Choice, decide
from awards.models import Call, Category, Decision, Prize, Tally
from festival.demo.awards import evening
from festival.importing.faults import moment

TOLD_BEFORE = timedelta(hours=1)  # the applicants, before everybody
BY_THE_PUBLIC = "Vote du public : jugement majoritaire."


def load_prizes(call: Call) -> None:
    """Make the prize of each category what can be won."""
    for category in call.categories.order_by("sort_order", "pk"):
        fields = {"category": category, "name": category.name, "description": category.prize}
        Prize.objects.update_or_create(
            call=call, slug=category.slug, defaults=fields | {"sort_order": category.sort_order}
        )


def announce(call: Call, awards: dict[str, Any]) -> None:
    """Give each prize to the first of its frozen result, once, and announce all at the ceremony."""
    if Decision.objects.filter(prize__call=call).exists():
        return
    chair = call.jurors.filter(is_chair=True).select_related("user").first()
    if chair is None or chair.user is None:
        return
    at = moment(awards["public_vote"]["results_hidden_until"], "awards.public_vote.results_hidden_until")
    decided = at - 2 * TOLD_BEFORE
    for prize in call.prizes.select_related("category"):
        winner = _first(call, prize.category)
        reason = BY_THE_PUBLIC if prize.category and prize.category.by_public_vote else ""
        decide(prize_id=prize.pk, choice=Choice("winner", winner, reason), by=chair.user, now=decided)
    evening.mention(call, chair.user, decided)
    evening.arrange(call, chair.user, decided)
    wanted = Plan(at - TOLD_BEFORE, at, at_last_reveal=True, certifies_finalists=True)
    announcement = plan(call_id=call.pk, plan=wanted, by=chair.user, now=decided)
    tell(announcement_id=announcement.pk, now=announcement.tell_at)
    evening.hold(call, chair.user, at)


def _first(call: Call, category: Category | None) -> int:
    """Return the project that the newest frozen result has first in a category."""
    rows = Tally.objects.filter(round__call=call).order_by("-frozen_at")
    return rows.filter(rows__category=category, rows__rank=1).values_list("rows__entry", flat=True)[0]

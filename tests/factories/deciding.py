"""Prizes, frozen results and decisions for tests, made by the real actions."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from awards.deliberation.deciding import Choice, decide
from awards.deliberation.meeting import come, open_room
from awards.models import Deliberation, Prize
from awards.results.deliberation import freeze_result
from tests.factories.awards import (
    AFTER,
    ApplicantFactory,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    at,
    both,
    first_round,
    score,
)
from tests.factories.festival import UserFactory

DECIDED = AFTER + timedelta(hours=1)
TELL = at("2027-04-20T09:00")
PUBLIC = at("2027-04-21T11:00")


class PrizeFactory(DjangoModelFactory):
    """The prize of the category `making`, for one project."""

    class Meta:
        model = Prize

    call = factory.SubFactory(CallFactory)
    category = factory.LazyAttribute(lambda prize: prize.call.categories.get(slug="making"))
    slug = factory.Sequence(lambda n: f"prize-{n}")
    name = factory.LazyAttribute(lambda prize: both(f"Prix {prize.slug}", f"Prize {prize.slug}"))


class DeliberationFactory(DjangoModelFactory):
    class Meta:
        model = Deliberation

    round = factory.LazyAttribute(lambda room: first_round(CallFactory()))
    opened_at = AFTER
    opened_by = factory.SubFactory(UserFactory)


def frozen(marks=(("a", 5), ("b", 4), ("c", 1)), slug="prix"):
    """A chair whose jury has frozen a result: `a` and `b` are finalists in this order, `c` is not; all have applicants.

    Returns the chair; the prize of the category is `gold`.
    """
    call = CallFactory(slug=slug)
    domain = "example.org" if slug == "prix" else f"{slug}.example.org"
    chair = JurorFactory(call=call, is_chair=True)
    for name, mark in marks:
        entry = EntryFactory(call=call, slug=name, applicant=ApplicantFactory(email=f"{name}@{domain}"))
        score(AssignmentFactory(juror=chair, entry=entry), mark, mark)
    PrizeFactory(call=call, slug="gold", name=both("Prix d’or", "Gold prize"))
    freeze_result(round_id=first_round(call).pk, by=chair.user, now=AFTER)
    return chair


def in_the_room(chair):
    """Let the chair be in the deliberation, so that the jury may depart from its result."""
    room = open_room(round_id=first_round(chair.call).pk, by=chair.user, now=AFTER)
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)


def won(chair, slug="a", prize="gold", kind="winner", *, now=DECIDED, **choice):
    """Decide that a project wins."""
    wanted = chair.call.prizes.get(slug=prize)
    entry = chair.call.entries.get(slug=slug).pk if slug else None
    return decide(prize_id=wanted.pk, choice=Choice(kind, entry, **choice), by=chair.user, now=now)

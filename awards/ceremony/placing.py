"""Arranging the evening: what comes when, and who is on stage."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from awards.ceremony.queries import without_place
from awards.models import Call, CeremonyStep
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Details:
    """What a step says; a prize has its own name, anything else a title."""

    title: str = ""
    presenter: str = ""
    note: str = ""
    names_finalists: bool = False


def lay_out(*, call_id: int, by: User, now: datetime) -> int:
    """Put the prizes that stand nowhere yet at the end of the running order; return how many. Twice is once."""
    with writing(public=False):
        call = _held(call_id)
        place, missing = _next_place(call), without_place(call)
        for offset, prize in enumerate(missing):
            has_own = prize.category is not None and not prize.category.by_public_vote
            CeremonyStep.objects.create(call=call, place=place + offset, prize=prize, names_finalists=has_own)
        if missing:
            _record("ceremony.laid_out", call, by, now, {"prizes": len(missing)})
    return len(missing)


def add(*, call_id: int, details: Details, by: User, now: datetime) -> CeremonyStep:
    """Put something that is no prize at the end of the running order. `details.title` is not empty."""
    with writing(public=False):
        call = _held(call_id)
        step = CeremonyStep(call=call, place=_next_place(call), title=details.title)
        step.presenter, step.note = details.presenter, details.note
        step.save(force_insert=True)
        _record("ceremony.step_added", call, by, now, {"step": step.pk})
    return step


def change(*, step_id: int, details: Details, by: User, now: datetime) -> CeremonyStep:
    """Set what a step says. A prize keeps its own name, and nothing else names finalists."""
    with writing(public=False):
        step = CeremonyStep.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=step_id)
        if step.prize_id is None:
            step.title = details.title
        else:
            step.names_finalists = details.names_finalists
        step.presenter, step.note = details.presenter, details.note
        step.save()
        _record("ceremony.step_changed", step.call, by, now, {"step": step.pk})
    return step


def move(*, step_id: int, up: bool) -> None:
    """Let a step change places with the one before it, or behind it. At the end of the row nothing happens."""
    with writing(public=False):
        call = _held(CeremonyStep.objects.values_list("call_id", flat=True).get(pk=step_id))
        steps = list(call.ceremony_steps.order_by("place", "pk"))
        at = next(number for number, step in enumerate(steps) if step.pk == step_id)
        to = at - 1 if up else at + 1
        if 0 <= to < len(steps):
            steps[at], steps[to] = steps[to], steps[at]
            for place, step in enumerate(steps):
                step.place = place
            CeremonyStep.objects.bulk_update(steps, ["place"])


def remove(*, step_id: int, by: User, now: datetime) -> None:
    """Take a step out; a prize can be put back by laying out again. Twice is once."""
    with writing(public=False):
        step = CeremonyStep.objects.select_related("call__edition").filter(pk=step_id).first()
        if step is not None:
            step.delete()
            _record("ceremony.step_removed", step.call, by, now, {"step": step_id})


def _held(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)


def _next_place(call: Call) -> int:
    highest = call.ceremony_steps.aggregate(highest=Max("place"))["highest"]
    return 0 if highest is None else highest + 1


def _record(verb: str, call: Call, by: User, now: datetime, facts: dict[str, Fact]) -> None:
    audit.record(verb, call, actor=Actor.of_user(by), at=now, facts=facts, edition=call.edition)

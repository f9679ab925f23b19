"""Giving answers, changing them, and forgetting those about health. No answer is ever written to a log."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import require_transaction, writing
from tickets.models import Answer, Order, OrderLine, Question
from tickets.questions import queries, rules
from tickets.questions.faults import NotAnswerable
from tickets.questions.queries import Given
from tickets.uploads import filing


def store(*, order: Order, given: Sequence[Given], now: datetime, is_first: bool = False) -> int:
    """Store answers of an order within the transaction of the caller, who holds it; return how many changed.

    An answer that is left open is taken away. `is_first` says that the order has none yet, so that none are read.

    Raises:
        FileGone: If a file that an answer names is not there any more, or belongs to another one.
    """
    require_transaction("answering")
    before = {} if is_first else queries.answers_of(order)
    new: list[Answer] = []
    files: list[tuple[Answer, str]] = []
    changed = 0
    for one in given:
        known = before.get((one.question.pk, one.line.pk if one.line else None))
        if (known.value if known else "") == one.value:
            continue
        changed += 1
        if not one.value and known:
            known.delete()
            continue
        answer = known or _answer(order, one, now)
        if known:
            Answer.objects.filter(pk=known.pk).update(value=one.value, **_as_asked(one), given_at=now)
        else:
            new.append(answer)
        if one.question.kind == Question.Kind.FILE:
            files.append((answer, one.value))
    if new:
        Answer.objects.bulk_create(new)
    for answer, value in files:
        filing.attach(key=UUID(rules.file_key(value)), to=answer, now=now)
    return changed


def change(*, order: Order, given: Sequence[Given], actor: Actor, now: datetime, even_late: bool = False) -> int:
    """Store answers of an order that stands, and return how many changed. `even_late` is for the office.

    Raises:
        NotAnswerable: If the order has ended, a line was cancelled or passed on meanwhile, or an answer that would
            change cannot be changed any more.
        FileGone: As `store`. Nothing was written in both cases.
    """
    with writing(public=False):
        if not Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING).update(state=order.state):
            raise NotAnswerable
        lines = {one.line.pk for one in given if one.line}
        if queries.lines_of_page(order).filter(pk__in=lines).count() != len(lines):
            raise NotAnswerable
        if not even_late and any(_is_late(one, now) for one in given):
            raise NotAnswerable
        changed = store(order=order, given=given, now=now)
        if changed:
            audit.record(
                "order.answered", order, actor=actor, at=now, facts={"answers": changed}, edition=order.edition
            )
        return changed


def move(*, before: Order, after: Order) -> None:
    """Let the answers of an order go along to the one that replaces it, line by line, within the same transaction."""
    require_transaction("moving answers")
    if not Answer.objects.filter(order=before).exists():
        return
    for old, new in zip(before.lines.order_by("pk"), after.lines.order_by("pk"), strict=False):
        Answer.objects.filter(line=old).update(order=after, line=new)
    Answer.objects.filter(order=before, line=None).update(order=after)


def forget_of_lines(lines: Collection[int]) -> int:
    """Delete what was answered for lines (primary keys) that go to somebody else; return how many answers went."""
    require_transaction("forgetting answers")
    return Answer.objects.filter(line__in=lines).delete()[0]


def forget_health(now: datetime) -> int:
    """Delete answers about health `HEALTH_ANSWERS_KEPT_DAYS` after the last day of their edition; runs in `tick`.

    Those of orders that have ended go as long after the order. A clock that was put forward removes nothing.
    Returns how many went.
    """
    before = min(now, timezone.now()) - timedelta(days=settings.HEALTH_ANSWERS_KEPT_DAYS)
    is_over = Q(order__edition__end_date__lt=before.date())
    ended = Q(order__state__in=[Order.State.EXPIRED, Order.State.CANCELLED]) | Q(line__cancelled_at__isnull=False)
    with writing(public=False):
        due = Answer.objects.filter(is_over | (ended & Q(order__created_at__lt=before)), question__is_health=True)
        return due.delete()[0]


def _is_late(one: Given, now: datetime) -> bool:
    closes = queries.closes_at(one.question, one.line)
    return closes is not None and closes <= now


def _as_asked(one: Given) -> dict[str, object]:
    return {"asked": dict(one.question.wording), "version": one.question.version}


def _answer(order: Order, one: Given, now: datetime) -> Answer:
    line: OrderLine | None = one.line
    return Answer(question_id=one.question.pk, order=order, line=line, value=one.value, given_at=now, **_as_asked(one))

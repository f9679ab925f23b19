"""What the office reads of answers: 12 vegetarian lunches on Thursday, 3 without gluten; who is asked at the door."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from festival.models import Day, Edition
from festival.time import clock
from tickets.models import Answer, Order, OrderLine, Question
from tickets.questions import queries, rules, wording
from tickets.questions.queries import QuestionFacts

_COUNTED_ALONE = (Question.Kind.CHOICE, Question.Kind.CHOICES, Question.Kind.YES_NO)


@dataclass(frozen=True, slots=True)
class Total:
    """How often one thing was answered for one product on one day, in words; `day` None for all its days."""

    product: str
    day: Day | None
    question: str
    answer: str
    count: int


def totals(edition: Edition, *, may_see_health: bool) -> list[Total]:
    """Return the totals of an edition by product, day and question; of orders that are paid or still to be paid.

    What several people may have written in their own words is counted where it is the same. Places that have not
    answered are counted, too, so that a group adds up to what was sold, where one answer was to be given.
    """
    questions = Question.objects.filter(edition=edition).prefetch_related("options", "products")
    asked = questions if may_see_health else questions.filter(is_health=False)
    days = {day.pk: day for day in edition.days.all()}
    sold = _sold(edition)
    answers = _answers(edition, may_see_health=may_see_health)
    found = []
    for question in asked:
        given = answers.get(question.pk, {})
        for key in sorted(given.keys() | _asked(question, sold), key=_by_product_and_day(days)):
            found += _of(question, key, given.get(key, []), sold.get(key, 0), days)
    found.sort(key=lambda one: (one.product, one.day.date.isoformat() if one.day else ""))
    return found


Key = tuple[int | None, str, int | None]  # product, its name, day


def _asked(question: Question, sold: dict[Key, int]) -> set[Key]:
    """Return the groups of which each place is asked, though nobody may have answered yet."""
    if question.subject != Question.Subject.PLACE or question.depends_on_id is not None or question.is_retired:
        return set()
    products = {product.pk for product in question.products.all()}
    return {key for key in sold if key[0] in products}


def _by_product_and_day(days: dict[int, Day]) -> Callable[[Key], tuple[str, str]]:
    def key(item: Key) -> tuple[str, str]:
        _product, name, day = item
        return name, days[day].date.isoformat() if day in days else ""

    return key


def _sold(edition: Edition) -> dict[Key, int]:
    lines = OrderLine.objects.holding_a_place().filter(order__edition=edition).select_related("product")
    return dict(Counter((line.product_id, str(line.product or ""), line.day_id) for line in lines))


def _answers(edition: Edition, *, may_see_health: bool) -> dict[int, dict[Key, list[str]]]:
    seen = queries.visible_answers(may_see_health=may_see_health).filter(order__edition=edition)
    found: dict[int, dict[Key, list[str]]] = {}
    for answer in seen.select_related("line__product"):
        line = answer.line
        key = (line.product_id, str(line.product or ""), line.day_id) if line else (None, "", None)
        found.setdefault(answer.question_id, {}).setdefault(key, []).append(answer.value)
    return found


def _of(question: Question, key: Key, values: list[str], sold: int, days: dict[int, Day]) -> list[Total]:
    _product, name, day = key
    if question.kind in _COUNTED_ALONE:
        counted = rules.count(values)
        labels = {slug: wording.shown(question, slug) for slug in counted}
        order = [option.slug for option in question.options.all()] or [rules.YES, rules.NO]
        rows = [(labels[slug], counted[slug]) for slug in sorted(counted, key=order.index)]
    elif question.kind == Question.Kind.FILE:
        rows = [(str(_("a file")), len(values))] if values else []
    else:
        rows = sorted(Counter(wording.shown(question, value) for value in values).items())
    if sold > len(values) and question.depends_on_id is None:
        rows.append((str(_("no answer")), sold - len(values)))
    product = name or str(_("The order as a whole"))
    return [Total(product, days.get(day) if day else None, str(question.text), said, count) for said, count in rows]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A place whose holder has to be asked something: who it is, on which order's page, and what."""

    name: str
    order: Order
    line: OrderLine
    questions: tuple[str, ...]


def to_ask(day: Day, *, may_see_health: bool) -> list[ToAsk]:
    """Return the paid places of a day with open questions, those that may wait until the door too; sorted by name.

    Places in sessions are of the festival day on which the session starts.
    """
    questions = [
        one
        for one in queries.questions_of(day.edition_id)
        if one.subject == Question.Subject.PLACE and (may_see_health or not one.is_health)
    ]
    asked_for = set().union(*(one.products for one in questions))
    whole = Q(day=None, occurrence=None, product__days=day)
    opens = datetime.combine(day.date, day.edition.day_starts_at, clock.zone())
    session = Q(occurrence__starts_at__gte=opens, occurrence__starts_at__lt=opens + timedelta(days=1))
    paid = OrderLine.objects.live().filter(order__state=Order.State.PAID, product__in=asked_for)
    lines = paid.filter(Q(day=day) | whole | session).order_by("pk").distinct()
    found = [*_rows(lines.select_related("order", "guest", "ticket__order", "booked_with__order"), questions)]
    return sorted(found, key=lambda row: (row.name.casefold(), row.line.pk))


def _rows(lines: object, questions: list[QuestionFacts]) -> Iterator[ToAsk]:
    listed: list[OrderLine] = list(lines)  # type: ignore[call-overload]
    answers: dict[int | None, dict[int, str]] = {}
    for answer in Answer.objects.filter(line__in=[line.pk for line in listed]):
        answers.setdefault(answer.line_id, {})[answer.question_id] = answer.value
    for line in listed:
        given = answers.get(line.pk, {})
        asked = [one for one in questions if line.product_id in one.products]
        waiting = [one for one in asked if one.pk not in given and (one.is_at_door or one.is_required)]
        if open_ones := tuple(one.text for one in waiting if rules.applies(one, given)):
            order = queries.page_of(line)
            yield ToAsk(queries.name_of(line, order), order, line, open_ones)

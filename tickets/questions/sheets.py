"""What a form asks: a sheet for the order, and one for each place that is asked something."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from festival.text import typography
from tickets.models import Answer, Order, OrderLine
from tickets.questions import queries, rules, wording
from tickets.questions.forms import Sheet
from tickets.questions.queries import QuestionFacts

ORDER = "order"


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered: by title (of a line, or "" for the order) the questions with their answers.

    `missing` counts those that have to be answered and are not; `can_answer` is whether anything is asked at all.
    """

    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    missing: int
    can_answer: bool


def at_purchase(
    order: Order, lines: Sequence[OrderLine], stored: Mapping[tuple[int, int | None], Answer] | None = None
) -> list[Sheet]:
    """Return what a buyer is asked for these lines, and for the order, before it is ordered."""
    asked = {line.pk: _at_once(queries.asked_of_place(order.edition_id, line.product_id)) for line in lines}
    whole = _at_once(queries.asked_of_order(order.edition_id, [line.product_id for line in lines]))
    return _sheets(lines, asked, whole, stored or {})


def still_open(
    order: Order, lines: Sequence[OrderLine], stored: Mapping[tuple[int, int | None], Answer], *, now: datetime | None
) -> list[Sheet]:
    """Return what a holder can answer or change at `now`, also what can wait until the door; None: in spite of time."""
    asked = {line.pk: _open(queries.asked_of_place(order.edition_id, line.product_id), line, now) for line in lines}
    whole = _open(queries.asked_of_order(order.edition_id, [line.product_id for line in lines]), None, now)
    return _sheets(lines, asked, whole, stored)


def for_office(order: Order, lines: Sequence[OrderLine], *, may_see_health: bool) -> list[Sheet]:
    """Return all that is asked for an order, whatever the time; about health only for those who may see it."""
    found = still_open(order, lines, queries.answers_of(order), now=None)
    if may_see_health:
        return found
    kept = [_without_health(one) for one in found]
    return [one for one in kept if one.questions]


def of_places(edition_id: int, product_id: int, count: int) -> list[Sheet]:
    """Return what is asked in the form that registers for a product: of each of `count` places, and of the order."""
    asked = _at_once(queries.asked_of_place(edition_id, product_id))
    sheets = [Sheet(ORDER, "", _at_once(queries.asked_of_order(edition_id, [product_id])))]
    for rank in range(1, count + 1):
        title = _("Place %(rank)s of %(count)s") % {"rank": rank, "count": count} if count > 1 else ""
        sheets.append(Sheet(str(rank), title, asked))
    return [sheet for sheet in sheets if sheet.questions]


def named(lines: Sequence[OrderLine]) -> dict[int, str]:
    """Return what each line is called, by its primary key: what was sold, its day, and which of several it is."""
    called = {line.pk: _called(line) for line in lines}
    counts, seen = Counter(called.values()), Counter[str]()
    found = {}
    for line in lines:
        name = called[line.pk]
        seen[name] += 1
        found[line.pk] = f"{name} ({seen[name]}/{counts[name]})" if counts[name] > 1 else name
    return found


def told(order: Order, product_ids: Collection[int | None]) -> Told | None:
    """Return what was answered for an order of these products and what is open; None if nothing is asked.

    Not what a guest has answered: that is theirs.
    """
    if not asks(order, product_ids):
        return None
    lines = [line for line in queries.lines_to_ask(order) if line.guest_id is None]
    found = told_of(order, lines, queries.answers_of(order))
    return found if found.rows or found.can_answer else None


def asks(order: Order, product_ids: Collection[int | None]) -> bool:
    """Return whether anything is asked of whoever orders these products."""
    wanted = set(product_ids)
    return not all(one.products.isdisjoint(wanted) for one in queries.questions_of(order.edition_id))


def told_of(order: Order, lines: Sequence[OrderLine], stored: Mapping[tuple[int, int | None], Answer]) -> Told:
    """Return what was answered for these lines and for the order, and how many questions are open."""
    titles = dict[int | None, str]([(None, ""), *named(lines).items()])
    rows = []
    for pk, title in titles.items():
        answers = [wording.answered(answer) for (_question, of), answer in stored.items() if of == pk]
        if answers:
            rows.append((title, answers))
    open_sheets = still_open(order, lines, stored, now=None)
    missing = sum(len(rules.missing(one.questions, {**one.stored}, one.before)) for one in open_sheets)
    return Told(rows, missing, bool(open_sheets))


def _sheets(
    lines: Sequence[OrderLine],
    asked: Mapping[int, Sequence[QuestionFacts]],
    whole: Sequence[QuestionFacts],
    stored: Mapping[tuple[int, int | None], Answer],
) -> list[Sheet]:
    titles = named(lines)
    sheets = [_sheet(ORDER, "", whole, None, stored)]
    sheets += [_sheet(str(line.pk), titles[line.pk], asked[line.pk], line, stored) for line in lines]
    return [sheet for sheet in sheets if sheet.questions]


def _sheet(
    key: str,
    title: str,
    questions: Sequence[QuestionFacts],
    line: OrderLine | None,
    stored: Mapping[tuple[int, int | None], Answer],
) -> Sheet:
    pk = line.pk if line else None
    mine = {question: answer.value for (question, of), answer in stored.items() if of == pk}
    asked: Collection[int] = {one.pk for one in questions}
    return Sheet(
        key,
        title,
        questions,
        line,
        {question: value for question, value in mine.items() if question in asked},
        {question: value for question, value in mine.items() if question not in asked},
    )


def _without_health(sheet: Sheet) -> Sheet:
    """Return a sheet that does not ask about health; what was said of it still decides what else applies."""
    hidden = {one.pk for one in sheet.questions if one.is_health}
    return replace(
        sheet,
        questions=[one for one in sheet.questions if one.pk not in hidden],
        stored={pk: value for pk, value in sheet.stored.items() if pk not in hidden},
        before={**sheet.before, **{pk: value for pk, value in sheet.stored.items() if pk in hidden}},
    )


def _at_once(questions: Sequence[QuestionFacts]) -> list[QuestionFacts]:
    return [one for one in questions if not one.is_at_door]


def _open(questions: Sequence[QuestionFacts], line: OrderLine | None, now: datetime | None) -> list[QuestionFacts]:
    if now is None:
        return list(questions)
    ends = [(one, queries.closes_at(one, line)) for one in questions]
    return [one for one, end in ends if end is None or end > now]


def _called(line: OrderLine) -> str:
    if line.day:
        return f"{line.product_name}, {typography.plain_short_date(line.day.date)}"
    return f"{line.product_name}, {line.occurrence.session}" if line.occurrence else str(line.product_name)

"""What is asked of whom, kept until something is published; and what was answered, read live."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from festival.core.writing import site_generation
from festival.models import closing_moment
from tickets.models import Answer, Order, OrderLine, Question
from tickets.questions import rules
from tickets.questions.rules import Asked, Meaning

SEE_HEALTH = "tickets.see_health_answer"
Stored = Mapping[tuple[int, int | None], Answer]  # by question and line, None for the order


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One of the answers to choose from."""

    slug: str
    label: str
    is_offered: bool


@dataclass(frozen=True, slots=True)
class QuestionFacts(Asked):
    """A question as forms show it, in one language; `wording` has it in all languages."""

    slug: str = ""
    kind: str = Question.Kind.LINE
    subject: str = Question.Subject.PLACE
    moment: str = Question.Moment.PURCHASE
    text: str = ""
    help: str = ""
    lowest: int | None = None
    highest: int | None = None
    options: tuple[OptionFacts, ...] = ()
    products: frozenset[int] = frozenset()
    is_health: bool = False
    changeable_until: datetime | None = None
    version: int = 1
    wording: tuple[tuple[str, str], ...] = ()

    @property
    def is_at_door(self) -> bool:
        """Whether it can wait until the door."""
        return self.moment == Question.Moment.DOOR


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts, or "" for none any more, to be stored."""

    question: QuestionFacts
    line: OrderLine | None
    value: str
    key: str = ""  # of the sheet, where the line is not written yet

    @property
    def said(self) -> str:
        """What makes another form of one that is sent again: which question, of which place, and the answer."""
        return f"{self.question.pk} {self.key} {self.value}"


def questions_of(edition_id: int) -> tuple[QuestionFacts, ...]:
    """Return what an edition asks, in the active language; no query while nothing was published."""
    key = f"tickets-questions:{edition_id}:{site_generation()}:{get_language()}"
    found = cache.get(key)
    if found is None:
        rows = list(
            Question.objects.filter(edition=edition_id, is_retired=False).prefetch_related("options", "products")
        )
        found = tuple(_facts(row) for row in _that_can_be_asked(rows))
        cache.set(key, found, 300)
    return tuple(found)


def asked_of_place(edition_id: int, product_id: int | None) -> list[QuestionFacts]:
    """Return what is asked for each place of a product."""
    return [
        one for one in questions_of(edition_id) if one.subject == Question.Subject.PLACE and product_id in one.products
    ]


def asked_of_order(edition_id: int, product_ids: Iterable[int | None]) -> list[QuestionFacts]:
    """Return what is asked once, of whoever orders any of these products."""
    wanted = set(product_ids)
    return [
        one
        for one in questions_of(edition_id)
        if one.subject == Question.Subject.ORDER and not one.products.isdisjoint(wanted)
    ]


def answers_of(order: Order) -> dict[tuple[int, int | None], Answer]:
    """Return the answers of an order, by question and line."""
    found = Answer.objects.filter(order=order).select_related("question").prefetch_related("question__options")
    return {(answer.question_id, answer.line_id): answer for answer in found}


def lines_of_page(order: Order) -> QuerySet[OrderLine]:
    """Return the live lines on the page of an order: of its tickets and what they open, and what it has besides.

    Whoever paid: a ticket that was passed on is of another order, and its answers are its new holder's.
    """
    ours = [order.pk, *([order.extends_id] if order.extends_id else [])]
    besides = Q(order=order, ticket=None) & (Q(booked_with=None) | Q(booked_with__order__in=ours))
    opened = Q(booked_with__order=order, ticket=None) & ~Q(order__extends=order)  # bought later: its order's page asks
    shown = besides | opened | Q(ticket__order=order)
    return OrderLine.objects.live().filter(shown, order__state__in=Order.STATES_HOLDING)


def lines_to_ask(order: Order) -> list[OrderLine]:
    """Return the lines of `lines_of_page`, with their day, product and guest."""
    related = ("product", "day__edition", "occurrence__session", "guest")
    found = list(lines_of_page(order).select_related(*related).prefetch_related("day__hours").order_by("pk"))
    for line in found:
        line.order = order
    return found


def page_of(line: OrderLine) -> Order:
    """Return the order on whose page a line is answered. Fetch `ticket__order` and `booked_with__order` before."""
    if ticket := getattr(line, "ticket", None):
        return ticket.order
    opener = line.booked_with
    if opener is None or opener.order_id in {line.order_id, line.order.extends_id}:
        return line.order
    return opener.order


def closes_at(question: QuestionFacts, line: OrderLine | None) -> datetime | None:
    """Return until when an answer can be changed; None for a line without a day, and for an order, without an end."""
    return question.changeable_until or (_end_of(line) if line else None)


def visible_answers(*, may_see_health: bool) -> QuerySet[Answer]:
    """Return the answers that somebody of the office may read: of orders that hold places."""
    found = Answer.objects.filter(order__state__in=Order.STATES_HOLDING, line__cancelled_at=None)
    return found if may_see_health else found.filter(question__is_health=False)


def name_of(line: OrderLine | None, order: Order) -> str:
    """Return whose a line is, or an answer of the order: the name on the ticket, of the guest, or of the buyer."""
    ticket = getattr(line, "ticket", None)
    guest = line.guest.name if line and line.guest else ""
    return (ticket.holder if ticket else "") or guest or order.name


def possible_answers(question: Question) -> set[str]:
    """Return the answers on which another question can hang; none for what people write. Fetch `options` before."""
    if question.kind == Question.Kind.YES_NO:
        return {rules.YES, rules.NO}
    chosen = question.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}
    return {option.slug for option in question.options.all()} if chosen else set()


def meaning_of(question: Question) -> Meaning:
    """Return what the stored question means."""
    return Meaning(
        kind=question.kind,
        subject=question.subject,
        is_health=question.is_health,
        text=question.text.as_dict(),
        options={option.slug: option.label.as_dict() for option in question.options.all()},
        products=frozenset(product.pk for product in question.products.all()),
    )


def _end_of(line: OrderLine) -> datetime | None:
    if line.occurrence:
        return line.occurrence.ends_at
    return closing_moment(line.day) if line.day else None


def _that_can_be_asked(rows: Sequence[Question]) -> Iterator[Question]:
    """Yield the questions of an edition but those that follow one that is not asked any more."""
    parents = {row.pk: row.depends_on_id for row in rows}
    return (row for row in rows if parents.keys() >= set(rules.ancestors(row.depends_on_id, parents)))


def _facts(row: Question) -> QuestionFacts:
    return QuestionFacts(
        pk=row.pk,
        is_required=row.is_required,
        parent=row.depends_on_id,
        values=frozenset(row.depends_values),
        slug=row.slug,
        kind=row.kind,
        subject=row.subject,
        moment=row.asked,
        text=str(row.text),
        help=str(row.help),
        lowest=row.lowest,
        highest=row.highest,
        options=tuple(OptionFacts(one.slug, str(one.label), one.is_offered) for one in row.options.all()),
        products=frozenset(product.pk for product in row.products.all()),
        is_health=row.is_health,
        changeable_until=row.changeable_until,
        version=row.version,
        wording=tuple(row.text.as_dict().items()),
    )

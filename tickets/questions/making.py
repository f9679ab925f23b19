"""Making and changing questions. What was answered keeps its sense; every change stands in the audit log."""

from collections.abc import Callable
from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.models import Answer, Question
from tickets.questions import queries, rules
from tickets.questions.faults import AnswersInTheWay, GoesInCircles, NeverAsked


def save_question(
    *, question: Question, save: Callable[[], Question], is_wording_only: bool, actor: Actor, now: datetime
) -> Question:
    """Store a question through `save`, which writes it with its options and products, and return it.

    Args:
        question: The row, not stored yet or as it was changed.
        save: Writes it.
        is_wording_only: Whether the organiser has said that new words mean what the old ones did.
        actor: Who does it.
        now: When.

    Raises:
        AnswersInTheWay: If it has answers, and would mean something else.
        GoesInCircles: If it depends on itself, or on what is not asked of the same people, or later.
        NeverAsked: If one that follows it waits for an answer that it does not have. Nothing was written in all cases.
    """
    is_new = question.pk is None
    with writing(public=True):
        if not is_new:
            Question.objects.select_for_update().get(pk=question.pk)  # answers that are being given are waited for
        before = None if is_new else _stored(question.pk)
        saved = save()
        after = _stored(saved.pk)
        _check_followers(after)
        if before is not None and _check(before, after, is_wording_only=is_wording_only):
            saved.version = before.version + 1
            Question.objects.filter(pk=saved.pk).update(version=saved.version)
        facts: dict[str, Fact] = {"slug": saved.slug, "kind": saved.kind, "version": saved.version}
        verb = "question.created" if is_new else "question.changed"
        audit.record(verb, saved, actor=actor, at=now, facts=facts, edition=saved.edition)
    return saved


def _stored(pk: int) -> Question:
    return Question.objects.prefetch_related("options", "products").get(pk=pk)


def _check(before: Question, after: Question, *, is_wording_only: bool) -> bool:
    """Refuse what would change the sense of answers; return whether those that come will have read other words."""
    old, new = queries.meaning_of(before), queries.meaning_of(after)
    answers = Answer.objects.filter(question=after)
    values = set(answers.values_list("value", flat=True)) if old.options else set()
    chosen = {part for value in values for part in rules.parts(value)}
    count = answers.count()
    if not count:
        return False
    products = set(answers.exclude(line=None).values_list("line__product", flat=True))
    what = rules.refuse_change(old, new, chosen=chosen, answered_by=products, is_wording_only=is_wording_only)
    if what is not None:
        raise AnswersInTheWay(what=what, answers=count)
    return rules.is_reworded(old, new, chosen)


def _check_followers(question: Question) -> None:
    """A question follows one that is asked of the same people, for the same thing, no later, and never itself."""
    rows = Question.objects.filter(edition=question.edition_id)
    parents = dict(rows.values_list("pk", "depends_on"))
    above = rules.ancestors(question.depends_on_id, parents)
    if question.pk in above:
        raise GoesInCircles
    for pk in [*above[:1], *rows.filter(depends_on=question.pk).values_list("pk", flat=True)]:
        other = _stored(pk)
        upper, lower = (other, question) if pk == question.depends_on_id else (question, other)
        is_later = upper.asked == Question.Moment.DOOR and lower.asked == Question.Moment.PURCHASE
        if is_later or upper.subject != lower.subject or not _products(lower) <= _products(upper):
            raise GoesInCircles
        if not lower.depends_values or not set(lower.depends_values) <= queries.possible_answers(upper):
            raise NeverAsked


def _products(question: Question) -> set[int]:
    return {product.pk for product in question.products.all()}

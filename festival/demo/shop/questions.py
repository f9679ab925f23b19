"""Loads what the ticket office asks: diets and allergies for the lunch, children at the Village and in workshops."""

from collections.abc import Callable
from typing import Any

from festival.core.audit import IMPORTER
from festival.importing.faults import moment, one_of, read, required, rows, translated
from festival.models import Edition, Phase
from tickets.models import Product, Question, QuestionOption
from tickets.questions import making

Row = dict[str, Any]


def load(shop: Row, edition: Edition, phase: Phase, report: Callable[[str], None]) -> None:
    """Create or update the questions of an edition; its products come before, and each question what it depends on."""
    known = {product.slug: product for product in edition.products.all()}
    count = 0
    for path, row in rows(shop, "questions"):
        _question(f"ticketing.{path}", row, edition, known, phase, count)
        count += 1
    if count:
        report(f"Questions: {count}.")


def _question(path: str, row: Row, edition: Edition, known: dict[str, Product], phase: Phase, number: int) -> None:
    slug = required(row, "id", path)
    question = Question.objects.filter(edition=edition, slug=slug).first() or Question(edition=edition, slug=slug)
    for name, value in _values(path, row, edition).items():
        setattr(question, name, value)
    question.sort_order = number
    products = [one_of(known, one, f"{path}.products") for one in required(row, "products", path)]

    def save() -> Question:
        question.save()
        question.products.set(products)
        for order, (place, option) in enumerate(rows(row, "options") if row.get("options") else ()):
            label = translated(option, "name", f"{path}.{place}")["name"]
            QuestionOption.objects.update_or_create(
                question=question,
                slug=required(option, "id", f"{path}.{place}"),
                defaults={"label": label, "sort_order": order},
            )
        return question

    making.save_question(question=question, save=save, is_wording_only=True, actor=IMPORTER, now=phase.opens)


def _values(path: str, row: Row, edition: Edition) -> dict[str, Any]:
    after = row.get("after") or {}
    others = {one.slug: one for one in edition.ticket_questions.all()}
    until = row.get("changeable_until")
    return {
        **translated(row, "text", path),
        **translated(row, "help", path, optional=True),
        "kind": required(row, "kind", path),
        "subject": row.get("subject", Question.Subject.PLACE),
        "asked": row.get("asked", Question.Moment.PURCHASE),
        "is_required": bool(row.get("required")),
        "is_health": bool(row.get("health")),
        "lowest": _number(path, row, "lowest"),
        "highest": _number(path, row, "highest"),
        "changeable_until": moment(until, f"{path}.changeable_until") if until else None,
        "depends_on": one_of(others, after["question"], f"{path}.after.question") if after else None,
        "depends_values": list(after.get("answers", ())),
    }


def _number(path: str, row: Row, name: str) -> int | None:
    return None if row.get(name) is None else read(int, row[name], f"{path}.{name}")

"""What everybody may read about a call: prizes, questions, rules. Nothing of who applies or judges."""

from dataclasses import dataclass

from django.core.cache import cache

from awards.entering.queries import questions_of
from awards.models import Call, Prize, Question, RulesVersion
from festival.core.writing import site_generation


@dataclass(frozen=True, slots=True)
class Prospectus:
    """What a call promises and asks.

    `prizes` are those that no category says already; `earlier` the versions of the rules before the one in force.
    """

    prizes: tuple[Prize, ...]
    questions: tuple[Question, ...]
    earlier: tuple[RulesVersion, ...]


def prospectus_of(call: Call) -> Prospectus:
    """Return what is told about a call; asks the database once a generation."""
    key = f"award-prospectus:{site_generation()}:{call.pk}"
    kept: Prospectus | None = cache.get(key)
    if kept is None:
        prizes = Prize.objects.filter(call=call).select_related("category")
        kept = Prospectus(
            prizes=tuple(prize for prize in prizes if not _is_said_by_its_category(prize)),
            questions=tuple(questions_of(call)),
            earlier=tuple(RulesVersion.objects.filter(call=call).exclude(version=call.rules_version)),
        )
        cache.set(key, kept, 300)
    return kept


def _is_said_by_its_category(prize: Prize) -> bool:
    return prize.category is not None and str(prize.name) == str(prize.category.name)

"""Loads the call with its categories, rounds, rubric and form."""

from datetime import timedelta
from typing import Any

from awards.models import Call, Category, Criterion, Question, QuestionOption, Round, Rubric, ScaleLevel
from festival.importing.faults import Fault, moment, one_of
from festival.models import Edition, Phase

PHASES = ("call-projects", "jury-round-1", "finalists", "public-vote")
NAMES = {
    "jury": {"fr": "Évaluation par le jury", "en": "Jury evaluation"},
    "vote": {"fr": "Vote du public", "en": "Public vote"},
    "rubric": {"fr": "Grille du jury", "en": "The jury’s scorecard"},
}


def load(slug: str, awards: dict[str, Any]) -> Call:
    """Bring the call of the edition `slug` back to the file, and return it."""
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        raise Fault("edition.id", f"edition {slug!r} is not loaded")
    applying, judging, finalists, voting = (_phase(edition, slug) for slug in PHASES)
    year = edition.start_date.year
    call, _ = Call.objects.update_or_create(
        slug=f"prix-{year}",
        defaults={
            "edition": edition,
            "section": edition.sections.filter(slug="prix").first(),
            "name": {"fr": f"Les Prix {year}", "en": f"{year} Awards"},
            "opens": applying.opens,
            "closes": applying.closes,
            "retention_until": edition.end_date + timedelta(days=730),
            "rules": _joined(awards["rules"]),
            "funding_ceiling": awards["ceilings"]["funding_received_eur"],
        },
    )
    for place, item in enumerate(awards["categories"]):
        by_vote = item.get("decided_by") == "public_vote"
        fields = _texts(item, "name", "description", "prize") | {"sort_order": place, "by_public_vote": by_vote}
        Category.objects.update_or_create(call=call, slug=item["id"], defaults=fields)
    _load_questions(call, awards["questions"])
    _load_rounds(call, awards, {"judging": judging, "finalists": finalists, "voting": voting})
    return call


def _load_rounds(call: Call, awards: dict[str, Any], phases: dict[str, Phase]) -> None:
    jury_round = {
        "kind": Round.Kind.JURY,
        "name": NAMES["jury"],
        "opens": phases["judging"].opens,
        "closes": phases["judging"].closes,
        "announced_at": phases["finalists"].opens,
        "rubric": _load_rubric(call, awards),
        "readers_per_entry": awards["readers_per_project"],
        "finalists_per_category": awards["finalists_per_category"],
    }
    vote = {
        "kind": Round.Kind.PUBLIC,
        "mode": Round.Mode.GRADE,
        "name": NAMES["vote"],
        "opens": phases["voting"].opens,
        "closes": phases["voting"].closes,
        "announced_at": moment(awards["public_vote"]["results_hidden_until"], "awards.public_vote"),
    }
    first, _ = Round.objects.update_or_create(call=call, order=1, defaults=jury_round)
    Round.objects.update_or_create(call=call, order=2, defaults=vote | {"follows": first})


def _phase(edition: Edition, slug: str) -> Phase:
    phase = Phase.objects.filter(edition=edition, slug=slug).first()
    if phase is None:
        raise Fault("edition.phases", f"phase {slug!r} is missing")
    return phase


def _load_rubric(call: Call, awards: dict[str, Any]) -> Rubric:
    rubric, _ = Rubric.objects.update_or_create(call=call, version=1, defaults={"name": NAMES["rubric"]})
    for place, item in enumerate(awards["criteria"]):
        step = f"mean_{item['id']}"
        tie_break = awards["tie_break"].index(step) + 1 if step in awards["tie_break"] else None
        facts = {"sort_order": place, "weight": item["weight"], "tie_break": tie_break}
        fields = _texts(item, "name", "question") | facts
        Criterion.objects.update_or_create(rubric=rubric, slug=item["id"], defaults=fields)
    for item in awards["scale"]:
        ScaleLevel.objects.update_or_create(rubric=rubric, value=item["value"], defaults={"label": item["label"]})
    return rubric


def _load_questions(call: Call, items: list[dict[str, Any]]) -> None:
    for place, item in enumerate(items):
        fields = _texts(item, "label", "help") | {
            "sort_order": place,
            "kind": one_of(
                {kind.value: kind for kind in Question.Kind}, item["kind"], f"awards.questions[{place}].kind"
            ),
            "is_required": item["required"],
            "limit": item["limit"],
            "limit_unit": item["unit"],
            "audience": item["audience"],
            "hidden_when_blind": item["hidden_when_blind"],
        }
        question, _ = Question.objects.update_or_create(call=call, slug=item["id"], version=1, defaults=fields)
        for seat, option in enumerate(item["options"]):
            defaults = {"sort_order": seat, "label": option["label"]}
            QuestionOption.objects.update_or_create(question=question, slug=option["id"], defaults=defaults)


def _joined(articles: list[dict[str, str]]) -> dict[str, str]:
    languages = articles[0] if articles else {}
    return {language: "\n\n".join(article[language] for article in articles) for language in languages}


def _texts(item: dict[str, Any], *names: str) -> dict[str, dict[str, str]]:
    return {name: item[name] for name in names}

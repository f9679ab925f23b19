"""Loads the awards: the call with its rounds and its form, the projects with who applied and what they answered.

What the jury does with them is in `festival.demo.jury`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from awards.application.answering import answer
from awards.exceptions import AnswerRefused
from awards.models import (
    Applicant,
    Call,
    Category,
    Criterion,
    Entry,
    EntryOnStage,
    Question,
    QuestionOption,
    Round,
    Rubric,
    ScaleLevel,
)
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.demo import jury
from festival.importing.faults import Fault, moment, one_of
from festival.models import Edition, Phase
from program.models import Session

# Every application of the file has passed the eligibility check or failed it.
STATES = {
    "submitted": Entry.State.ELIGIBLE,
    "withdrawn": Entry.State.WITHDRAWN,
    "ineligible": Entry.State.INELIGIBLE,
    "disqualified": Entry.State.DISQUALIFIED,
}
PHASES = ("call-projects", "jury-round-1", "finalists", "public-vote")
NAMES = {
    "jury": {"fr": "Évaluation par le jury", "en": "Jury evaluation"},
    "vote": {"fr": "Vote du public", "en": "Public vote"},
    "rubric": {"fr": "Grille du jury", "en": "The jury’s scorecard"},
}


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Bring call, projects and jury back to the file; what jurors wrote is added once and never rewritten."""
    awards = data["awards"]
    with writing(public=True):
        call = _load_call(data["edition"]["id"], awards)
        _load_questions(call, awards["questions"])
        entries = {
            item["id"]: _load_entry(call, item, f"awards.projects[{place}]")
            for place, item in enumerate(awards["projects"])
        }
        _load_answers(call, awards["projects"], entries)
        _load_stage(call, data["sessions"], entries)
    report(f"Awards: {len(entries)} projects.")
    jury.load(awards, call, entries, report)
    _load_states(awards, entries)
    jury.freeze(call)


def _load_call(slug: str, awards: dict[str, Any]) -> Call:
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        raise Fault("edition.id", f"edition {slug!r} is not loaded")
    applying, judging, finalists, voting = (_phase(edition, slug) for slug in PHASES)
    year = edition.start_date.year
    call, _ = Call.objects.update_or_create(
        slug=f"prix-{year}",
        defaults={
            "edition": edition,
            "name": {"fr": f"Les Prix {year}", "en": f"{year} Awards"},
            "opens": applying.opens,
            "closes": applying.closes,
            "rules": _joined(awards["rules"]),
            "funding_ceiling": awards["ceilings"]["funding_received_eur"],
        },
    )
    for place, item in enumerate(awards["categories"]):
        by_vote = item.get("decided_by") == "public_vote"
        fields = _texts(item, "name", "description", "prize") | {"sort_order": place, "by_public_vote": by_vote}
        Category.objects.update_or_create(call=call, slug=item["id"], defaults=fields)
    jury_round = {
        "kind": Round.Kind.JURY,
        "name": NAMES["jury"],
        "opens": judging.opens,
        "closes": judging.closes,
        "announced_at": finalists.opens,
        "rubric": _load_rubric(call, awards),
        "readers_per_entry": awards["readers_per_project"],
        "finalists_per_category": awards["finalists_per_category"],
    }
    vote = {
        "kind": Round.Kind.PUBLIC,
        "mode": Round.Mode.GRADE,
        "name": NAMES["vote"],
        "opens": voting.opens,
        "closes": voting.closes,
        "announced_at": moment(awards["public_vote"]["results_hidden_until"], "awards.public_vote"),
    }
    first, _ = Round.objects.update_or_create(call=call, order=1, defaults=jury_round)
    Round.objects.update_or_create(call=call, order=2, defaults=vote | {"follows": first})
    return call


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


def _load_entry(call: Call, item: dict[str, Any], path: str) -> Entry:
    category = Category.objects.filter(call=call, slug=item["category"], by_public_vote=False).first()
    if category is None:
        raise Fault(f"{path}.category", f"no category {item['category']!r} that takes projects")
    if item["status"] not in STATES:
        raise Fault(f"{path}.status", f"unknown state {item['status']!r}")
    if item["legal_form"] not in Entry.LegalForm.values:
        raise Fault(f"{path}.legal_form", f"unknown legal form {item['legal_form']!r}")
    fund = item["crowdfunding"] or {}
    fields = _texts(item, "title", "pitch") | {
        "category": category,
        "applicant": _load_applicant(item["applicant"], at=call.opens),
        "funding_received": item["funding_received_eur"],
        "tags": ", ".join(item["tags"]),
        "language": item["language_of_application"],
        "crowdfunding_url": fund.get("url", ""),
        "crowdfunding_goal": fund.get("goal_eur"),
        "crowdfunding_raised": fund.get("raised_eur"),
        "crowdfunding_ends": date.fromisoformat(fund["ends"]) if fund else None,
        **{name: item[name] for name in ("holder", "legal_form", "city", "country", "founded", "community_size")},
        **{name: item[name] or "" for name in ("website", "video", "licence")},
    }
    at_first = fields | {"state": Entry.State.ELIGIBLE}
    return Entry.objects.update_or_create(call=call, slug=item["id"], defaults=fields, create_defaults=at_first)[0]


def _load_applicant(item: dict[str, Any], *, at: datetime) -> Applicant:
    fields = {"name": item["name"], "language": item["language"]}
    at_first = fields | {"created_at": at, "confirmed_at": at}
    email = item["email"].lower()
    return Applicant.objects.update_or_create(email=email, defaults=fields, create_defaults=at_first)[0]


def _load_answers(call: Call, items: list[dict[str, Any]], entries: dict[str, Entry]) -> None:
    questions = {question.slug: question for question in call.questions.current()}
    for place, item in enumerate(items):
        for slug, value in item["answers"].items():
            path = f"awards.projects[{place}].answers.{slug}"
            question = one_of(questions, slug, path)
            row = {"entry_id": entries[item["id"]].pk, "question_id": question.pk, "value": value}
            try:
                answer(**row, actor=Actor.system("import"), now=call.closes)
            except AnswerRefused as error:
                raise Fault(path, f"{value!r} is no answer: {error}") from error


def _load_stage(call: Call, items: list[dict[str, Any]], entries: dict[str, Entry]) -> None:
    """Put the projects on stage in the sessions that name them, and nowhere else."""
    kept = []
    for place, item in enumerate(items):
        for seat, slug in enumerate(item["related_projects"]):
            path = f"sessions[{place}].related_projects[{seat}]"
            session = Session.objects.filter(slug=item["id"], section__edition=call.edition_id).first()
            if session is None:
                raise Fault(path, f"session {item['id']!r} is not loaded")
            kept.append(EntryOnStage.objects.get_or_create(entry=one_of(entries, slug, path), session=session)[0].pk)
    EntryOnStage.objects.filter(entry__call=call).exclude(pk__in=kept).delete()


def _load_states(awards: dict[str, Any], entries: dict[str, Entry]) -> None:
    """Take out of the contest what left it; only now, because some of these projects had been scored before."""
    with writing(public=True):
        for item in awards["projects"]:
            entry = entries[item["id"]]
            entry.state, entry.state_reason = STATES[item["status"]], item.get("status_note") or {}
            entry.save(update_fields=["state", "state_reason"])


def _joined(articles: list[dict[str, str]]) -> dict[str, str]:
    languages = articles[0] if articles else {}
    return {language: "\n\n".join(article[language] for article in articles) for language in languages}


def _texts(item: dict[str, Any], *names: str) -> dict[str, dict[str, str]]:
    return {name: item[name] for name in names}

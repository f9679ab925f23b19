"""Loads the projects: who applied, what they answered, where they are on stage, and what left the contest."""

from datetime import date, datetime
from typing import Any

from awards.application.answering import answer
from awards.exceptions import AnswerRefused
from awards.models import Applicant, Call, Category, Entry, EntryOnStage
from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing.faults import Fault, one_of
from program.models import Session

# Every application of the file has passed the eligibility check or failed it.
STATES = {
    "submitted": Entry.State.ELIGIBLE,
    "withdrawn": Entry.State.WITHDRAWN,
    "ineligible": Entry.State.INELIGIBLE,
    "disqualified": Entry.State.DISQUALIFIED,
}


def load(call: Call, data: dict[str, Any]) -> dict[str, Entry]:
    """Bring the projects back to the file, and return them by their short names; new ones are in the contest."""
    items = data["awards"]["projects"]
    entries = {item["id"]: _load_entry(call, item, f"awards.projects[{place}]") for place, item in enumerate(items)}
    _load_answers(call, items, entries)
    _load_stage(call, data["sessions"], entries)
    return entries


def _load_entry(call: Call, item: dict[str, Any], path: str) -> Entry:
    category = Category.objects.filter(call=call, slug=item["category"], by_public_vote=False).first()
    if category is None:
        raise Fault(f"{path}.category", f"no category {item['category']!r} that takes projects")
    if item["status"] not in STATES:
        raise Fault(f"{path}.status", f"unknown state {item['status']!r}")
    if item["legal_form"] not in Entry.LegalForm.values:
        raise Fault(f"{path}.legal_form", f"unknown legal form {item['legal_form']!r}")
    fund = item["crowdfunding"] or {}
    fields = {
        **{name: item[name] for name in ("title", "pitch")},
        "category": category,
        "applicant": _load_applicant(item["applicant"], at=call.opens),
        "funding_received": item["funding_received_eur"],
        "tags": ", ".join(item["tags"]),
        "language": item["language_of_application"],
        "crowdfunding_url": fund.get("url", ""),
        "crowdfunding_goal": fund.get("goal_eur"),
        "crowdfunding_raised": fund.get("raised_eur"),
        "crowdfunding_asked_on": date.fromisoformat(fund["asked_on"]) if fund else None,
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
                answer(**row, actor=IMPORTER, now=call.closes)
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


def take_out(awards: dict[str, Any], entries: dict[str, Entry]) -> None:
    """Take out of the contest what left it; only now, because some of these projects had been scored before."""
    with writing(public=True):
        for item in awards["projects"]:
            entry = entries[item["id"]]
            entry.state, entry.state_reason = STATES[item["status"]], item.get("status_note") or {}
            entry.save(update_fields=["state", "state_reason"])

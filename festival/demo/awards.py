"""Loads the awards: the call and its rubric, projects, the jury, what it wrote, and the result that the chair froze."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from awards.exceptions import AwardsError
from awards.jury.scoring import recuse, save_scorecard
from awards.models import Assignment, Call, Category, Criterion, Entry, Juror, ScaleLevel, Scorecard
from awards.results.deliberation import freeze_result
from festival.core import generation
from festival.importing.faults import Fault
from festival.models import Edition, Phase, User

PHASES = {
    "entry_phase": "call-projects",
    "judging_phase": "jury-round-1",
    "finalists_phase": "finalists",
    "vote_phase": "public-vote",
}
# Every application of the file has passed the eligibility check or failed it.
STATES = {
    "submitted": Entry.State.ELIGIBLE,
    "withdrawn": Entry.State.WITHDRAWN,
    "ineligible": Entry.State.INELIGIBLE,
    "disqualified": Entry.State.DISQUALIFIED,
}
FROZEN_AT = "2027-04-06T10:00:00"  # the morning after the jury's round


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Bring call, projects and jury back to the file; what jurors wrote is added once and never rewritten."""
    awards = data["awards"]
    call = _load_call(data["edition"]["id"], awards)
    entries = {item["id"]: _load_entry(call, place, item) for place, item in enumerate(awards["projects"])}
    jurors = {item["id"]: _load_juror(call, item) for item in awards["jurors"]}
    report(f"Awards: {len(entries)} projects, {len(jurors)} jurors.")
    pairs = _load_assignments(awards, jurors, entries)
    _load_scorecards(awards, jurors, pairs)
    _load_recusals(awards, jurors, entries)
    _load_states(awards, entries)
    if not call.tallies.exists():
        chair = call.jurors.filter(is_chair=True).first()
        freeze_result(call_id=call.pk, user_id=chair.user_id if chair else None, now=_moment(FROZEN_AT))
    generation.bump()
    report(f"Awards: {len(awards['sample_evaluations'])} scorecards, one frozen result.")


def _load_call(slug: str, awards: dict[str, Any]) -> Call:
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        raise Fault("edition.id", f"edition {slug!r} is not loaded")
    vote = awards["public_vote"]
    call, _ = Call.objects.update_or_create(
        edition=edition,
        slug="prix",
        defaults={
            "name_fr": f"Les Prix {edition.start_date.year}",
            "name_en": f"{edition.start_date.year} Awards",
            "rules_fr": "\n\n".join(article["fr"] for article in awards["rules"]),
            "rules_en": "\n\n".join(article["en"] for article in awards["rules"]),
            "funding_ceiling": awards["ceilings"]["funding_received_eur"],
            "readers_per_entry": awards["readers_per_project"],
            "finalists_per_category": awards["finalists_per_category"],
            "vote_hidden_until": _moment(vote["results_hidden_until"]),
            **{field: _phase(edition, slug) for field, slug in PHASES.items()},
        },
    )
    for place, item in enumerate(awards["categories"]):
        by_vote = item.get("decided_by") == "public_vote"
        fields = _both(item, "name", "description", "prize") | {"sort_order": place, "by_public_vote": by_vote}
        Category.objects.update_or_create(call=call, slug=item["id"], defaults=fields)
    for place, item in enumerate(awards["criteria"]):
        step = f"mean_{item['id']}"
        tie_break = awards["tie_break"].index(step) + 1 if step in awards["tie_break"] else None
        fields = _both(item, "name", "question") | {
            "sort_order": place,
            "weight": item["weight"],
            "tie_break": tie_break,
        }
        Criterion.objects.update_or_create(call=call, slug=item["id"], defaults=fields)
    for item in awards["scale"]:
        ScaleLevel.objects.update_or_create(call=call, value=item["value"], defaults=_both(item, "label"))
    return call


def _phase(edition: Edition, slug: str) -> Phase:
    phase = Phase.objects.filter(edition=edition, slug=slug).first()
    if phase is None:
        raise Fault("edition.phases", f"phase {slug!r} is missing")
    return phase


def _load_entry(call: Call, place: int, item: dict[str, Any]) -> Entry:
    path = f"awards.projects[{place}]"
    category = Category.objects.filter(call=call, slug=item["category"], by_public_vote=False).first()
    if category is None:
        raise Fault(f"{path}.category", f"no category {item['category']!r} that takes projects")
    if item["status"] not in STATES:
        raise Fault(f"{path}.status", f"unknown state {item['status']!r}")
    if item["legal_form"] not in Entry.LegalForm.values:
        raise Fault(f"{path}.legal_form", f"unknown legal form {item['legal_form']!r}")
    fund = item["crowdfunding"] or {}
    fields = _both(item, "title", "pitch") | {
        "category": category,
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


def _load_juror(call: Call, item: dict[str, Any]) -> Juror:
    user, is_new = User.objects.get_or_create(email=item["email"].lower())
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    fields = _both(item, "role", "bio") | {
        "user": user,
        "is_chair": item["president"],
        "languages": ", ".join(item["languages"]),
        **{name: item[name] for name in ("name", "sort_name", "email", "organisation", "city", "country")},
    }
    return Juror.objects.update_or_create(call=call, slug=item["id"], defaults=fields)[0]


def _load_assignments(
    awards: dict[str, Any], jurors: dict[str, Juror], entries: dict[str, Entry]
) -> dict[tuple[str, str], Assignment]:
    pairs = {}
    for place, item in enumerate(awards["assignments"]):
        entry = _known(entries, item["project"], f"awards.assignments[{place}].project")
        for seat, slug in enumerate(item["jurors"]):
            juror = _known(jurors, slug, f"awards.assignments[{place}].jurors[{seat}]")
            pairs[slug, item["project"]] = Assignment.objects.get_or_create(juror=juror, entry=entry)[0]
    return pairs


def _load_scorecards(
    awards: dict[str, Any], jurors: dict[str, Juror], pairs: dict[tuple[str, str], Assignment]
) -> None:
    """Write each card the way its juror did, at the time the file says."""
    written = set(Scorecard.objects.values_list("assignment_id", flat=True))
    for place, item in enumerate(awards["sample_evaluations"]):
        path = f"awards.sample_evaluations[{place}]"
        assignment = _known(pairs, (item["juror"], item["project"]), path)
        if item["status"] == "not_started" or assignment.pk in written:
            continue
        try:
            _write_card(assignment, jurors[item["juror"]], item)
        except AwardsError as error:
            raise Fault(path, f"{error.code} {error}") from error


def _write_card(assignment: Assignment, juror: Juror, item: dict[str, Any]) -> None:
    comment = item["comment"] or {}
    save_scorecard(
        assignment_id=assignment.pk,
        version=0,
        marks={slug: mark for slug, mark in item["scores"].items() if mark is not None},
        comment=comment.get(_language(juror), ""),
        submit=item["status"] != "draft",
        user_id=juror.user_id,
        now=_moment(item["submitted_at"]) if item["submitted_at"] else juror.call.judging_phase.opens,
    )


def _load_recusals(awards: dict[str, Any], jurors: dict[str, Juror], entries: dict[str, Entry]) -> None:
    for place, item in enumerate(awards["recusals"]):
        path = f"awards.recusals[{place}]"
        juror = _known(jurors, item["juror"], f"{path}.juror")
        recuse(
            juror_id=juror.pk,
            entry_id=_known(entries, item["project"], f"{path}.project").pk,
            reason=item["reason"][_language(juror)],
            now=_moment(item["declared_at"]),
        )


def _load_states(awards: dict[str, Any], entries: dict[str, Entry]) -> None:
    """Take out of the contest what left it; only now, because some of these projects had been scored before."""
    for item in awards["projects"]:
        note = item.get("status_note") or {"fr": "", "en": ""}
        Entry.objects.filter(pk=entries[item["id"]].pk).update(
            state=STATES[item["status"]], state_reason_fr=note["fr"], state_reason_en=note["en"]
        )


def _language(juror: Juror) -> str:
    """The language that the juror writes in."""
    return "fr" if "fr" in juror.languages.split(", ") else "en"


def _known[Key, Value](rows: dict[Key, Value], key: Key, path: str) -> Value:
    if key not in rows:
        raise Fault(path, f"{key!r} is unknown")
    return rows[key]


def _both(item: dict[str, Any], *names: str) -> dict[str, str]:
    return {f"{name}_{language}": item[name][language] for name in names for language in ("fr", "en")}


def _moment(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))

"""Loads the jury: who it is, who reads what, what was written, who stepped back, and the result that was frozen."""

from collections.abc import Callable
from typing import Any

from awards.exceptions import AwardsError
from awards.jury.assigning import assign
from awards.jury.scoring import Marks, recuse, save_scorecard
from awards.models import Assignment, Call, CardComment, Entry, Juror, Round, Scorecard
from awards.results.deliberation import freeze_result
from festival.core.audit import IMPORTER
from festival.importing.faults import Fault, moment, one_of
from festival.models import User
from festival.text.languages import main_language

FROZEN_AT = "2027-04-06T10:00:00"  # the morning after the jury's round
WHY_WITHOUT = "Deux évaluations ne sont pas arrivées à temps."

type Pairs = dict[tuple[str, str], Assignment]


def load(awards: dict[str, Any], call: Call, entries: dict[str, Entry], report: Callable[[str], None]) -> None:
    """Bring the jury back to the file; its work is added once. Entries that were scored must be in the contest."""
    judged = call.rounds.get(order=1)
    jurors = {item["id"]: _load_juror(call, item) for item in awards["jurors"]}
    pairs = _load_assignments(awards, judged, jurors, entries)
    _load_scorecards(awards, judged, jurors, pairs)
    _load_recusals(awards, judged, jurors, entries)
    report(f"Awards: {len(jurors)} jurors, {len(awards['sample_evaluations'])} scorecards.")


def freeze(call: Call) -> None:
    """Freeze the result of the first round, as the chair did, unless there is one."""
    judged = call.rounds.get(order=1)
    if not judged.tallies.exists():
        chair = call.jurors.filter(is_chair=True).select_related("user").first()
        by, now = chair.user if chair else None, moment(FROZEN_AT, "FROZEN_AT")
        freeze_result(round_id=judged.pk, by=by, now=now, reason=WHY_WITHOUT)


def _load_juror(call: Call, item: dict[str, Any]) -> Juror:
    user, is_new = User.objects.get_or_create(email=item["email"].lower())
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    fields = {
        "user": user,
        "is_chair": item["president"],
        "languages": ", ".join(item["languages"]),
        **{name: item[name] for name in ("name", "sort_name", "email", "organisation", "city", "country")},
        **{name: item[name] for name in ("role", "bio")},
    }
    return Juror.objects.update_or_create(call=call, slug=item["id"], defaults=fields)[0]


def _load_assignments(
    awards: dict[str, Any], judged: Round, jurors: dict[str, Juror], entries: dict[str, Entry]
) -> Pairs:
    """Give each project to its jurors, on the day that the call closed."""
    known = Assignment.objects.filter(round=judged).select_related("juror", "entry")
    pairs = {(pair.juror.slug, pair.entry.slug): pair for pair in known}
    office = IMPORTER
    for place, item in enumerate(awards["assignments"]):
        entry = one_of(entries, item["project"], f"awards.assignments[{place}].project")
        for seat, slug in enumerate(item["jurors"]):
            juror = one_of(jurors, slug, f"awards.assignments[{place}].jurors[{seat}]")
            if (slug, item["project"]) not in pairs:
                chosen = {"round_id": judged.pk, "juror_id": juror.pk, "entry_id": entry.pk}
                pairs[slug, item["project"]] = assign(**chosen, actor=office, now=judged.call.closes)
    return pairs


def _load_scorecards(awards: dict[str, Any], judged: Round, jurors: dict[str, Juror], pairs: Pairs) -> None:
    """Write each card the way its juror did, at the time the file says."""
    told: set[str] = set()
    written = set(Scorecard.objects.filter(assignment__round=judged).values_list("assignment_id", flat=True))
    for place, item in enumerate(awards["sample_evaluations"]):
        path = f"awards.sample_evaluations[{place}]"
        assignment = pairs.get((item["juror"], item["project"]))
        if assignment is None:
            raise Fault(path, f"{item['juror']!r} does not read {item['project']!r}")
        if item["status"] == "not_started" or assignment.pk in written:
            continue
        try:
            _write_card(assignment, jurors[item["juror"]], judged, item, path, told)
        except AwardsError as error:
            raise Fault(path, f"{error.code} {error}") from error


def _write_card(
    assignment: Assignment, juror: Juror, judged: Round, item: dict[str, Any], path: str, told: set[str]
) -> None:
    """Write one card; what is said first of a project is for its applicant too: `told` has such projects."""
    comment = (item["comment"] or {}).get(_language(juror), "")
    is_first = comment and item["status"] == "submitted" and item["project"] not in told
    told |= {item["project"]} if is_first else set()
    chosen = {slug: mark for slug, mark in item["scores"].items() if mark is not None}
    save_scorecard(
        assignment_id=assignment.pk,
        version=0,
        marks=Marks(
            chosen,
            comment,
            submit=item["status"] != "draft",
            notes={CardComment.Audience.APPLICANT: comment} if is_first else {},
        ),
        by=juror.user,
        now=moment(item["submitted_at"], f"{path}.submitted_at") if item["submitted_at"] else judged.opens,
    )


def _load_recusals(awards: dict[str, Any], judged: Round, jurors: dict[str, Juror], entries: dict[str, Entry]) -> None:
    for place, item in enumerate(awards["recusals"]):
        path = f"awards.recusals[{place}]"
        juror = one_of(jurors, item["juror"], f"{path}.juror")
        recuse(
            juror_id=juror.pk,
            entry_id=one_of(entries, item["project"], f"{path}.project").pk,
            round_id=judged.pk,
            reason=item["reason"][_language(juror)],
            by=juror.user,
            now=moment(item["declared_at"], f"{path}.declared_at"),
        )


def _language(juror: Juror) -> str:
    """The language of the file that the juror writes in: the main one where they know it, else English."""
    return main_language() if main_language() in juror.language_list else "en"

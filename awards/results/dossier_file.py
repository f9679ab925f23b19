"""Reads a contest from a festival file, and writes a result in the shape of its `expected_results`."""

from collections.abc import Mapping
from typing import Any

from awards.exceptions import MalformedContest
from awards.results.dossier import Candidate, Card, CardState, Contest, Preference, Rubric, from_dict
from awards.results.tally import CHAIR, Result, Row, rounded

_STATES: dict[str, CardState] = {"submitted": "submitted", "draft": "draft", "voided_recusal": "voided"}


def read_contest(data: Mapping[str, Any]) -> Contest:
    """Return the contest of a festival file, of its `awards` part alone, or of the dossier of a frozen result.

    Raises MalformedContest with the place.
    """
    try:
        awards = data.get("awards", data)
        if "input" in data:
            return from_dict(data["input"])
        return Contest(
            rubric=_rubric(awards),
            categories=tuple(item["id"] for item in awards["categories"]),
            candidates=tuple(
                Candidate(item["id"], item["category"], item["status"] == "submitted") for item in awards["projects"]
            ),
            cards=tuple(
                _card(item, place) for place, item in enumerate(awards["sample_evaluations"]) if item["scores"]
            ),
            recusals=frozenset((item["juror"], item["project"]) for item in awards["recusals"]),
            preferences=tuple(Preference(item["entry"], item["other"]) for item in awards.get("casting_votes", [])),
        )
    except KeyError as error:
        raise MalformedContest("the contest", f"{error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise MalformedContest("the contest", f"it has another shape than a festival file ({error})") from error


def _rubric(awards: Mapping[str, Any]) -> Rubric:
    chain = tuple(step.removeprefix("mean_") for step in awards["tie_break"] if step != CHAIR)
    return Rubric(
        weights={item["id"]: item["weight"] for item in awards["criteria"]},
        top=max(item["value"] for item in awards["scale"]),
        tie_chain=chain,
        finalists_per_category=awards["finalists_per_category"],
    )


def _card(item: Mapping[str, Any], place: int) -> Card:
    if (state := _STATES.get(item["status"])) is None:
        raise MalformedContest(f"awards.sample_evaluations[{place}].status", f"unknown {item['status']!r}")
    marks = {slug: mark for slug, mark in item["scores"].items() if mark is not None}
    return Card(item["project"], item["juror"], marks, state)


def write_result(contest: Contest, result: Result) -> dict[str, Any]:
    """Return the result as JSON values with numbers rounded half up to two digits."""
    return {
        "by_project": [_written(row, contest.rubric) for row in result.rows],
        "finalists": list(result.finalists),
        "ties": [
            {"category": tie.category, "projects": list(tie.entries), "decided_by": tie.decided_by}
            for tie in result.ties
        ],
    }


def _written(row: Row, rubric: Rubric) -> dict[str, Any]:
    means = {f"mean_{slug}": _number(row.means.get(slug)) for slug in rubric.tie_chain}
    return {
        "project": row.entry,
        "category": row.category,
        "valid_evaluations": row.cards,
        "score_100": _number(row.score),
        **means,
        "eligible": row.in_contest,
        "rank": row.rank,
        "finalist": row.is_finalist,
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(rounded(value))

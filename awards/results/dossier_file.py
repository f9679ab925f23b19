"""Reads a dossier from a festival file or from its own file, and writes a result as `expected_results` has it."""

from collections.abc import Mapping
from typing import Any

from awards.exceptions import MalformedDossier
from awards.results.dossier import Candidate, Card, CardState, Dossier, Preference, Rubric, fingerprint, from_dict
from awards.results.tally import CHAIR, Result, Row, rounded

FORMAT = 2  # 1 knew everything by its short name
_STATES: dict[str, CardState] = {"submitted": "submitted", "draft": "draft", "voided_recusal": "voided"}


def read_dossier(data: Mapping[str, Any]) -> Dossier:
    """Return the dossier of a frozen result, of a festival file, or of the file's `awards` part alone.

    In a festival file short names stand for ids. Raises MalformedDossier with the place, also when the dossier of a
    frozen result is not what its hashes say.
    """
    try:
        if "input" in data:
            return _own_file(data)
        awards = data.get("awards", data)
        return Dossier(
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
        raise MalformedDossier("the dossier", f"{error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise MalformedDossier("the dossier", f"it has another shape than a festival file ({error})") from error


def write_dossier(tally: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given out of a frozen result, from its stored columns; `read_dossier` takes it."""
    columns = ("method", "code_version", "input_sha256", "input", "names_sha256", "names")
    return {"format": FORMAT, **{name: tally[name] for name in columns}}


def _own_file(data: Mapping[str, Any]) -> Dossier:
    if data["format"] != FORMAT:
        raise MalformedDossier("format", f"{data['format']!r} is not {FORMAT}, the one that is read here")
    for part in ("input", "names"):
        if fingerprint(data[part]) != data[f"{part}_sha256"]:
            raise MalformedDossier(part, "this is not what was frozen: it does not fit its hash")
    return from_dict(data["input"], data["names"])


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
        raise MalformedDossier(f"awards.sample_evaluations[{place}].status", f"unknown {item['status']!r}")
    marks = {slug: mark for slug, mark in item["scores"].items() if mark is not None}
    return Card(item["project"], item["juror"], marks, state)


def write_result(dossier: Dossier, result: Result) -> dict[str, Any]:
    """Return the result as JSON values, by the names that people read, with numbers rounded half up to two digits."""
    return {
        "by_project": [_written(row, dossier) for row in result.rows],
        "finalists": [dossier.name(entry) for entry in result.finalists],
        "ties": [
            {
                "category": dossier.name(tie.category),
                "projects": [dossier.name(entry) for entry in tie.entries],
                "decided_by": _step(tie.decided_by, dossier),
            }
            for tie in result.ties
        ],
    }


def _written(row: Row, dossier: Dossier) -> dict[str, Any]:
    means = {f"mean_{dossier.name(key)}": _number(row.means.get(key)) for key in dossier.rubric.tie_chain}
    beside = {"uuid": row.entry} if row.entry in dossier.names else {}
    return {
        "project": dossier.name(row.entry),
        **beside,
        "category": dossier.name(row.category),
        "valid_evaluations": row.cards,
        "score_100": _number(row.score),
        **means,
        "eligible": row.in_contest,
        "rank": row.rank,
        "finalist": row.is_finalist,
    }


def _step(decided_by: str, dossier: Dossier) -> str:
    criterion = decided_by.removeprefix("mean_")
    return decided_by if criterion == decided_by else f"mean_{dossier.name(criterion)}"


def _number(value: Any) -> float | None:
    return None if value is None else float(rounded(value))

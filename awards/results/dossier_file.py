"""Reads a dossier from a festival file or from its own file, and writes a result as `expected_results` has it."""

import json
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from awards.counting import answers
from awards.counting.chances import SEED
from awards.exceptions import MalformedDossier
from awards.results.dossier import METHODS, Candidate, Card, CardState, Dossier, Preference, Rubric, fits, from_dict
from awards.results.estimates import marks_of
from awards.results.tally import CHAIR, CODE_VERSION, Result, Row, rounded

FORMAT = 3  # 1 knew everything by its short name, 2 the mean alone
_COLUMNS = ("method", "code_version", "seed", "parameters", "input_sha256", "input", "names_sha256", "names")
_STATES: dict[str, CardState] = {"submitted": "submitted", "draft": "draft", "voided_recusal": "voided"}


def parse(content: bytes) -> Any:
    """Return what a JSON file holds. A byte-order mark is no content.

    Raises MalformedDossier for what is no JSON, and for what two readers could read differently: a name that stands
    twice in one object, and numbers that JSON does not have.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode()  # halves of letters, which nobody can write again
    except RecursionError as error:
        raise MalformedDossier("the file", "it is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise MalformedDossier("the file", "it is not in UTF-8") from error
    except UnicodeEncodeError as error:
        raise MalformedDossier("the file", "it has a character that is broken (half of a pair)") from error
    except ValueError as error:
        raise MalformedDossier("the file", f"it is not JSON ({error})") from error
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MalformedDossier(twice, "it stands twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise MalformedDossier("the file", f"{word} is no number of JSON")


def read_dossier(data: Mapping[str, Any]) -> Dossier:
    """Return the dossier of a frozen result, of a festival file, or of the file's `awards` part alone.

    In a festival file short names stand for ids. Raises MalformedDossier with the place, also when the dossier of a
    frozen result is not what its hashes say.
    """
    try:
        dossier = _own_file(data) if "input" in data else _festival_file(data.get("awards", data))
    except KeyError as error:
        raise MalformedDossier("the dossier", f"{error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise MalformedDossier("the dossier", f"it has another shape than a festival file ({error})") from error
    _refuse_odd_names(dossier)
    return dossier


def _festival_file(awards: Mapping[str, Any]) -> Dossier:
    for part in ("criteria", "projects"):
        _refuse_twins(part, [item["id"] for item in awards[part]])
    return Dossier(
        rubric=_rubric(awards),
        categories=tuple(item["id"] for item in awards["categories"]),
        candidates=tuple(
            Candidate(item["id"], item["category"], item["status"] == "submitted") for item in awards["projects"]
        ),
        cards=tuple(_card(item, place) for place, item in enumerate(awards["sample_evaluations"]) if item["scores"]),
        recusals=frozenset((item["juror"], item["project"]) for item in awards["recusals"]),
        preferences=tuple(Preference(item["entry"], item["other"]) for item in awards.get("casting_votes", [])),
    )


def write_dossier(tally: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given out of a frozen result, from its stored columns; `read_dossier` takes it."""
    return {"format": FORMAT, **{name: tally[name] for name in _COLUMNS}}


def _own_file(data: Mapping[str, Any]) -> Dossier:
    return from_dict(*own_parts(data, METHODS, CODE_VERSION))


def own_parts(data: Mapping[str, Any], methods: Collection[str], version: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return input and names of the file of a frozen result that was counted by one of `methods`.

    Raises MalformedDossier for another format, method or version, and for what does not fit its hash.
    """
    try:
        return _own_parts(data, methods, version)
    except KeyError as error:
        raise MalformedDossier("the dossier", f"{error} is missing") from error


def _own_parts(
    data: Mapping[str, Any], methods: Collection[str], version: str
) -> tuple[dict[str, Any], dict[str, str]]:
    if data["format"] != FORMAT:
        raise MalformedDossier("format", f"{data['format']!r} is not {FORMAT}, the one that is read here")
    for name in data.keys() - {"format", *_COLUMNS}:
        raise MalformedDossier(name, "a frozen result has nothing of this name")
    if data["method"] not in methods or data["code_version"] != version:
        told = f"{data['method']!r} {data['code_version']!r}"
        raise MalformedDossier("method", f"it was counted by {told}, this is {' or '.join(methods)} {version!r}")
    for part in ("input", "names"):
        if not fits(data[part], data[f"{part}_sha256"]):
            raise MalformedDossier(part, "this is not what was frozen: it does not fit its hash")
    if data["method"] != data["input"]["method"]:
        raise MalformedDossier("method", f"it was counted by {data['input']['method']!r}")
    return data["input"], data["names"]


def _refuse_odd_names(dossier: Dossier) -> None:
    """Refuse names that are no texts: they have no order beside others, and no hash that two readers agree on."""
    named = {
        "categories": dossier.categories,
        "candidates": [name for item in dossier.candidates for name in (item.entry, item.category)],
        "cards": [name for card in dossier.cards for name in (card.entry, card.juror)],
        "recusals": [name for pair in dossier.recusals for name in pair],
        "preferences": [name for item in dossier.preferences for name in (item.entry, item.other)],
    }
    for part, names in named.items():
        for name in names:
            if not isinstance(name, str):
                raise MalformedDossier(part, f"{name!r} is no short name")


def _refuse_twins(part: str, ids: list[Any]) -> None:
    for place, key in enumerate(ids):
        if not isinstance(key, str) or key in ids[:place]:
            raise MalformedDossier(f"awards.{part}[{place}].id", f"{key!r} is no short name, or stands twice")


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


def write_rows(dossier: Dossier, result: Result, seed: int = SEED) -> dict[str, Any]:
    """Return what the count of a table would answer of a dossier, by the names that people read.

    Ranks are those of the result: of the published rules, with their tie chain.
    """
    taking_part = {row.entry for row in result.rows if row.in_contest}
    answer = answers.of_marks(marks_of(dossier), dossier.method, seed=seed, ranked=taking_part)
    counted = {row["entry"]: row for row in answer["rows"]}
    rows = []
    for row in result.rows:
        own = counted.get(row.entry) or dict.fromkeys(answers.COLUMNS) | {"n": 0}
        named = {"entry": dossier.name(row.entry), "category": dossier.name(row.category), "rank": row.rank}
        rows.append(own | named)
    return answer | {"rows": rows}


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
    kind, _, criterion = decided_by.partition("_")
    return f"{kind}_{dossier.name(criterion)}" if criterion in dossier.rubric.weights else decided_by


def _number(value: Any) -> float | None:
    return None if value is None else float(rounded(value))

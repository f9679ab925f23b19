"""What a dossier refuses, and that JSON keeps all of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from awards.exceptions import MalformedDossier
from awards.results.dossier import Candidate, Card, Dossier, Preference, Rubric, fingerprint, fits, from_dict, to_dict
from awards.results.tally import count

RUBRIC = Rubric(weights={"impact": 60, "spread": 40}, top=5, tie_chain=("impact",), finalists_per_category=2)


def dossier(cards, *, entries=("a", "b", "c"), out=(), recusals=(), preferences=(), rubric=RUBRIC):
    return Dossier(
        rubric=rubric,
        categories=("making",),
        candidates=tuple(Candidate(entry, "making", entry not in out) for entry in entries),
        cards=tuple(cards),
        recusals=frozenset(recusals),
        preferences=tuple(preferences),
    )


def card(entry, impact, spread, *, juror="j1", state="submitted"):
    return Card(entry, juror, {"impact": impact, "spread": spread}, state)


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        (dossier([card("nobody", 1, 1)]), "cards[j1, nobody]"),
        (dossier([card("a", 6, 1)]), "cards[j1, a].impact"),
        (dossier([Card("a", "j1", {"impact": 3})]), "cards[j1, a]"),
        (dossier([card("a", 1, 1), card("a", 2, 2)]), "cards[j1, a]"),
        (dossier([], entries=("a", "a")), "candidates"),
        (dossier([], rubric=replace(RUBRIC, tie_chain=("beauty",))), "rubric.tie_chain"),
        (dossier([], rubric=replace(RUBRIC, weights={})), "rubric"),
        (replace(dossier([]), categories=()), "candidates[a].category"),
    ],
)
def test_count_dossier_that_contradicts_itself_names_the_place(broken, path):
    with pytest.raises(MalformedDossier) as caught:
        count(broken)
    assert caught.value.path == path


# Properties ----------------------------------------------------------------------------------------------------

MARKS = st.integers(0, 5)
ENTRIES = "abcdef"
JURORS = "uvwxyz"


@st.composite
def dossiers(draw):
    pairs = draw(st.sets(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(JURORS)), max_size=20))
    cards = [card(entry, draw(MARKS), draw(MARKS), juror=juror) for entry, juror in sorted(pairs)]
    recused = draw(st.sets(st.tuples(st.sampled_from(JURORS), st.sampled_from(ENTRIES)), max_size=4))
    votes = draw(st.lists(st.permutations(ENTRIES).map(lambda order: Preference(order[0], order[1])), max_size=4))
    out = draw(st.sets(st.sampled_from(ENTRIES), max_size=2))
    return dossier(cards, entries=ENTRIES, out=out, recusals=recused, preferences=votes)


@given(dossiers())
def test_dossier_survives_json(given):
    data = json.loads(json.dumps(to_dict(given)))
    assert from_dict(data) == from_dict(to_dict(given))
    assert count(from_dict(data)) == count(given)


def test_a_dossier_fits_its_own_hash_alone():
    data = to_dict(dossier([card("a", 3, 4)]))

    assert fits(data, fingerprint(data))
    assert not fits(data | {"cards": []}, fingerprint(data))
    assert not fits({"entry": {1, 2}}, fingerprint(data))


def test_half_a_character_has_no_hash():
    with pytest.raises(MalformedDossier):
        fingerprint({"entry": "\ud800"})
    assert not fits({"entry": "\ud800"}, "")

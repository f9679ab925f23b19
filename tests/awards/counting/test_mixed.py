"""The mixed model, to the digits of published tables, beside statsmodels, and what must hold whatever the marks."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from awards.counting import mixed
from awards.counting.cards import Card, Cards
from tests.awards.counting.tables import TOY, WINES, paris

PARIS_ADJUSTED = (13.618, 13.583, 13.230, 12.912, 12.064, 11.323, 10.687, 10.511, 10.228, 9.981)
PARIS_FIXED = (13.943, 13.901, 13.485, 13.110, 12.110, 11.235, 10.485, 10.276, 9.943, 9.651)
PARIS_JURORS = (0.079, -0.347, -0.176, 0.847, -1.114, -0.091, -0.091, 0.165, 0.719, 0.058, -0.048)
PARTIAL_ADJUSTED = (13.477, 13.665, 12.446, 12.681, 12.178, 10.747, 10.080, 10.354, 8.995, 10.505)
PARTIAL_ERRORS = (1.064, 1.032, 1.067, 1.064, 1.032, 1.067, 1.064, 1.032, 1.067, 1.064)
PARTIAL_FIXED = (13.8128, 14.0020, 12.6254, 12.8753, 12.2797, 10.6254, 9.8128, 10.1686, 8.5629, 10.3128)


def test_six_cards_take_the_usual_ratios_and_keep_the_wrong_order():
    fitted = mixed.fit(TOY)

    assert (fitted.is_fitted, fitted.ratios) == (False, (1.0, 5.0))
    assert fitted.effects[0] == pytest.approx(6)
    assert fitted.adjusted == pytest.approx({"e0": 7.30, "e1": 5.25, "e2": 5.45})
    assert fitted.severity == pytest.approx({"j0": 0.65, "j1": 0.10, "j2": -0.75})


def test_the_reds_of_1976():
    fitted = mixed.fit(paris())

    assert fitted.is_fitted
    assert fitted.effects[0] == pytest.approx(11.8136, abs=5e-5)
    assert [fitted.adjusted[wine] for wine in WINES] == pytest.approx(PARIS_ADJUSTED, abs=6e-4)
    assert [-severity for severity in _by_judge(fitted.severity)] == pytest.approx(PARIS_JURORS, abs=6e-4)
    assert list(fitted.errors.values()) == pytest.approx([0.898] * 10, abs=5e-4)
    assert fitted.variances == pytest.approx({"entries": 2.680, "jurors": 0.629, "rest": 8.4695}, abs=6e-4)


def test_the_reds_of_1976_with_a_third_of_the_cards_missing():
    fitted = mixed.fit(paris(is_partial=True))

    assert fitted.effects[0] == pytest.approx(11.5128, abs=5e-5)
    assert [fitted.adjusted[wine] for wine in WINES] == pytest.approx(PARTIAL_ADJUSTED, abs=6e-4)
    assert [fitted.errors[wine] for wine in WINES] == pytest.approx(PARTIAL_ERRORS, abs=6e-4)
    assert fitted.variances == pytest.approx({"entries": 3.3644, "jurors": 1.9126, "rest": 8.1378}, abs=2e-4)


def test_the_same_with_fixed_ratios():
    whole, partial = mixed.fit(paris(), (1, 5)), mixed.fit(paris(is_partial=True), (1, 5))

    assert [whole.adjusted[wine] for wine in WINES] == pytest.approx(PARIS_FIXED, abs=6e-4)
    assert [partial.adjusted[wine] for wine in WINES] == pytest.approx(PARTIAL_FIXED, abs=6e-5)
    assert partial.effects[0] == pytest.approx(11.5078, abs=5e-5)


@pytest.mark.parametrize("is_partial", [False, True])
def test_statsmodels_finds_the_same_variances(is_partial):
    from statsmodels.regression.mixed_linear_model import MixedLM

    cards = paris(is_partial=is_partial)
    marks = np.array([float(card.mark) for card in cards.cards])
    effects = {
        "entries": _columns([card.entry for card in cards.cards]),
        "jurors": _columns([c.juror for c in cards.cards]),
    }
    names = list(effects)
    design = {
        "names": names,
        "colnames": [[list(map(str, range(effects[n].shape[1])))] for n in names],
        "mats": [[effects[n]] for n in names],
    }
    from statsmodels.regression.mixed_linear_model import VCSpec

    model = MixedLM(
        marks,
        np.ones((len(marks), 1)),
        groups=np.ones(len(marks)),
        exog_vc=VCSpec(design["names"], design["colnames"], design["mats"]),
    )
    theirs = model.fit(reml=True)

    ours = mixed.fit(cards)
    assert ours.variances["entries"] == pytest.approx(theirs.vcomp[0], abs=5e-3)
    assert ours.variances["jurors"] == pytest.approx(theirs.vcomp[1], abs=5e-3)
    assert ours.variances["rest"] == pytest.approx(theirs.scale, abs=5e-3)
    assert ours.effects[0] == pytest.approx(theirs.fe_params[0], abs=2e-3)


def test_every_category_has_its_own_mean():
    cards = Cards(
        tuple(
            Card(juror, f"{category}{number}", category, Fraction(level + number + harsh))
            for category, level in (("good", 15), ("poor", 5))
            for number in range(4)
            for juror, harsh in (("a", 0), ("b", 1), ("c", -1), ("d", 0))
        )
    )

    fitted = mixed.fit(cards)

    means = dict(zip(cards.categories, fitted.effects[:2], strict=True))
    assert means == pytest.approx({"good": 16.5, "poor": 6.5}, abs=0.01)


@pytest.mark.parametrize("marks", [[5], [5, 5], [5] * 40])
def test_cards_that_tell_nothing_are_fitted_all_the_same(marks):
    cards = Cards(tuple(Card(f"j{n % 8}", f"e{n // 8}", "", Fraction(mark)) for n, mark in enumerate(marks)))

    fitted = mixed.fit(cards)

    assert list(fitted.adjusted.values()) == pytest.approx([5] * len(cards.by_entry))
    assert (fitted.rest is None) == (len(marks) == 1)
    assert set(fitted.errors.values()) <= {None, 0.0}
    assert (set(fitted.variances.values()) == {None}) == (len(marks) == 1)


def test_the_prior_speaks_only_far_from_the_usual_ratios():
    near = (3.0, np.log(5) - 3.0)

    assert mixed._prior(near) == 0
    assert mixed._prior((3.75, np.log(5))) == pytest.approx(0.5 * 0.5**2)
    assert mixed._prior((0, np.log(5) - 4.5)) == pytest.approx(0.5)


def test_ratios_do_not_run_away_when_jurors_agree_perfectly():
    cards = Cards(tuple(Card(f"j{j}", f"e{e}", "", Fraction(e)) for j in range(5) for e in range(8)))

    fitted = mixed.fit(cards)

    assert 1e-3 < fitted.ratios[0] < 1 < fitted.ratios[1] < 5e3
    assert sorted(fitted.adjusted, key=fitted.adjusted.get) == [f"e{e}" for e in range(8)]


@st.composite
def complete(draw):
    jurors, entries = draw(st.integers(2, 6)), draw(st.integers(2, 7))
    marks = draw(st.lists(st.integers(0, 20), min_size=jurors * entries, max_size=jurors * entries))
    return Cards(tuple(Card(f"j{n // entries}", f"e{n % entries}", "", Fraction(mark)) for n, mark in enumerate(marks)))


@given(complete())
@settings(max_examples=60, deadline=None)
def test_where_all_read_everything_the_model_never_contradicts_the_means(cards):
    adjusted, means = mixed.fit(cards).adjusted, cards.raw_means

    for one in adjusted:
        for other in adjusted:
            if means[one] > means[other]:
                assert adjusted[one] >= adjusted[other] - 1e-9


@given(complete(), st.integers(1, 20), st.floats(0.1, 10), st.floats(0.1, 50))
@settings(max_examples=60, deadline=None)
def test_where_all_read_everything_what_one_juror_adds_changes_no_order(cards, added, entries, jurors):
    """Not so in other designs: what is shrunk of a juror's constant stays with the entries that they read."""
    harsher = Cards(
        tuple(
            Card(card.juror, card.entry, card.category, card.mark + (added if card.juror == "j0" else 0))
            for card in cards.cards
        )
    )

    before, after = (mixed.fit(each, (entries, jurors)).adjusted for each in (cards, harsher))

    moved = {after[entry] - before[entry] for entry in before}
    assert max(moved) - min(moved) < 1e-9 * 100


def _columns(names):
    known = sorted(set(names))
    return np.array([[float(name == column) for column in known] for name in names])


def _by_judge(severity):
    from tests.awards.counting.tables import PARIS

    return [severity[judge] for judge in PARIS]

"""The chair's charts in words."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from awards.counting.agreement import Agreement
from awards.results import charts
from awards.results.board import Board, CloseLine, board_of
from awards.results.estimates import NOTHING, CloseCall
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory, first_round, score

NAMED = (SimpleNamespace(title="Semis"), SimpleNamespace(title="Heure pour heure"))


@pytest.fixture
def board(db):
    """Two jurors who read the same three projects, Zoé more generous by a mark."""
    call = JurorFactory(is_chair=True, name="Aline", sort_name="Aline").call
    aline, zoe = call.jurors.get(), JurorFactory(call=call, name="Zoé", sort_name="Zoé")
    for slug, mark in (("a", 4), ("b", 3), ("c", 1)):
        entry = EntryFactory(call=call, slug=slug)
        score(AssignmentFactory(juror=aline, entry=entry), mark, mark)
        score(AssignmentFactory(juror=zoe, entry=entry), mark + 1, mark + 1)
    return board_of(first_round(call), now=DURING)


def test_ranks_severity_agreement_and_progress_are_drawn(board):
    drawn = {chart.name.split("-")[0]: chart for chart in charts.charts_of(board, 1).all}

    assert list(drawn) == ["ranks", "severity", "agreement", "progress"]
    assert [line[1] for line in drawn["ranks"].table] == ["1", "2", "3"]
    assert drawn["ranks"].cuts[0].label == "1 finaliste"
    assert [line[0] for line in drawn["severity"].table] == ["Aline", "Zoé"]
    assert "plus sévère" in drawn["severity"].table[0][1]
    assert "plus généreux" in drawn["severity"].table[1][1]
    assert drawn["agreement"].table[0][1] == "1,00"
    assert drawn["progress"].table[-1][1] == "6"


def test_without_the_ranking_nothing_of_it_is_drawn(board):
    judged = first_round(board.jurors[0].juror.call)
    seen = board_of(judged, now=DURING, with_ranking=False)
    found = charts.charts_of(seen, 1)
    assert [chart.name for chart in found.all] == ["progress"]
    assert found.reliable == ""


def test_a_close_call_says_the_chance_and_what_would_settle_it():
    told = charts.close_in_words(CloseLine(CloseCall("c", 3, ("s", "h"), 0.63, 6), NAMED))
    assert "63" in told
    assert "6 évaluations de plus" in told
    assert "raisonnable" in charts.close_in_words(CloseLine(CloseCall("c", 3, ("s", "h"), 0.5, None), NAMED))


@pytest.mark.parametrize(
    ("w", "p", "told"),
    [
        (0.1, 0.6, "les jurés voient des choses bien différentes – cela peut être le hasard"),
        (0.6, 0.01, "ils sont assez d’accord"),
        (0.95, 0.01, "ils donnent presque un même ordre"),
    ],
)
def test_agreement_in_words(w, p, told):
    assert charts.agreement_in_words(Agreement(w, None, p, None)) == told


def test_a_severity_near_nothing_is_the_usual_one():
    assert charts.severity_in_words(0.0, 1.0).startswith("comme le juré habituel")


def test_progress_over_many_days_has_few_columns():
    days = tuple(date(2027, 1, 1) + timedelta(days=number) for number in range(150))
    seen = Board((), (), (), (), (), (), "", NOTHING, days)
    chart = charts.progress_chart(seen)
    assert len(chart.columns) == 50
    assert chart.table[-1][1] == "150"


def test_progress_of_one_day_has_one_label():
    seen = Board((), (), (), (), (), (), "", NOTHING, (date(2027, 1, 1),))
    assert len(charts.progress_chart(seen).marks) == 1

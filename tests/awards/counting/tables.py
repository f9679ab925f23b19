"""Published tables, and what is known of them; sources stand beside each."""

from fractions import Fraction

from awards.counting.agreement import mid_ranks
from awards.counting.ballots import Ballot
from awards.counting.cards import Card, Cards

# Judgment of Paris 1976, reds: 11 judges, 10 wines (Balinski and Laraki 2010, pages 156 to 169).
WINES = "ABCDEFGHIJ"
PARIS = {
    "Brejoux": "14 16 12 17 13 10 12 14 5 7",
    "de Villaine": "15 14 16 15 9 10 7 5 12 7",
    "Dovaz": "10 15 11 12 12 10 11 11 8 14",
    "Gallagher": "14 15 14 12 16 14 17 13 9 14",
    "Kahn": "15 12 12 12 7 12 2 2 13 5",
    "Dubois-Millot": "16 16 17 13.5 7 11 8 9 9.5 9",
    "Oliver": "14 12 14 10 12 12 10 10 14 8",
    "Spurrier": "14 14 14 8 14 12 13 11 9 13",
    "Tari": "13 11 14 14 17 12 15 13 12 14",
    "Vanneque": "16.5 16 11 17 15.5 8 10 16.5 3 6",
    "Vrinat": "14 14 15 15 11 12 9 7 13 7",
}
MARKS = {judge: [Fraction(mark) for mark in marks.split()] for judge, marks in PARIS.items()}


def paris(*, is_partial: bool = False) -> Cards:
    """Return the cards of 1976: all 110, or the 73 of the design that leaves out every third."""
    return Cards(
        tuple(
            Card(judge, WINES[column], "", mark)
            for row, (judge, marks) in enumerate(MARKS.items())
            for column, mark in enumerate(marks)
            if not is_partial or (row + column) % 3
        )
    )


def paris_ballots(*, is_ranked: bool = False) -> list[Ballot]:
    """Return the marks of 1976 as grades, or as ranks with ties in the middle."""
    rows = {judge: mid_ranks([-mark for mark in marks]) if is_ranked else marks for judge, marks in MARKS.items()}
    return [Ballot(judge, dict(zip(WINES, row, strict=True))) for judge, row in rows.items()]


# Six cards of which the means tell the wrong order: entries are worth 8, 6 and 4, jurors give 3 less, 0, 3 more.
TOY = Cards(
    tuple(
        Card(juror, entry, "", Fraction(mark))
        for entry, juror, mark in (
            ("e0", "j0", 5),
            ("e1", "j0", 3),
            ("e1", "j1", 6),
            ("e2", "j1", 4),
            ("e0", "j2", 11),
            ("e2", "j2", 7),
        )
    )
)

# Two tastings by R. E. Quandt (liquidasset.com, reports 25 and 126): ranks, a row a judge.
TASTINGS = {
    25: ["2341765", "1263547", "3142675", "2561734", "5431267", "5413672", "2351647"],
    126: ["36185742", "67421835", "16425837", "15248637", "57164832", "32654871", "47351682"],
}

# Where the capital of Tennessee should be.
TENNESSEE = [
    Ballot(f"{order} {number}", {city: Fraction(rank) for rank, city in enumerate(order, start=1)})
    for order, count in (("MNCK", 42), ("NCKM", 26), ("CKNM", 15), ("KCNM", 17))
    for number in range(count)
]

# A tie of the majority gauge (mieuxvoter/app.mieuxvoter.fr-back, issue 48): 19 grades each, from the worst word.
GAUGE_TIE = {"A": (1, 8, 7, 1, 1, 1), "B": (6, 3, 4, 4, 1, 1)}

"""Tables as spreadsheets save them, and every line that cannot be counted."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from awards.counting.reading import looks_like_table, read_table
from awards.exceptions.counting import MalformedTable


def lines(text, encoding="utf-8"):
    table = read_table(text.encode(encoding))
    return table.said, [(line.voter, line.entry, line.category, line.value) for line in table.lines]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("juror,entry,category,score\nj,e,c,7\n", "score", [("j", "e", "c", 7)]),
        ("juror,entry,score\nj,e,7.5", "score", [("j", "e", "", Fraction(15, 2))]),
        (
            '\ufeffJuror;Entry;Score\r\n Zoé ;"l’un; l’autre";7,5\r\n',
            "score",
            [("Zoé", "l’un; l’autre", "", Fraction(15, 2))],
        ),
        ("score\tnote\tentry\tjuror\n-1,25\tx\te\tj\n", "score", [("j", "e", "", Fraction(-5, 4))]),
        ("ballot,entry,grade\nb,e,0\n\n , ,\nb,f,3\n", "grade", [("b", "e", "", 0), ("b", "f", "", 3)]),
        ("ballot,entry,rank\nb,e,2\n", "rank", [("b", "e", "", 2)]),
        ("ballot,entry\nb,e\n", "approved", [("b", "e", "", 1)]),
        ("ballot,entry,category,approved\nb,e,c,1\n", "approved", [("b", "e", "c", 1)]),
        ('juror,entry,score\n"two\nlines",e,1\nj,e,2', "score", [("two\nlines", "e", "", 1), ("j", "e", "", 2)]),
    ],
)
def test_a_table_is_read(text, said, expected):
    assert lines(text) == (said, expected)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: these are not the columns"),
        ("juror,entry\nj,e\n", "line 1: these are not the columns"),
        ("who,what,score\n", "line 1: these are not the columns"),
        ("juror,entry,score\n", "line 2: there is nothing to count"),
        ("juror,entry,score\n\n,,\n", "line 2: there is nothing to count"),
        ("juror,entry,score\nj,e,7\nj,e,8\n", "line 3: 'j' has judged 'e' in line 2 already"),
        ("juror,entry,score\nj,e,seven\n", "line 2: 'seven' is no number"),
        ("juror,entry,score\nj,e,7,5\nk,e,nan\n", "line 3: 'nan' is no number"),
        ("juror,entry,score\nj,e,1e3\n", "line 2: '1e3' is no number"),
        ("juror,entry,score\nj,e,\n", "line 2: the score is missing"),
        ("juror,entry,score\nj,e\n", "line 2: the score is missing"),
        ("juror,entry,score\n,e,1\n", "line 2: it names nobody"),
        ("juror,entry,score\nj,,1\n", "line 2: it names nobody"),
        ("juror,entry,category,score\nj,e,a,1\nk,e,b,1\n", "line 3: 'e' is in 'b' here and in 'a' in line 2"),
        ("ballot,entry,grade\nb,e,2.5\n", "line 2: '2.5' is no whole number, as a grade is"),
        ("ballot,entry,rank\nb,e,0\n", "line 2: '0' is no rank: 1 is the best"),
        ("ballot,entry,rank\nb,e,1.5\n", "line 2: '1.5' is no whole number, as a rank is"),
        ('juror,entry,score\nj,"e,1\n', "line 2: this is not CSV"),
        ('juror,entry,score\nj,"e"x,1\n', "line 2: this is not CSV"),
    ],
)
def test_what_cannot_be_counted_is_named_by_its_line(text, fault):
    with pytest.raises(MalformedTable) as caught:
        read_table(text.encode())

    assert fault in str(caught.value)


def test_faults_are_said_together_and_not_endlessly():
    with pytest.raises(MalformedTable) as caught:
        read_table(("juror,entry,score\n" + "j,e,x\n" * 8).encode())

    assert [fault[:7] for fault in caught.value.faults] == [f"line {n}:" for n in range(2, 7)] + ["and 3 m"]


def test_another_encoding_is_refused_with_its_line():
    with pytest.raises(MalformedTable, match="line 2: this is not UTF-8"):
        read_table("juror,entry,score\nZoé,e,1\n".encode("latin-1"))


def test_each_category_has_its_ballots():
    table = read_table(b"ballot,entry,category,rank\nw,x,c,1\nv,x,c,1\nv,y,c,2\nv,z,d,1\n")

    ballots = table.ballots()

    assert {category: [(b.voter, dict(b.values)) for b in own] for category, own in ballots.items()} == {
        "c": [("v", {"x": 1, "y": 2}), ("w", {"x": 1})],
        "d": [("v", {"z": 1})],
    }
    assert [card.juror for card in table.cards().cards] == ["w", "v", "v", "v"]


@pytest.mark.parametrize(
    ("content", "is_table"),
    [(b"juror,entry,score", True), (b'\xef\xbb\xbf {"a": 1}', False), (b"\n[1]", False), (b"", True)],
)
def test_a_table_is_no_json(content, is_table):
    assert looks_like_table(content) is is_table


@given(st.binary(max_size=200))
def test_whatever_stands_there_is_read_or_refused(content):
    try:
        table = read_table(b"juror,entry,score\n" + content)
    except MalformedTable as error:
        said = error.faults
    else:
        said = table.lines
    assert said

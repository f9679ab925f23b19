"""The writer of spreadsheets: no formula in any reading, typed cells, the encoding that Excel needs."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, strategies as st
from openpyxl import load_workbook

from festival.documents import spreadsheets

STARTS = "=+-@＝＋－＠﹦﹢﹫﹣"


def written(rows, language="fr"):
    with translation.override(language):
        return "".join(spreadsheets.csv_lines(["Nom"], rows))


def read(text, delimiter):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33 6", "'+33 6"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("＝1", "'＝1"),
        ("  =1", "  '=1"),
        ("\xa0=1", "\xa0'=1"),
        ("\t=1", "'\t'=1"),
        ("\nx", "'\nx"),
        ("\rx", "'\nx"),
        ("a\r\n=x", "a\n'=x"),
        ("Anna;=cmd", "Anna;'=cmd"),
        ("Anna,@SUM(A1)", "Anna,'@SUM(A1)"),
        ("Anna, -1", "Anna, '-1"),
        ("Anna\n=1", "Anna\n'=1"),
        ("Anna\t=1", "Anna\t'=1"),
        ("Anna|=1", "Anna|'=1"),
        ('Anna";=1', "Anna\";'=1"),
        ("\u200b=1", "'=1"),
        ("\x01=1", "'=1"),
    ],
)
def test_a_formula_is_disarmed(typed, cell):
    assert spreadsheets.guarded(typed) == cell


@pytest.mark.parametrize(
    "cell", ["", "Semis", "Zoé 🎪", "3,5", "a=b", "Saint-Denis", "a@b.fr", "C++", "Une séance ; et – fin"]
)
def test_text_is_left_alone(cell):
    assert spreadsheets.guarded(cell) == cell


@given(
    st.lists(st.text(alphabet="=+-@;,\t\n\r\" a'＝|", max_size=8), min_size=1, max_size=3),
    st.sampled_from(["fr", "en"]),
)
def test_no_cell_is_a_formula_in_any_reading(row, language):
    for delimiter in ";,\t|":
        for cells in read(written([row], language), delimiter):
            assert [cell for cell in cells if cell.strip().startswith(tuple(STARTS))] == []


@pytest.mark.parametrize(
    ("language", "line"), [("fr", "a;1,5;2;oui\r\n"), ("en", "a,1.5,2,yes\r\n"), ("de", "a;1,5;2;oui\r\n")]
)
def test_a_file_opens_rightly_in_the_language(language, line):
    text = written([["a", Decimal("1.5"), 2, True]], language)

    assert text.startswith("\ufeffNom\r\n")
    assert text.endswith(line)


def test_numbers_and_moments_stay_what_they_are():
    moment = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)

    (row,) = read(
        written([[-5, Decimal("-0.5"), moment, date(2027, 5, 2), time(9, 30), None, ["=a", "b"], False]]), ";"
    )[1:]

    assert row == ["-5", "-0,5", "2027-05-02 11:30:00", "2027-05-02", "09:30:00", "", "'=a, b", "non"]


def test_a_workbook_has_typed_cells_in_the_zone_of_the_festival():
    moment = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
    row = ["=1", "a\x0b\ufffe", -5, Decimal("12.50"), moment, date(2027, 5, 2), time(9, 30), True, None, 1.5]

    sheet = load_workbook(io.BytesIO(spreadsheets.workbook(["=Nom"], [row]))).active

    assert sheet["A1"].value == "'=Nom"
    values = [cell.value for cell in sheet[2]]
    assert values[:4] == ["'=1", "a ", -5, 12.5]
    assert values[4:8] == [datetime(2027, 5, 2, 11, 30), datetime(2027, 5, 2), time(9, 30), True]
    assert [cell.data_type for cell in sheet[2][:4]] == ["s", "s", "n", "n"]
    assert sheet["D2"].number_format == "0.00"


def test_cents_are_amounts():
    assert spreadsheets.amount(1250) == Decimal("12.5")
    assert spreadsheets.amount(None) is None

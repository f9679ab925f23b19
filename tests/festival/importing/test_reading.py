"""What the file is before anybody looks at its content."""

import codecs
import json

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from festival.importing import reading
from festival.importing.faults import Faults


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def faults_of(content):
    with pytest.raises(Faults) as caught:
        reading.parse(content)
    return [str(fault) for fault in caught.value.faults]


def test_utf_8_is_read_with_and_without_a_mark():
    text = '{"é": "南森"}'.encode()

    assert reading.parse(text) == reading.parse(codecs.BOM_UTF8 + text) == {"é": "南森"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file: is empty"),
        (b" \n", "file: is empty"),
        (codecs.BOM_UTF8, "file: is empty"),
        ('{"é": 1}'.encode("utf-16"), "file: is written in UTF-16; save it as UTF-8"),
        ('{"é": 1}'.encode("utf-32"), "file: is written in UTF-32; save it as UTF-8"),
        ('{"e": 1}'.encode("utf-16-le"), "file: has bytes of value zero"),
        ('{\n"é": 1}'.encode("latin-1"), "file: is not UTF-8 (line 2, byte 0xe9); save it as UTF-8"),
        (b"[]", "file: must be an object"),
        (b"null", "file: must be an object"),
        (b'{\n "a": 1,\n}', "file: is not JSON: line 2, column 8"),
        (b"{" + b" " * 20_000_001 + b"}", "file: is too large: 20 MB at most"),
        (b"[" * 200_000, "file: is nested too deeply"),
        (b'{"a": NaN}', "a: NaN is a number that cannot be kept"),
        (b'{"a": [1, -Infinity]}', "a[1]: -Infinity is a number"),
        (b'{"a": 1e999}', "a: 1e999 is a number"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "a: 1000000000"),
        (b'{"a": {"b": 1, "b": 2, "c": 3}}', "a.b: is there twice in the same object"),
        (b'{"a": 1, "a": 1}', "a: is there twice"),
        (b'{"a": ["\\ud800"]}', "a[0]: has a character that is broken (half of a pair, or NUL)"),
        (b'{"a": "\\u0000"}', "a: has a character that is broken"),
        (b'{"\\udfff": 1}', "“\\udfff”: has a character that is broken"),
    ],
)
def test_what_is_no_file_of_ours_is_one_line(content, words):
    (found,) = faults_of(content)

    assert found.startswith(words)


def test_all_oddities_are_told_at_once():
    assert len(faults_of(b'{"a": NaN, "b": [{"x": 1, "x": 2}], "c": Infinity}')) == 3


def test_depth_has_a_place():
    (found,) = faults_of(json.dumps({"a": json.loads("[" * 60 + "]" * 60)}).encode())

    assert found.endswith("is nested too deeply")
    assert found.startswith("a[0][0]")


def test_files_that_cannot_be_opened_say_why(tmp_path):
    for path, words in ((tmp_path / "none.json", "No such file"), (tmp_path, "directory")):
        with pytest.raises(Faults, match=words):
            reading.read_file(path)
    (tmp_path / "week.json").write_bytes(b'{"a": 1}')
    assert reading.read_file(tmp_path / "week.json") == {"a": 1}


@given(content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_the_bytes_are_they_are_read_or_refused(content):
    try:
        found = reading.parse(content)
    except Faults as refused:
        found = {fault.path: fault.message for fault in refused.faults}

    assert isinstance(found, dict)

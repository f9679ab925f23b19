import codecs
from encodings.aliases import aliases

import pytest
from hypothesis import given, strategies as st

from festival.web.charset import UNREADABLE, is_read, readable_type

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "header",
    [
        "",
        FORM,
        f"{FORM}; charset=UTF-8",
        f"{FORM};charset=utf8",
        f'{FORM}; charset="utf-8"',
        "text/plain; charset=us-ascii",
        "application/json",
        "multipart/form-data; boundary=----=_Part_1.2",
        'multipart/form-data; boundary="a b"',
        "multipart/form-data",
    ],
)
def test_a_content_type_that_can_be_read_stays_as_it_came(header):
    assert readable_type(header) == header


@pytest.mark.parametrize(
    "header",
    [
        f"{FORM}; charset=rot13",
        f"{FORM}; CHARSET = rot13",
        f'{FORM}; charset="hex"',
        f"{FORM}; charset=",
        f"{FORM}; charset=utf-8; charset=zlib",
        f"{FORM}; charset=a\x00b",
        f"{FORM}; charset*=nonsense''abc",
        "multipart/form-data; boundary=x; x*0*=rot13''abc",
        f"{FORM};{'a=b;' * 3000}",
        "é",
        "\x00",
        "text/html\r\nX: y",
    ],
)
def test_a_content_type_that_django_would_fail_at_becomes_one_that_is_refused(header):
    assert readable_type(header) == UNREADABLE


@pytest.mark.parametrize("name", sorted({*aliases, *aliases.values(), "utf-8-sig", "undefined", "idna", "punycode"}))
def test_of_all_codecs_only_utf_8_and_its_part_are_read(name):
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = "of another system"

    assert not is_read(name) or codec in {"utf-8", "ascii"}
    assert readable_type(f"{FORM}; charset={name}") == (f"{FORM}; charset={name}" if is_read(name) else UNREADABLE)


def test_a_body_without_a_charset_is_utf_8():
    assert is_read(None)
    assert is_read(" UTF-8 ")
    assert not is_read("")


@given(st.text(max_size=80))
def test_whatever_is_sent_is_readable_or_refused_and_settled_at_once(header):
    settled = readable_type(header)

    assert settled in {header, UNREADABLE}
    assert readable_type(settled) == UNREADABLE or settled == header

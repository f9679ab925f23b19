"""What scripts send: one JSON object, or 400."""

import pytest
from django.test import RequestFactory

from festival.web.json_bodies import UnreadableBody, read_object


def sent(body, content_type="application/json"):
    return RequestFactory().post("/", body, content_type=content_type)


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_an_object_is_read(content_type):
    assert read_object(sent('{"a": "é", "b": [1]}', content_type)) == {"a": "é", "b": [1]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"a"',
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_anything_else_is_refused(body):
    with pytest.raises(UnreadableBody):
        read_object(sent(body))


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
)
def test_other_kinds_of_bodies_are_refused(content_type):
    request = sent("a=1", content_type)
    assert request.POST is not None  # as the check of the token reads it, after which there is no body

    with pytest.raises(UnreadableBody):
        read_object(request)


def test_a_large_body_is_refused(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    with pytest.raises(UnreadableBody):
        read_object(sent(b'{"a": "0123456789"}'))

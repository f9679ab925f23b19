"""A worker obeys the policy of its own file."""

from wsgiref.headers import Headers

from django.conf import settings

from festival.project.static_headers import add_headers


def test_the_scanner_s_files_carry_its_policy():
    headers = Headers()

    add_headers(headers, "", f"{settings.STATIC_URL}dist/scan-worker.js")

    assert "'wasm-unsafe-eval'" in headers["Content-Security-Policy"]


def test_other_files_need_none():
    headers = Headers()

    add_headers(headers, "", f"{settings.STATIC_URL}icon.svg")

    assert not headers.items()

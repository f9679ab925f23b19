"""What strangers send in the headers of a request, through the application that granian serves."""

from io import BytesIO, StringIO

import pytest
from django.core import signals
from django.db import close_old_connections

from festival.project.wsgi import application

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
OTHERS = ["rot13", "hex", "base64", "zlib", "uu", "punycode", "idna", "undefined", "nonsense"]
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


@pytest.fixture(autouse=True)
def database_stays_open():
    """The transaction of the test lives in the connection, as for Django's own client."""
    signals.request_started.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)


def status_of(path="/fr/", method="GET", body=b"", query="", **headers):
    """Return the status of the answer to a request as a server hands it over, in Latin 1 (PEP 3333)."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": StringIO(),
        "wsgi.url_scheme": "http",
    }
    answers = []
    list(application(environ | headers, lambda status, _headers: answers.append(status)))
    return int(answers[0].split()[0])


@pytest.mark.parametrize("kind", [FORM, MULTIPART, "application/json", "text/plain"])
@pytest.mark.parametrize("charset", [*OTHERS, "utf-7", "utf-16", "latin-1", "unicode_escape", "\xff", "a\x00b"])
def test_a_body_in_another_encoding_is_refused_with_a_page(kind, charset):
    body = PART if kind == MULTIPART else b"a=b"

    assert status_of(method="POST", body=body, query="a=%ff", CONTENT_TYPE=f"{kind}; charset={charset}") == 415


def test_a_page_is_served_whatever_encoding_a_request_without_a_body_names():
    assert status_of("/robots.txt", query="a=%ff&b=%zz", CONTENT_TYPE="text/html; charset=rot13") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"CONTENT_TYPE": f"{FORM}; charset*=nonsense''abc"},
        {"CONTENT_TYPE": f"{MULTIPART}; x*=rot13''abc"},
        {"CONTENT_TYPE": f"{FORM};{'a=b;' * 3000}"},
        {"CONTENT_TYPE": "multipart/form-data"},
        {"CONTENT_TYPE": 'multipart/form-data; boundary=""'},
        {"CONTENT_TYPE": "multipart/form-data; boundary=" + "a" * 201},
        {"CONTENT_TYPE": "multipart/form-data; boundary=\x00"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=é"},
        {"CONTENT_TYPE": MULTIPART, "CONTENT_LENGTH": "9" * 30},
        {"CONTENT_TYPE": MULTIPART, "CONTENT_LENGTH": "-1"},
        {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": "x"},
        {"CONTENT_TYPE": MULTIPART, "wsgi.input": BytesIO(b"\xff\xfe"), "CONTENT_LENGTH": "2"},
        {"CONTENT_TYPE": ";;;"},
    ],
)
def test_a_header_that_makes_no_sense_breaks_nothing(headers):
    assert 400 <= status_of(method="POST", body=PART, **headers) < 500


@pytest.mark.parametrize("charset", ["rot13", "nonsense", "punycode", "\xff"])
@pytest.mark.parametrize(
    "header", ["name*={}''abc", "name=\"f\"; filename*={}''abc", 'name="f"; filename="=?{}?q?abc?="']
)
def test_a_part_of_a_form_in_another_encoding_breaks_nothing(charset, header):
    disposition = f"Content-Disposition: form-data; {header.format(charset)}\r\n"
    body = f"--x\r\n{disposition}Content-Type: text/plain; charset={charset}\r\n\r\nb\r\n--x--\r\n".encode("latin-1")

    assert 400 <= status_of(method="POST", body=body, CONTENT_TYPE=MULTIPART) < 500


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language", "messages"])
@pytest.mark.parametrize(
    "value", ["a\x00b", '"\\000"', "\xff", "=;", "a" * 5000, '[["__json_message",0,25,"\\u0000"]]']
)
@pytest.mark.parametrize("path", ["/", "/fr/compte/login/", "/cms/login/"])
def test_no_cookie_breaks_a_page(cookie, value, path):
    assert status_of(path, HTTP_COOKIE=f"{cookie}={value}") in {200, 302}


@pytest.mark.parametrize("query", ["%", "%zz", "a=%", "%ff=%fe", "a=%00", "&&&", "\xff", "next=%00", "lang=%"])
@pytest.mark.parametrize("path", ["/", "/fr/programme/", "/schedule.ics", "/fr/compte/login/", "/cms/login/"])
def test_no_query_breaks_a_page(query, path):
    assert status_of(path, query=query) < 500


@pytest.mark.parametrize("languages", ["a" * 10_000, "fr," * 3334, "\x00", "é", "*;q=1e999", "fr;q=nan", "-" * 10_000])
@pytest.mark.parametrize("path", ["/", "/fr/compte/login/", "/schedule.ics", "/fr/nothing/"])
def test_no_list_of_languages_breaks_a_page(languages, path):
    assert status_of(path, HTTP_ACCEPT_LANGUAGE=languages) < 500


@pytest.mark.parametrize("host", ["\x00", "é", "a" * 10_000, "testserver:x", "[::", "a b", "x@y", "..", "*"])
@pytest.mark.parametrize("path", ["/", "/fr/compte/login/", "/fr/nothing/"])
def test_a_host_of_nobody_is_refused(host, path):
    assert status_of(path, HTTP_HOST=host) == 400

"""Hostile values in every query, address and body of the site, and in the rows behind every writer: no 500.

Those in forms are sent by `tests/test_authorisation.py`, which has asked for every form already.
`HOSTILE_TRIES=5000 pytest -m week tests/test_hostile_values.py` tries more of them; `HOSTILE_SEED` others.
"""

import json
import random
import re
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import icalendar
import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, connection, models, transaction

from festival.text.translated import TranslatedTextField
from tests.authorisation_tries import places
from tests.factories.program import released
from tests.hostile import STORED, VALUES
from tests.hostile_tries import SEED, TRIES, broken

pytestmark = [
    pytest.mark.week,
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]

QUERY = (
    "q",
    "p",
    "page",
    "ordering",
    "export",
    "lang",
    "next",
    "track",
    "section",
    "room",
    "speaker",
    "language",
    "access",
)
QUERY += (
    "registration",
    "edition",
    "state",
    "at_0",
    "at_from",
    "created_at_from",
    "tag",
    "collection_id",
    "locale",
    "result_url",
)
# What no form of a browser holds; a script sends it.
SCAN = {"id": "7f3b2c1e-0000-4000-8000-000000000001", "list": 1, "source": "camera", "code": "7K3F9Q2M"}


def chosen(tries, count):
    """Return `count` of the tries, the same for a seed."""
    tries = list(tries)
    return random.Random(SEED).sample(tries, min(count, len(tries)))


def test_no_query_breaks_a_page(world):
    tries = [
        (role, "get", f"{path.partition('?')[0]}?{urlencode({name: value[:1500]}, errors='surrogatepass')}", None)
        for role, path in places(world)
        for name in QUERY
        for value in VALUES
    ]

    assert broken(world, chosen(tries, TRIES)) == ""


def test_no_address_breaks_the_site(world):
    pieces = [quote(value[:200], safe="", errors="surrogatepass") for value in VALUES if value]
    pieces += ["%ff", "%ed%a0%80", "%c0%80", "%2e%2e%2f", "%", "%zz"]
    tries = []
    for role, path in places(world):
        names = [place for place, piece in enumerate(path.split("/")) if piece]
        for place in names:
            parts = path.partition("?")[0].split("/")
            tries += [(role, "get", "/".join([*parts[:place], piece, *parts[place + 1 :]]), None) for piece in pieces]

    assert broken(world, chosen(tries, TRIES)) == ""


def test_no_body_breaks_the_scanner(world):
    path = "/scan/api/redeem/"
    client = world.client("door team")
    values = [*VALUES, "\ud800", "a\udfffb", None, True, [], {}, [[]], 1.5, 10**30, -1]
    bodies = [json.dumps(SCAN | {name: value}).encode() for name in SCAN for value in values]
    bodies += [b"", b"\xff\xfe", b"null", b"[]", b"NaN", b'{"id": NaN}', b"[" * 100_000, b'"\\ud800"', b'{"a": 1' * 99]
    for body in bodies:
        cache.clear()
        with transaction.atomic():
            answer = client.post(path, body, content_type="application/json")
            transaction.set_rollback(True)
        assert answer.status_code < 500, body[:200]
    for content_type in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", "", "x"):
        answer = client.post(path, json.dumps(SCAN), content_type=content_type)
        assert answer.status_code == 400, content_type


def _text_columns(model):
    """Return the columns in which people type."""
    for field in model._meta.local_concrete_fields:
        is_text = type(field) in {models.CharField, models.TextField}
        if is_text and not (field.choices or field.unique or field.name in KEYS):
            yield field


# What programs write and find rows by, not what people type.
KEYS = {
    "code",
    "secret",
    "url_path",
    "path",
    "draft_title",
    "short_code",
    "content_json",
    "form_key",
    "language",
    "languages",
}
TYPED_IN = [
    "festival.Edition",
    "festival.Phase",
    "festival.Section",
    "festival.NewsPage",
    "wagtailcore.Page",
    "program",
]
TYPED_IN += ["tickets.Order", "tickets.Ticket", "tickets.Product", "tickets.OrderLine", "awards"]
SEALED = {"program.Release", "awards.Tally"}  # written by the site


def _falsify():
    """Write the hostile value behind every text that people type, past every form and field; return how many."""
    count = 0
    for name in TYPED_IN:
        for model in [apps.get_model(name)] if "." in name else apps.get_app_config(name).get_models():
            if model._meta.label in SEALED:
                continue
            texts = [(field, STORED) for field in _text_columns(model)]
            translated = [
                field for field in model._meta.local_concrete_fields if isinstance(field, TranslatedTextField)
            ]
            texts += [(field, json.dumps({"fr": STORED, "en": STORED})) for field in translated]
            count += sum(_write(model, field, text) for field, text in texts)
    return count


def _write(model, field, text):
    """Write past Django; what the table itself refuses, such as a colour that is none, cannot be there."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s', [text])
    except IntegrityError:
        return False
    return True


@pytest.fixture
def falsified(world):
    with transaction.atomic():
        assert _falsify() > 60
        yield world
        transaction.set_rollback(True)
    cache.clear()


def test_no_row_breaks_a_writer(falsified):
    world = falsified
    released("2027-04-20T09:00")
    cache.clear()
    browser, admin = world.client("anonymous"), world.client("admin")
    answers = {path: admin.get(path) for _, path in places(world) if re.search(r"\.(atom|xml|ics|json|pdf|csv)$", path)}
    answers |= {
        f"{path}?export={kind}": admin.get(path, {"export": kind}) for path in LISTS for kind in ("csv", "xlsx")
    }
    answers |= {path: browser.get(path) for path in ("/fr/", "/en/", "/fr/programme/", "/sitemap.xml")}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code >= 500} == {}
    kinds = {path: answer for path, answer in answers.items() if answer.status_code == 200}
    assert len(kinds) > 30
    for path, answer in kinds.items():
        _read_strictly(path, answer)


LISTS = ("/cms/order/", "/cms/ticket/", "/cms/scans/", "/cms/entry/", "/cms/juror/", "/cms/snippets/program/speaker/")
LISTS += ("/cms/snippets/program/session/", "/cms/snippets/program/exhibitor/", "/cms/mails/", "/cms/audit/")
CALENDARS_FORBID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _read_strictly(path, answer):
    content = answer.getvalue()
    kind = answer.headers["Content-Type"]
    if "xml" in kind and "sheet" not in kind:
        ElementTree.fromstring(content)
    elif "calendar" in kind:
        icalendar.Calendar.from_ical(content)
        assert not CALENDARS_FORBID.search(content.decode()), path
    elif "json" in kind:
        json.loads(content)
    elif "csv" in kind:
        assert not XML_FORBIDS.search(content.decode()), path
        assert not re.search(r"[;,\n\"]\s*=", content.decode()), path
    elif "pdf" in kind:
        assert content.startswith(b"%PDF")

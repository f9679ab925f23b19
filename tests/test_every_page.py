"""Every page that a visitor can reach by links from the two home pages, in the demo week.

The crawl finds pages by itself, so a new page type is checked from the day it is linked.
"""

import gzip
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from festival.text import messages
from tests.conftest import demo_database

pytestmark = pytest.mark.week

STARTS = ("/fr/", "/en/", "/fr/billetterie/", "/en/tickets/", "/fr/compte/login/", "/en/account/login/", "/fr/perdu/")
# Files and doors that are no pages of the public site.
ELSEWHERE = re.compile(
    r"^/(cms|scan|jury|static|media|documents|demo|api)/|\.(atom|ics|json|xml|css|pdf|csv)(\?|$)|[?#]"
)
STATIC = Path(__file__).resolve().parent.parent / "festival" / "static"


class Reader(HTMLParser):
    """Collects links, visible text by language, and what must not be inside a page."""

    def __init__(self):
        super().__init__()
        self.links, self.inline, self.assets, self.text, self.ids = [], [], [], [], []
        self.languages, self.silent, self.lang = [], 0, ""

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.lang = attributes.get("lang", "")
        if tag == "a":
            self.links.append(attributes.get("href") or "")
        self._note_code(tag, attributes)
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag in {"script", "style", "template"}:
            self.silent += 1
        if tag not in VOID:
            self.languages.append((tag, attributes.get("lang") or (self.languages[-1][1] if self.languages else "")))

    def _note_code(self, tag, attributes):
        if tag == "link" and "stylesheet" in attributes.get("rel", ""):
            self.assets.append(attributes["href"])
        if tag == "script" and "src" in attributes:
            self.assets.append(attributes["src"])
        elif tag == "style" or (tag == "script" and "json" not in attributes.get("type", "")):
            self.inline.append(tag)
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag):
        if tag in {"script", "style", "template"}:
            self.silent -= 1
        while self.languages and tag not in VOID:
            if self.languages.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.text.append((self.languages[-1][1] if self.languages else "", " ".join(data.split(" "))))


VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
    "use",
}


@dataclass
class Seen:
    """One page as the crawl found it; `queries` is what a second visit asked of the database."""

    status: int
    redirected: bool
    reader: Reader
    queries: int


@pytest.fixture(scope="module")
def pages(demo_template, django_db_blocker, tmp_path_factory):
    """Return {address: Seen} of the whole public site."""
    found, waiting = {}, list(STARTS)
    with demo_database(demo_template, tmp_path_factory.mktemp("crawl"), django_db_blocker):
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            found[address] = _visit(address)
            links = {link.split("#")[0] for link in found[address].reader.links}
            waiting += [link for link in links if link.startswith("/") and not ELSEWHERE.search(link)]
    return found


def _visit(address):
    response = Client().get(address, follow=True)
    reader = Reader()
    reader.feed(response.content.decode())
    with CaptureQueriesContext(connection) as queries:
        Client().get(address)
    return Seen(response.status_code, bool(response.redirect_chain), reader, len(queries))


def test_the_crawl_reaches_every_part(pages):
    for part in (
        "/fr/village/",
        "/en/awards/",
        "/fr/programme/2027-05-06/",
        "/en/programme/sessions/",
        "/fr/billetterie/",
    ):
        assert any(address.startswith(part) for address in pages), part
    assert len(pages) > 150


def test_no_link_is_broken(pages):
    broken = {address: page.status for address, page in pages.items() if page.status != 200}

    assert broken == {"/fr/perdu/": 404, "/en/perdu/": 404}


def test_no_inline_code(pages):
    assert {address: page.reader.inline for address, page in pages.items() if page.reader.inline} == {}


def test_ids_are_unique(pages):
    twice = {
        address: [name for name, count in Counter(page.reader.ids).items() if count > 1]
        for address, page in pages.items()
        if len(page.reader.ids) != len(set(page.reader.ids))
    }

    assert twice == {}


def test_language_is_declared(pages):
    wrong = {
        address: page.reader.lang
        for address, page in pages.items()
        if address[:4] in {"/fr/", "/en/"} and page.reader.lang != address[1:3]
    }

    assert wrong == {}


def test_the_other_language_is_one_link_away(pages):
    lonely = [
        address
        for address, page in pages.items()
        if not any(link.startswith("/en/" if address.startswith("/fr/") else "/fr/") for link in page.reader.links)
    ]

    assert lonely == []


def test_no_string_of_the_other_language(pages):
    """No English message on a French page, and no French message on an English one."""
    catalogue = [
        (" ".join(entry.msgid.split()), " ".join(entry.msgstr.split()))
        for entry in polib.pofile(str(messages.LOCALES / "fr" / "LC_MESSAGES" / "django.po"))
        if entry.msgstr and entry.msgid.strip().lower() != entry.msgstr.strip().lower() and "%" not in entry.msgid
    ]
    english = {msgid for msgid, _ in catalogue if len(msgid) > 6} - {msgstr for _, msgstr in catalogue}
    french = {msgstr for _, msgstr in catalogue if len(msgstr) > 6} - {msgid for msgid, _ in catalogue}
    wrong = []
    for address, page in pages.items():
        foreign = english if page.reader.lang == "fr" else french
        own = [text.strip() for language, text in page.reader.text if language == page.reader.lang]
        wrong += [f"{address}: {text}" for text in own if text in foreign]

    assert wrong == []


def test_warm_pages_ask_the_database_three_times_at_most(pages):
    busy = {address: page.queries for address, page in pages.items() if page.queries > 3 and page.status == 200}

    assert busy == {}


def test_styles_and_scripts_of_a_page_weigh_less_than_60_kib(pages):
    heavy = {}
    for address, page in pages.items():
        static = [STATIC / asset.removeprefix("/static/") for asset in page.reader.assets]
        size = sum(len(gzip.compress(path.read_bytes())) for path in static if path.exists())
        if size > 60 * 1024:
            heavy[address] = size

    assert heavy == {}


def test_only_our_own_files(pages):
    foreign = {asset for page in pages.values() for asset in page.reader.assets if not asset.startswith("/")}

    assert foreign == set()

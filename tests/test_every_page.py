"""Every page that a visitor can reach by links from the two home pages, in the demo week.

The crawl finds pages by itself, so a new page type is checked from the day it is linked.
"""

import gzip
import json
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
from lxml import html

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
class Head:
    """What the head of a page says of it."""

    title: str
    metas: dict[str, str]
    links: list[tuple[str, str, str]]
    data: list[dict]

    @classmethod
    def of(cls, text):
        """Read the head of a page."""
        head = html.fromstring(text).find("head")
        metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in head.findall("meta")}
        links = [(link.get("rel"), link.get("hreflang", ""), link.get("href")) for link in head.findall("link")]
        data = [json.loads(script.text) for script in head.xpath("script[@type='application/ld+json']")]
        return cls(head.findtext("title"), metas, links, data)

    @property
    def canonical(self):
        return next((href for rel, _lang, href in self.links if rel == "canonical"), "")

    @property
    def twins(self):
        return {lang: href for rel, lang, href in self.links if rel == "alternate" and lang}

    @property
    def is_listed(self):
        return "noindex" not in self.metas.get("robots", "")

    @property
    def kinds(self):
        return [node["@type"] for graph in self.data for node in graph["@graph"]]


@dataclass
class Seen:
    """One page as the crawl found it; `queries` is what a second visit asked of the database."""

    status: int
    redirected: bool
    reader: Reader
    queries: int
    head: Head


# A filtered day is left out by the crawl, for there are thousands; one stands for them.
FILTERED = "/fr/programme/2027-05-05/?access=lsf&language=fr"
EXTRA = (FILTERED, "/sitemap.xml", "/robots.txt")


@pytest.fixture(scope="module")
def pages(crawled):
    """Return {address: Seen} of the whole public site."""
    return crawled[0]


@pytest.fixture(scope="module")
def extra(crawled):
    """Return {address: text} of what the crawl leaves out."""
    return crawled[1]


@pytest.fixture(scope="module")
def crawled(demo_template, django_db_blocker, tmp_path_factory):
    found, waiting = {}, list(STARTS)
    with demo_database(demo_template, tmp_path_factory.mktemp("crawl"), django_db_blocker):
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            found[address] = _visit(address)
            links = {link.split("#")[0] for link in found[address].reader.links}
            waiting += [link for link in links if link.startswith("/") and not ELSEWHERE.search(link)]
        texts = {address: Client().get(address).text for address in EXTRA}
        cards = {page.head.metas["og:image"] for page in found.values() if "og:image" in page.head.metas}
        for card in sorted(cards)[:12]:
            assert Client().get(card.removeprefix("http://testserver"))["Content-Type"] == "image/png"
    return found, texts


def _visit(address):
    response = Client().get(address, follow=True)
    reader = Reader()
    reader.feed(response.text)
    with CaptureQueriesContext(connection) as queries:
        Client().get(address)
    head = Head.of(response.text)
    return Seen(response.status_code, bool(response.redirect_chain), reader, len(queries), head)


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


def _listed(pages):
    return {address: page.head for address, page in pages.items() if page.status == 200 and page.head.is_listed}


def test_every_listed_page_has_one_address(pages):
    wrong = {
        address: head.canonical
        for address, head in _listed(pages).items()
        if head.canonical != f"http://testserver{address}" and not pages[address].redirected
    }

    assert wrong == {}
    assert len(_listed(pages)) > 150


def test_twins_name_each_other_and_one_for_everybody_else(pages):
    listed = _listed(pages)
    for address, head in listed.items():
        own = address[1:3]
        assert head.twins[own] == head.canonical, address
        assert head.twins["x-default"] == head.twins["fr"], address
        for language, twin in head.twins.items():
            path = twin.removeprefix("http://testserver")
            assert path in listed, (address, twin)
            assert listed[path].twins[own] == head.canonical, (address, language)


def test_every_listed_page_has_a_title_of_its_own_a_description_and_a_card(pages):
    listed = _listed(pages)
    titles = Counter((address[1:3], head.title) for address, head in listed.items())

    assert {title: count for title, count in titles.items() if count > 1} == {}
    wanted = (
        "description",
        "og:title",
        "og:description",
        "og:url",
        "og:image",
        "og:site_name",
        "og:locale",
        "twitter:card",
    )
    missing = {(address, name) for address, head in listed.items() for name in wanted if not head.metas.get(name)}
    assert missing == set()
    assert all("<" not in value for head in listed.values() for value in head.metas.values() if value)
    assert all(head.metas["og:url"] == head.canonical for head in listed.values())
    assert all("Festival" in head.title for head in listed.values())


def test_linked_data_says_what_each_page_is(pages):
    listed = _listed(pages)
    for address, head in listed.items():
        assert {"WebSite", "Organization"} <= set(head.kinds), address
        assert "BreadcrumbList" in head.kinds or address in {"/fr/", "/en/"}, address
    kinds = {address: set(head.kinds) for address, head in listed.items()}
    assert "Festival" in kinds["/fr/"]
    assert "Event" in kinds["/fr/village/"]
    assert "NewsArticle" in kinds["/fr/actualites/programme-en-ligne/"]
    assert "ItemList" in kinds["/fr/programme/2027-05-05/"]
    assert "ProfilePage" in kinds["/fr/programme/intervenants/haruka-minamori/"]
    assert "Project" in kinds["/fr/prix/projets/chambre-damis/"]


def _event(pages, slug):
    graph = pages[f"/fr/programme/seances/{slug}/"].head.data[0]["@graph"]
    return next(node for node in graph if node["@type"] == "Event")


def test_events_say_what_entry_costs_and_where_they_are(pages):
    talk, fair = _event(pages, "who-owns-the-algorithm"), _event(pages, "foire-aux-projets")
    workshop, cancelled = _event(pages, "reparer-grille-pain"), _event(pages, "microcredit-dix-ans")

    assert talk["isAccessibleForFree"] is False
    assert {offer["priceCurrency"] for offer in talk["offers"]} == {"EUR"}
    assert min(offer["price"] for offer in talk["offers"]) == 28
    assert talk["location"]["address"]["postalCode"] == "75019"
    assert talk["location"]["address"]["addressLocality"] == "Paris"
    assert "offers" not in fair
    assert workshop["isAccessibleForFree"] is True
    assert cancelled["eventStatus"].endswith("EventCancelled")
    assert "offers" not in cancelled


def test_filtered_addresses_are_not_listed_and_lead_to_the_whole_day(pages, extra):
    head = Head.of(extra[FILTERED])

    assert head.metas["robots"] == "noindex, follow"
    assert head.canonical == "http://testserver/fr/programme/2027-05-05/"
    assert head.twins == {}
    assert 'rel="nofollow"' in extra[FILTERED].split('class="filters"')[1].split("</nav>")[0]


def test_the_site_map_has_every_listed_page_and_nothing_else(pages, extra):
    mapped = {
        address.removeprefix("http://testserver")
        for address in re.findall(r"<loc>([^<]+)</loc>", extra["/sitemap.xml"])
    }
    listed = {address for address in _listed(pages) if not address.endswith(("/live/", "/en-direct/"))}

    assert mapped - listed == set()
    assert listed - mapped == set()
    assert "/sitemap.xml" in extra["/robots.txt"]

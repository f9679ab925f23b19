"""The whole site at every moment of the model year: what it promises can be done there, and nothing stands empty.

A promise is a word for something that one does (vote, be refunded, register…). Where one stands, the way to do it must
stand in the same part of the page: a form, a link, or an address to write to.
"""

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.test.utils import override_settings
from lxml import html

from awards.models import TallyRow
from festival.demo.clock_stops import CLOCK_STOPS
from tests.conftest import demo_database

pytestmark = pytest.mark.week

STARTS = ("/fr/", "/en/", "/fr/billetterie/", "/en/tickets/", "/fr/en-direct/", "/en/live/")
ELSEWHERE = re.compile(
    r"^/(cms|scan|jury|static|media|documents|demo|api)/|\.(atom|ics|json|xml|css|pdf|csv)(\?|$)|[?#]"
)
OFFICES = {"/fr/billetterie/", "/en/tickets/"}
DURING, AFTER = ("village", "fest", "night"), ("archive",)


@dataclass(frozen=True)
class Promise:
    """Words that promise something, and what in the same part of the page keeps it; None where nothing could."""

    words: str
    kept_by: str | None


WRITE = ".//a[starts-with(@href, 'mailto:')] | self::*[contains(., '@')]"
REGISTER = f"{WRITE} | .//form[@method='post'] | .//a[@href='/fr/billetterie/' or @href='/en/tickets/']"
BOOK = ".//a[contains(@href, '/ateliers/') or contains(@href, '/workshops/')] | .//form[@method='post']"
PROMISES = [
    Promise(
        r"\bvot(ez|er|ons)\b|\bto vote\b|\bvote (now|runs|for)\b|days? left to vote",
        ".//*[contains(@href, 'vote')] | ancestor-or-self::form[@method='post']",
    ),
    Promise(r"rembours(er|ons|é)\b|\brefunds?\b", WRITE),
    Promise(r"\bfactures?\b|\binvoices?\b", WRITE),
    Promise(r"\bbientôt\b|coming soon|\bsoon available\b", None),
    Promise(r"\bun clic\b|\bone click\b", None),
    Promise(r"\bCSV\b|\bXLSX\b|\bExcel\b", None),
    Promise(
        r"(votre|mon) (espace|compte)\b|\b(your|my) account\b",
        ".//a[contains(@href, 'compte') or contains(@href, 'account')]",
    ),
    Promise(r"\bje réserve\b|\bbook(ing)? my\b|\bréservez\b|\bréserver ma place\b", BOOK),
    Promise(r"\bprévenir si une place\b|\bif a place comes free\b", BOOK),
    Promise(r"\bbuy now\b|\bacheter (en ligne|mon)", None),
    Promise(r"\b(peuvent|pour) candidater\b|\b(can|to) apply\b", WRITE),
    Promise(r"(Pour avoir une place|For a place|S’inscrire pour un jour|Register for a day)", REGISTER),
]


@pytest.fixture(scope="module")
def walks(demo_template, django_db_blocker, tmp_path_factory):
    """Return {clock stop: {address: tree}} of the whole public site."""
    with demo_database(demo_template, tmp_path_factory.mktemp("moments"), django_db_blocker):
        return {key: _walk(stop.at) for key, stop in CLOCK_STOPS.items()}


def _walk(at):
    found, waiting = {}, list(STARTS)
    with override_settings(FESTIVAL_CLOCK=at, DEMO=False):
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            response = Client().get(address, follow=True)
            assert response.status_code == 200, (at, address)
            found[address] = html.fromstring(response.content.decode())
            links = {link.split("#")[0] for link in found[address].xpath("//a/@href")}
            waiting += [link for link in links if link.startswith("/") and not ELSEWHERE.search(link)]
    return found


def _everywhere(walks, faults):
    return [
        f"{key} {address}: {fault}"
        for key, walk in walks.items()
        for address, tree in walk.items()
        for fault in faults(tree)
    ]


def _text(element):
    return " ".join(element.text_content().split())


def _said(tree):
    """Yield the innermost elements of the page's middle that have words of their own."""
    for element in tree.xpath("//main//*[not(self::script or self::style or self::option)]"):
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        if own.strip():
            yield element


def _part_of(element):
    """Return the part of the page that an element stands in: what a reader sees as one."""
    return next(
        (
            above
            for above in element.iterancestors()
            if above.tag in {"details", "article", "section", "main"} or "wrap" in (above.get("class") or "").split()
        ),
        element,
    )


def _broken_promises(tree):
    for element in _said(tree):
        text = _text(element)
        for promise in PROMISES:
            if not re.search(promise.words, text, re.IGNORECASE):
                continue
            if promise.kept_by is None or not _part_of(element).xpath(promise.kept_by):
                yield text[:160]


def test_nothing_is_promised_that_cannot_be_done(walks):
    assert _everywhere(walks, _broken_promises) == []


def test_the_walk_would_notice():
    """A broken promise is found, a kept one is not."""
    broken = html.fromstring("<main><section><p>Le vote : votez maintenant, et un CSV.</p></section></main>")
    kept = html.fromstring("<main><details><p>We refund you: write to a@example.org</p></details></main>")

    assert len(list(_broken_promises(broken))) == 2
    assert list(_broken_promises(kept)) == []


def _empty_parts(tree):
    for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]"):
        if not _text(heading):
            yield f"empty {heading.tag}"
    for part in tree.xpath("//main//section | //main//*[contains(@class, 'band')]"):
        rest = _text(part)
        for heading in part.xpath(".//*[self::h1 or self::h2]"):
            rest = rest.replace(_text(heading), "", 1)
        if not rest.strip() and not part.xpath(".//img | .//form"):
            yield f"nothing in {part.get('class')}: {_text(part)[:60]}"
    for group in tree.xpath("//main//*[self::ul or self::ol or self::tbody or self::dl or self::table]"):
        if not list(group):
            yield f"empty {group.tag} in {_text(_part_of(group))[:60]}"


def test_nothing_stands_empty(walks):
    assert _everywhere(walks, _empty_parts) == []


def _now(tree):
    return [
        _text(heading)
        for heading in tree.xpath("//main//h2")
        if _text(heading) in {"Maintenant et ensuite", "Now and next"}
    ]


@pytest.mark.parametrize("home", ["/fr/", "/en/"])
def test_now_is_said_only_while_something_is_on(walks, home):
    shown = {key: bool(_now(walk[home])) for key, walk in walks.items()}

    assert shown == {key: key in DURING for key in CLOCK_STOPS}


def _to_the_office(tree):
    return set(tree.xpath("//header//a/@href | //main//a/@href")) & OFFICES


def test_after_the_week_nothing_leads_to_a_closed_ticket_office(walks):
    for key in AFTER:
        leading = {address for address, tree in walks[key].items() if _to_the_office(tree)}
        assert leading - OFFICES == set()
    for key in DURING:
        assert _to_the_office(walks[key]["/fr/"])


@pytest.fixture(scope="module")
def winners(demo_template, django_db_blocker, tmp_path_factory):
    """Return the projects that the frozen results have first: in each category, and for the public."""
    with demo_database(demo_template, tmp_path_factory.mktemp("winners"), django_db_blocker):
        return {str(row.entry.title) for row in TallyRow.objects.filter(rank=1).select_related("entry")}


def test_after_the_week_the_winners_are_named_and_thanked(walks, winners):
    assert len(winners) == 5
    for key, walk in walks.items():
        posts = " ".join(_text(item) for item in walk["/fr/"].xpath("//*[contains(@class, 'news-item')]"))
        assert {name for name in winners if name in posts} == (winners if key in AFTER else set()), key


def _needs_a_pass(tree):
    return any(
        phrase in _text(tree.xpath("//main")[0]) for phrase in ("Il faut l’un de ces billets", "You need one of these")
    )


def test_sessions_of_the_fest_say_that_a_pass_is_needed_while_one_can_be_had(walks):
    name = "programme/seances/who-owns-the-algorithm/"
    said = {key: _needs_a_pass(walk[f"/fr/{name}"]) for key, walk in walks.items() if f"/fr/{name}" in walk}

    assert said == {"jury": True, "village": True, "fest": True, "night": False, "archive": False}
    links = walks["fest"][f"/fr/{name}"].xpath("//main//a/@href")
    assert "/fr/billetterie/" in links
    assert not _needs_a_pass(walks["fest"]["/fr/programme/seances/foire-aux-projets/"])

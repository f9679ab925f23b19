"""Two editions side by side: what is prepared stays hidden, what is past stays readable, neither speaks of the other.

The second edition is a copy of the demo week in words that are found again (`tests/week_of_2028.py`).
"""

import csv
import io
import re
import uuid
from dataclasses import dataclass, field
from html import unescape

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, override_settings
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from lxml import html
from wagtail.permissions import policy_registry

from awards.models import Juror
from festival.models import Edition, User
from festival.roles import DOOR
from tests import week_of_2028
from tests.authorisation_addresses import routes
from tests.conftest import demo_database
from tests.week_of_2028 import BY_ACTION, NEXT, OURS, of_an_edition, way_to_edition
from tickets.models import Order

pytestmark = [
    pytest.mark.week,
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]

STARTS = ["/fr/", "/en/", "/fr/billetterie/", "/en/tickets/", "/fr/programme/", "/en/programme/"]
MACHINES = [
    "/schedule.json",
    "/schedule.ics",
    "/schedule.schema.json",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/ticket-keys.json",
    "/fr/actualites.atom",
    "/en/news.atom",
]
ADDRESS = re.compile(
    r'(?:href|src|action)="(?:http://testserver)?(/[^"#?]*(?:\.ics\?[^"#]*)?)|<loc>http://testserver(/[^<]*)</loc>'
)
ELSEWHERE = re.compile(r"^/(cms|static|media|documents)/|logout|/compte/|/account/")
PRIVATE = r"/(fr/commande|en/order|scan|jury)/"
# A link into the archive may say what it leads to.
TO_THE_ARCHIVE = re.compile(r'<a [^>]*href="(?:http://testserver)?/(?:fr|en)/2027/.*?</a>', re.DOTALL)


@dataclass
class Walk:
    """What a walk over the site found: the status and the words of every address."""

    statuses: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def speaking_of(self, canary: str, *, outside: str = "^$") -> dict[str, list[str]]:
        """Return the addresses in whose text that word stands, each with what was found."""
        found = {
            address: sorted(set(re.findall(rf"{canary}[\w-]*", text)))[:5]
            for address, text in self.words.items()
            if not re.search(outside, address)
        }
        return {address: words for address, words in found.items() if words}


def text_of(response):
    """Return the text of an answer, whatever it is."""
    kind = response.headers.get("Content-Type", "")
    content = response.getvalue()
    if "pdf" in kind:
        document = pypdfium2.PdfDocument(io.BytesIO(content))
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    if kind.startswith(("text/", "application/")):
        return re.sub(r"\r\n[ \t]", "", content.decode("utf-8", "replace"))
    return ""


def walk(client, starts, inside=""):
    """Follow every link of the site, or of the part of it that fits, into its feeds and files too."""
    found, waiting = Walk(), list(starts)
    while waiting:
        address = waiting.pop()
        if address in found.statuses:
            continue
        response = client.get(address, follow=True)
        text = text_of(response)
        found.statuses[address], found.words[address] = response.status_code, TO_THE_ARCHIVE.sub("", text)
        links = {unescape(first or second) for first, second in ADDRESS.findall(text)}
        waiting += [link for link in links if not ELSEWHERE.search(link) and re.match(inside, link)]
    return found


def run_mails():
    """Send what waits; return all texts of it, attachments too."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="outbox",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    )
    mail.outbox.clear()
    while (result := DBTaskResult.objects.ready().first()) is not None:
        result.claim(worker.worker_id)
        worker.run_task(result)
    return "\n".join(_words_of(message) for message in mail.outbox)


def _words_of(message):
    """Return subject, text and the attached files of a mail."""
    parts = [part for part in message.message().walk() if not part.is_multipart()]
    read = [HttpResponse(part.get_payload(decode=True), content_type=part.get_content_type()) for part in parts]
    return "\n".join([message.subject, *map(text_of, read)])


def person(email, *groups, **fields):
    """Return a browser in which somebody of the team is signed in."""
    user, _ = User.objects.get_or_create(email=email, defaults=fields)
    user.groups.add(*Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def private_walk(number, run_mails):
    """Walk where one needs a secret or a sign-in: orders with their files and mails, the door, the jury."""
    order = Order.objects.filter(edition__number=number, lines__ticket__isnull=False).order_by("pk").first()
    pages = [f"/{part}/{order.code}/{order.secret}/" for part in ("fr/commande", "en/order")]
    found = Walk()
    for client, starts in (
        (Client(), pages),
        (person("door@example.org", DOOR), ["/scan/"]),
        (_signed_in(Juror.objects.filter(call__edition__number=number, is_chair=False).first()), ["/jury/"]),
        (_signed_in(Juror.objects.filter(call__edition__number=number, is_chair=True).first()), ["/jury/"]),
    ):
        again = walk(client, starts, inside=PRIVATE)
        found.words |= {f"{starts[0]} {address}": text for address, text in again.words.items()}
        found.statuses |= again.statuses
    Client().post(f"{pages[0]}mail/")
    found.words["mail"] = run_mails()
    return found


def _signed_in(juror):
    client = Client()
    client.force_login(juror.user)
    return client


def in_the_editor(ours, following):
    """Return what is wrong with the lists, exports, choosers and forms of the editor."""
    faults = {"lists": [], "exports": [], "choosers": [], "forms": [], "unfiltered": []}
    client = person("everything@example.org", is_superuser=True)
    for route in routes():
        action = route.name.rpartition(":")[2]
        if route.model in {None, Edition} or route.model not in of_an_edition() or not route.in_the_editor:
            continue
        if action in {"index", "list"}:
            _look_at_list(client, route, (ours, following), faults)
        elif action == "edit":
            _look_at_form(client, route, (ours, following), faults)
        elif action == "choose":
            _look_at_chooser(client, route, (ours, following), faults)
    return faults


def _look_at_list(client, route, editions, faults):
    path = f"/{route.route}"
    selects = html.fromstring(client.get(path).content).xpath("//form//select/@name|//form//input/@name")
    wanted = [name for name in selects if name.rpartition("__")[2] == "edition"]
    if not wanted:
        faults["unfiltered"].append(path)
        return
    for edition, foreign in zip(editions, (NEXT, OURS), strict=True):
        chosen, own = f"{path}?{wanted[0]}={edition.number}", _rows_of(route.model, edition).count()
        shown = html.fromstring(client.get(path, {wanted[0]: edition.pk}).content)
        rows = " ".join(shown.xpath("//table//text()|//table//@href"))
        faults["lists"] += [f"{chosen}: {word}" for word in _found(foreign, rows)]
        if bool(own) != bool(shown.xpath("//main//table//tbody/tr")):
            faults["lists"].append(f"{chosen}: {own} rows of its own, of which it shows none")
        exported = client.get(path, {wanted[0]: edition.pk, "export": "csv"})
        if exported.headers["Content-Type"].startswith("text/csv"):
            text = exported.getvalue().decode()
            faults["exports"] += [f"{chosen}: {word}" for word in _found(foreign, text)]
            lines = len(list(csv.reader(io.StringIO(text)))) - 1
            if lines != own:
                faults["exports"].append(f"{chosen}: {lines} lines of {own} rows")


# Of these tables the screens show some rows only: the pot its own account.
SHOWN = {"tickets.LedgerEntry": {"account": "pot"}}


def _rows_of(model, edition):
    shown = SHOWN.get(model._meta.label, {})
    return model._default_manager.filter(**{way_to_edition(model): edition}, **shown)


def _found(canary, text):
    return sorted(set(re.findall(rf"{canary}[\w-]*", text)))[:3]


def _look_at_form(client, route, editions, faults):
    for edition, foreign in zip(editions, (NEXT, OURS), strict=True):
        row = _rows_of(route.model, edition).order_by("pk").first()
        if row is None:
            continue
        path = "/" + re.sub(r"<\w+:pk>", str(row.pk), route.route)
        response = client.get(path)
        may_change = policy_registry.get_by_type(route.model).user_has_permission(response.wsgi_request.user, "change")
        if response.status_code != (200 if may_change else 302):
            faults["forms"].append(f"{path} ({edition.number}): {response.status_code}")
        if response.status_code != 200:
            continue
        page = html.fromstring(response.content)
        for select in page.xpath("//select[@name='edition']"):
            select.getparent().remove(select)
        text = " ".join(page.xpath("//main//text()|//main//@value|//main//@href"))
        faults["forms"] += [f"{path} ({edition.number}): {word}" for word in _found(foreign, text)]


def _look_at_chooser(client, route, editions, faults):
    for edition, foreign in zip(editions, (NEXT, OURS), strict=True):
        text = client.get(f"/{route.route}results/", {"edition": edition.pk}).content.decode()
        faults["choosers"] += [f"/{route.route}?edition={edition.number}: {word}" for word in _found(foreign, text)]


@dataclass
class Story:
    """The two editions, before and after the second one becomes the current one."""

    ours: Edition
    following: Edition
    before: Walk
    before_inside: Walk
    lists: dict[str, list[str]]
    after: Walk
    after_inside: Walk
    old: dict[str, int]


@pytest.fixture(scope="module")
def story(demo_template, django_db_blocker, tmp_path_factory):
    """Prepare 2028 beside 2027, walk; make it the current one, walk again."""
    with (
        override_settings(SECOND_FACTOR_REQUIRED=False),
        demo_database(demo_template, tmp_path_factory.mktemp("two"), django_db_blocker),
    ):
        week_of_2028.mark_ours()
        following = week_of_2028.prepare()
        cache.clear()
        ours = Edition.objects.get(number=2027)
        before, before_inside = walk(Client(), STARTS + MACHINES), private_walk(2027, run_mails)
        lists = in_the_editor(ours, following)
        week_of_2028.make_current(following)
        with override_settings(FESTIVAL_CLOCK="2028-05-02T11:30"):
            cache.clear()
            after, after_inside = walk(Client(), STARTS + MACHINES), private_walk(2028, run_mails)
            old = {address: Client().get(address, follow=True).status_code for address in before.statuses}
        yield Story(ours, following, before, before_inside, lists, after, after_inside, old)


def assert_nothing(faults):
    """Fail with one line for each of the faults, however many they are."""
    assert not faults, "\n" + "\n".join(f"{place} {what}" for place, what in sorted(faults.items()))


def test_every_table_is_copied_or_written_by_an_action():
    labels = {model._meta.label for model in of_an_edition()}

    assert set(BY_ACTION) - labels == {"festival.AuditEntry", "festival.OutgoingMail"} & (set(BY_ACTION) - labels)
    assert len(labels) > 25


def test_the_second_edition_can_be_found(story):
    """The control: the same walk finds the words once the edition is public."""
    assert len(story.after.speaking_of(NEXT)) > 100
    assert len(story.before.speaking_of(OURS)) > 5
    assert story.after_inside.speaking_of(NEXT)


def test_nothing_that_is_prepared_is_public(story):
    assert_nothing(story.before.speaking_of(NEXT))


def test_nothing_that_is_prepared_reaches_buyers_the_door_or_the_jury(story):
    assert_nothing(story.before_inside.speaking_of(NEXT))


def test_nothing_of_the_past_edition_is_outside_its_archive(story):
    assert_nothing(story.after.speaking_of(OURS, outside=r"^/((fr|en)/)?2027/|/prix-2027/$"))


def test_nothing_of_the_past_edition_reaches_buyers_the_door_or_the_jury(story):
    assert_nothing(story.after_inside.speaking_of(OURS))


def test_every_address_of_the_past_edition_still_answers(story):
    missing = {address: status for address, status in story.before.statuses.items() if status != 200}
    lost = {address: status for address, status in story.old.items() if status != 200 and address not in missing}

    assert_nothing(missing)
    assert_nothing(lost)


@pytest.mark.parametrize("kind", ["lists", "exports", "choosers", "forms", "unfiltered"])
def test_the_editor_shows_one_edition_at_a_time(story, kind):
    assert_nothing(dict.fromkeys(story.lists[kind], ""))

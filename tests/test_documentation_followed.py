"""The demo week, visited and run as the documentation says: every address, and every command that only looks."""

import base64
import io
import os
import re
import secrets
import shutil
import subprocess
import sys
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from awards.certificates.queries import certificates_of
from awards.models import Announcement, Call, Juror
from awards.seats import links as seats
from festival.demo import accounts
from festival.time import clock
from tests import documentation
from tests.factories.festival import OutgoingMailFactory
from tickets.models import Guest, Order, Pot, PotRequest, Product, Quota, WaitingEntry
from tickets.retrieval import links

pytestmark = pytest.mark.week

# They only look; the others are tried as far as their arguments in `test_documentation.py`.
LOOKING = ["fsck", "migrate --check", "tally festival/demo/festival.json"]
# Not addresses of the site, or only of a process with DEMO=1 (tests/festival/demo/test_views.py).
ELSEWHERE = re.compile(r"/(etc|srv|backup|opt|usr|demo)/|.*…")
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")
# Scripts and buttons call them by POST.
POSTED = {"/api/v1/stripe/events", "/scan/api/redeem/", "/scan/api/status/", "/scan/list/", "/scan/undo/"}
STARTS = ["/fr/", "/en/", "/sitemap.xml", "/schedule/v/1.0/schedule.json", "/jury/", "/fr/a-propos/"]


def _addresses():
    spans = [piece.text for piece in documentation.code() if piece.kind == "span" and piece.text.startswith("/")]
    shown = re.findall(
        r"http://127\.0\.0\.1:8000(/[\w/-]*)", "\n".join(path.read_text() for path in documentation.PAGES)
    )
    return sorted({address for address in [*spans, *shown] if not ELSEWHERE.match(address)})


@pytest.fixture
def visitors(demo, demo_template, settings, tmp_path):
    """One client for each kind of account of the demonstration, nobody first; the week's pictures are at hand."""
    settings.SECOND_FACTOR_REQUIRED = False
    shutil.copytree(demo_template.parent / "demo" / "media", tmp_path / "media")
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    users = get_user_model().objects
    names = re.findall(r"`([\w.-]+@(?:demo|jury)\.example\.org)`", (documentation.ROOT / "README.md").read_text())
    assert accounts.ADMIN in names
    clients = [Client()]
    for name in set(names) - {accounts.APPLICANT}:  # has no account
        clients.append(Client())
        clients[-1].force_login(users.get(email=name))
    return clients


def _opened(address, visitors):
    """Return the page that somebody gets to see at an address, or None."""
    for client in visitors:
        response = client.get(address, follow=True)
        is_sign_in = any("/login" in urlsplit(stop).path for stop, _ in response.redirect_chain)
        if response.status_code == 200 and not is_sign_in:
            return b"".join(response) if response.streaming else response.content
    return None


def _links(page):
    text = unescape(page.decode("utf-8", "replace"))
    found = re.findall(r"(?:href|src)=[\"']([^\"'#]+)|content=\"(https?://[^\"]+)|<loc>([^<]+)|\"(/[^\"\s]+)\"", text)
    return {urlsplit("".join(link)).path for link in found}


def test_every_address_leads_to_a_page(visitors):
    """An address with a placeholder is followed where a page links to one of its shape."""
    call = Call.objects.get().slug
    jury = f"/jury/{call}/"
    # In the demonstration every sale has begun, and nobody asks to be told of it.
    ahead = Product.objects.filter(slug="jour-fest")
    ahead.update(sale_opens=ahead.get().sale_closes - timedelta(minutes=1))
    addresses = [address.replace("/CALL/", f"/{call}/") for address in _addresses()]
    shapes = {address: _shape(address) for address in addresses if PLACEHOLDER.search(address)}
    waiting = [
        *STARTS,
        jury,
        *_from_mails(),
        *(address for address in addresses if address not in shapes),
    ]
    seen, dead = set(), []
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = _opened(address, visitors)
        if page is None:
            dead += [] if address in POSTED else [address]
            continue
        for shape, pattern in list(shapes.items()):
            if example := next((link for link in sorted(_links(page) | {address}) if pattern.fullmatch(link)), None):
                del shapes[shape]
                waiting += [example] if example not in seen else []

    assert dead == []
    assert sorted(shapes) == []


def _shape(address):
    return re.compile(PLACEHOLDER.sub("[^/]+", re.escape(address)))


def _from_mails():
    """Return the addresses that only mails hold: orders, tickets found again, waiting lists, requests, guests."""
    order = Order.objects.filter(state="paid").first()
    found = links.token(OutgoingMailFactory(kind=links.FOUND_MAIL, to=order.email))
    quota = Quota.objects.filter(occurrence__isnull=False, products__isnull=False).first()
    waiting = WaitingEntry.objects.create(
        edition=quota.edition, occurrence=quota.occurrence, product=quota.products.first(), secret="s" * 43,
        name="Zoé", email="zoe@example.org", language="fr", created_at=order.created_at,
    )  # fmt: skip
    pot = Pot.objects.get()
    asked = PotRequest.objects.create(
        edition=pot.edition, price=pot.prices.first(), places=1, secret="p" * 43, name="Zoé", email="zoe@example.org",
        language="fr", created_at=order.created_at,
    )  # fmt: skip
    guest = Guest.objects.create(order=order, rank=1000, secret="g" * 43)
    order.lines.filter(pk=order.lines.live().first().pk).update(guest=guest)
    juror = Juror.objects.create(
        call=Call.objects.get(), slug="zoe", name="Zoé", sort_name="Zoé", email="zoe@example.org", state="invited",
        invited_at=clock.now(),
    )  # fmt: skip
    invited = seats.token(juror.uuid)
    now = clock.now()
    Announcement.objects.update(tell_at=now, publish_at=now)
    [certificate, *_others] = certificates_of(juror.call, now)
    return [
        *(f"/{path}/{asked.secret}/" for path in ("fr/billetterie/solidaire", "en/tickets/solidarity")),
        *(f"/{path}/{guest.secret}/" for path in ("fr/billetterie/invite", "en/tickets/guest")),
        *(f"/{path}/{order.code}/{order.secret}/" for path in ("fr/commande", "en/order")),
        *(f"/{path}/{found}/" for path in ("fr/billetterie/retrouver", "en/tickets/find")),
        f"/en/awards/certificates/{certificate.number}/",
        *(f"/{path}/{invited}/" for path in ("fr/prix/invitation", "en/awards/invitation")),
        *(f"/{path}/{waiting.secret}/" for path in ("fr/billetterie/attente", "en/tickets/waiting")),
    ]


def test_scripts_post_to_their_addresses(visitors):
    assert [visitors[0].post(address).status_code for address in sorted(POSTED)] != [404] * len(POSTED)


@pytest.mark.parametrize("line", LOOKING)
def test_command_that_only_looks_runs(demo, line):
    assert line in documentation.commands("manage.py")
    name, *arguments = documentation.words(line)

    call_command(name, *arguments, stdout=io.StringIO(), stderr=io.StringIO())


def test_the_environment_of_the_deploy_page_passes_its_check(tmp_path):
    """The page says which warnings are left."""
    page = next(path for path in documentation.PAGES if path.name == "deploy.md").read_text()
    lines = re.findall(r"^ *([A-Z_]+)=(.+)$", page.split("fill it in:", 1)[1].split("```")[1], re.MULTILINE)
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    left = re.search(r"`check --deploy` leaves.*?\n\n", page, re.DOTALL)[0]
    environment = {name: value.strip('"').replace("…", secret) for name, value in lines}
    assert environment["BASE_URL"] == "https://festival.example.org"

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=documentation.ROOT,
        env={
            **environment,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "VAR_DIR": str(tmp_path),
            "PATH": os.environ["PATH"],
        },
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"security\.(\w+)", done.stderr)) == set(re.findall(r"(?<!\.)\b(W\d+)", left)) != set()


@pytest.mark.parametrize("source", documentation.inline_python("shell"))
def test_python_for_the_shell_runs(demo, source):
    call_command("make_signing_key", stdout=io.StringIO())  # the step before it on that page

    exec(source, {})

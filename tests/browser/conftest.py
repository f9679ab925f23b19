"""An installation in a process of its own, mostly the demonstration, and Chromium in front of it.

Every page is watched: a script error, a failed request, a request to another host or a violated content policy fails
the test that caused it.
"""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium, mails

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "festival" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Of what is in order nothing is told, and nothing is asked from the site a second time.
AXE_RUN = """(only) => axe.run(document, {
  runOnly: only, resultTypes: ["violations"], selectors: false, elementRef: false, preload: false,
})"""
PASSWORD = "fanions-de-mai"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


class Site:
    """An installation in a folder of its own; `manage` works from the start, `serving` puts it on the air."""

    also = "data:"  # where its pages may lead besides, such as a payment service

    def __init__(self, folder, **settings):
        port = _free_port()
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "festival.project.settings",
            "DEMO": "",
            "DEBUG": "",
            "BASE_URL": self.url,
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "MEDIA_ROOT": str(folder / "media"),
            "VAR_DIR": str(folder),
            **settings,
        }
        self._command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        self._command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-access-log"]

    def manage(self, *arguments, check=True):
        """Run a management command on the installation's database and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True)
        if check and done.returncode:
            raise AssertionError(f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def mails(self):
        """Send what waits in the outbox and return the written mails, oldest first."""
        self.manage("work", "--batch")
        return mails.read(self.folder / "mail")

    @contextmanager
    def serving(self):
        """Serve it by granian within the block; after it, its books must be sound."""
        collect_static_files(self)
        command = [*self._command, "festival.project.wsgi:application"]
        with (self.folder / "server.log").open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            try:
                _wait_until_ready(self.url, server, self.folder / "server.log")
                yield self
                assert self.manage("fsck").stdout.strip() != "", "fsck must say that the books are sound"
            finally:
                server.terminate()
                server.wait(10)


def collect_static_files(site):
    """Compressing them takes twenty seconds of a core, so the sites of a run share those of the first one."""
    shared = Path(os.environ["SHARED_BY_BROWSER_TESTS"])
    with (shared / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "static").exists():
            site.manage("collectstatic", "--noinput", "--verbosity", "0")
            shutil.move(site.folder / "static", shared / "static")
    (site.folder / "static").symlink_to(shared / "static")


@pytest.fixture(scope="session", autouse=True)
def shared_by_processes(request, tmp_path_factory):
    """Name the folder that the processes of a run have together."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHARED_BY_BROWSER_TESTS", str(shared))
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory, demo_template, shared_by_processes):
    """The demo week in a database of its own, served by granian."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(demo_template, folder / "site.sqlite3")
    shutil.copytree(demo_template.parent / "demo" / "media", folder / "media", dirs_exist_ok=True)
    with Site(folder, DEMO="1", FESTIVAL_CLOCK="start:2027-05-02T11:30").serving() as running:
        yield running


@pytest.fixture(autouse=True)
def first_tries(site):
    """All tests come from one network, whose tries to sign in are counted; each test begins with none."""
    with closing(sqlite3.connect(site.folder / "site.sqlite3", timeout=30)) as database, database:
        database.execute("DELETE FROM festival_ratecount")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(url, server, log):
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=1)
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the site did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(django_db_setup):  # first: Django's database must not be touched once Playwright's loop runs
    """One Chromium for the whole run. Missing, it fails on CI and elsewhere says what to install."""
    try:
        path = chromium.find_without_windows()
    except chromium.NoChromium as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a watched page; options are Playwright's, such as `color_scheme` or `locale`."""
    with watching(browser, site) as opened:
        yield opened


@contextmanager
def watching(browser, site):
    """Return a function that opens pages of `site`; what they complain of fails at the end of the block."""
    contexts, complaints = [], []

    def opened(**options):
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR", "base_url": site.url} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("request", lambda request: _stay_home(request, (site.url, site.also), complaints))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(message, complaints):
    # Chromium reports refused inline code and styles, and addresses that answer with an error, on the console.
    if message.type == "error" and "the server responded with a status of 4" not in message.text:
        complaints.append(f"console: {message.text}")


def _stay_home(request, homes, complaints):
    if not request.url.startswith((*homes, "data:", "blob:")):
        complaints.append(f"request to another host: {request.url}")


@pytest.fixture
def page(open_page):
    """A page of a wide French light browser."""
    return open_page()


@pytest.fixture
def phone(open_page):
    """A page of a small French light phone."""
    return open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(site):
    """Return a function that signs a page in as one of the demonstration's accounts."""

    def signed_in(page, email):
        page.goto("/fr/compte/login/")
        page.get_by_label("Courriel").fill(email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Me connecter", exact=True).click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return signed_in


@pytest.fixture
def axe():
    """Return a function that lists the accessibility faults of a page, one line each; of one rule, if one is named."""
    source = AXE.read_text()
    everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def faults(page, *rules):
        page.emulate_media(reduced_motion="reduce")  # a colour that is on its way to another is no fault
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(source)
        result = page.evaluate(AXE_RUN, list(rules) or everything)
        return [
            f"{violation['id']}: {node['html'][:160]} ({node.get('failureSummary', '').splitlines()[-1].strip()})"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return faults

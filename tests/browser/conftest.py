"""An installation in a process of its own, mostly the demonstration, and Chromium in front of it.

Every page is watched: a script error, a failed request, a request to another host or a violated content policy fails
the test that caused it.
"""

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.commands import ROOT
from tests.browser.installation import Site

AXE = ROOT / "festival" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Of what is in order nothing is told, and nothing is asked from the site a second time.
AXE_RUN = """(only) => axe.run(document, {
  runOnly: only, resultTypes: ["violations"], selectors: false, elementRef: false, preload: false,
})"""
PASSWORD = "fanions-de-mai"
# What comes, comes at once on a quiet machine; what does not come, fails later. A busy machine needs the difference.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


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
def first_tries(request):
    """All tests come from one network, whose tries to sign in are counted; each test begins with none."""
    if "site" not in request.fixturenames:
        return
    site = request.getfixturevalue("site")
    with closing(sqlite3.connect(site.folder / "site.sqlite3", timeout=30)) as database, database:
        database.execute("DELETE FROM festival_ratecount")


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
        context.set_default_timeout(2 * PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("request", lambda request: _stay_home(request, (site.url, site.also), complaints))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@contextmanager
def next_page(page):
    """Wait, at the end of the block, for the page that the block asks for: neither a click nor a key waits for it.

    Without this, what follows may read the page before, or a page that is being replaced.
    """
    with page.expect_event("domcontentloaded"):
        yield


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


@pytest.fixture(scope="session")
def sessions():
    """Cookies of those who have signed in: address -> cookies."""
    return {}


@pytest.fixture
def sign_in(site, sessions):
    """Return a function that signs a page in as one of the demonstration's accounts.

    The form is filled in once for each account; `anew` fills it in again, for whoever ends the session.
    """

    def signed_in(page, email, *, anew=False):
        if email in sessions and not anew:
            page.context.add_cookies(sessions[email])
            return page
        page.goto("/fr/compte/login/")
        page.get_by_label("Courriel").fill(email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Me connecter", exact=True).click()
        page.wait_for_url(lambda url: "/login" not in url)
        if not anew:
            sessions[email] = [each for each in page.context.cookies() if each["name"] == "sessionid"]
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

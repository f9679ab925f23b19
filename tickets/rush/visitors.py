"""One visitor of a rush: an ordinary browser without JavaScript that reads the pages and sends their forms."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address
from random import Random
from urllib.parse import urlencode, urlsplit

from tickets.rush.pages import PageForm, forms_of
from tickets.rush.rules import ACCEPTED, LOOKED, SOLD_OUT, Answer, Arrival, Errand, Outcome

REDIRECTS = frozenset({301, 302, 303})
UNANSWERED_AFTER = 120  # seconds: longer than people wait, so that a slow machine is told by its figures
_FIRST_ADDRESS = IPv4Address("198.18.0.0")  # of the networks that are kept for measuring (RFC 2544)
_ADDRESSES = 2**17


class _Astray(Exception):
    """The visit ends here, with this result."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a shop is reached: host, port, whether by TLS, and the path of its ticket office."""

    host: str
    port: int
    is_secure: bool
    office: str

    @classmethod
    def at(cls, url: str, office: str) -> "Target":
        """Return the target at a base address such as http://127.0.0.1:8000."""
        parts = urlsplit(url)
        is_secure = parts.scheme == "https"
        return cls(parts.hostname or "", parts.port or (443 if is_secure else 80), is_secure, office)

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection, not opened yet."""
        kind = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        return kind(self.host, self.port, timeout=UNANSWERED_AFTER)


class Browser:
    """Keeps a connection and cookies, follows redirects, times each answer."""

    def __init__(self, target: Target, number: int) -> None:
        self.connection = target.connect()
        self.answers: list[Answer] = []
        self.path = ""
        self._origin = f"{'https' if target.is_secure else 'http'}://{target.host}:{target.port}"
        self._cookies: dict[str, str] = {}
        self._address = str(_FIRST_ADDRESS + number % _ADDRESSES)

    def get(self, path: str) -> str:
        """Return the page at `path`, after redirects."""
        return self._ask("GET", path, None)

    def post(self, form: PageForm) -> str:
        """Send a form and return the page that follows."""
        return self._ask("POST", form.action or self.path, urlencode(form.pairs()))

    @property
    def status(self) -> int:
        """The last answer's."""
        return self.answers[-1].status

    def _ask(self, method: str, path: str, body: str | None) -> str:
        self.path = path
        headers = {"X-Forwarded-For": self._address, "Origin": self._origin, "Accept-Language": "fr"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        page = response.read().decode(errors="replace")
        self.answers.append(Answer(response.status, time.perf_counter() - began))
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if response.status in REDIRECTS:
            parts = urlsplit(response.headers["Location"])
            return self.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        return page


def visit(target: Target, arrival: Arrival, *, chance: Random, due: float) -> Outcome:
    """Come, do the errand, and return what became of it; `due` is when it was to begin, by `time.perf_counter`."""
    browser = Browser(target, arrival.number)
    code = ""
    try:
        result, code = ERRANDS[arrival.errand](browser, target, arrival.number, chance)
    except _Astray as end:
        result = str(end)
    except (OSError, http.client.HTTPException) as error:
        result = f"no answer: {type(error).__name__}"
    finally:
        browser.connection.close()
    return Outcome(arrival.errand, result, time.perf_counter() - due, tuple(browser.answers), code)


def _look(browser: Browser, target: Target, _number: int, _chance: Random) -> tuple[str, str]:
    _good(browser, browser.get(target.office))
    return LOOKED, ""


def _register(browser: Browser, target: Target, number: int, chance: Random) -> tuple[str, str]:
    forms = [form for form in forms_of(_good(browser, browser.get(target.office))) if "product" in form.values]
    forms = [form for form in forms if form.choices.get("day", [""])]
    if not forms:
        return SOLD_OUT, ""
    form = chance.choice(forms)
    form.fill(name=_name(number), email=_mail(number))
    if "day" in form.choices:
        form.fill(day=chance.choice(form.choices["day"]))
    return _ordered(browser, browser.post(form))


def _buy(browser: Browser, target: Target, number: int, chance: Random) -> tuple[str, str]:
    page = _good(browser, browser.get(target.office))
    form = next((form for form in forms_of(page) if "product" not in form.values and "code" in form.values), None)
    if form is None:
        return SOLD_OUT, ""
    count = chance.choice([name for name, values in form.choices.items() if "1" in values and "0" in values])
    form.fill(**{count: "1"})
    if days := form.choices.get(f"{count.rpartition('-')[0]}-days"):
        form.fill(**{f"{count.rpartition('-')[0]}-days": chance.choice(days)})
    if f"{count}-amount" in form.values:
        form.fill(**{f"{count}-amount": "100"})
    details = _step(browser, browser.post(form), "email")
    details.fill(name=_name(number), email=_mail(number))
    pay = _step(browser, browser.post(details), "total")
    pay.fill(way="transfer", terms=pay.choices["terms"][0])
    return _ordered(browser, browser.post(pay))


ERRANDS: dict[Errand, Callable[[Browser, Target, int, Random], tuple[str, str]]] = {
    Errand.LOOK: _look,
    Errand.FREE: _register,
    Errand.PAID: _buy,
}


def _good(browser: Browser, page: str) -> str:
    if browser.status != http.HTTPStatus.OK:
        raise _Astray(_said(browser))
    return page


def _step(browser: Browser, page: str, field: str) -> PageForm:
    """Return the form of the next step, which has this field."""
    found = next((form for form in forms_of(_good(browser, page)) if field in form.values), None)
    if found is None:
        raise _Astray(f"no form where one should be: {browser.path.rstrip('/').rpartition('/')[2]}")
    return found


def _ordered(browser: Browser, page: str) -> tuple[str, str]:
    """Return whether the last page is an order's; its address ends with code and secret."""
    _good(browser, page)
    parts = browser.path.strip("/").split("/")
    if len(parts) != 4:
        raise _Astray("no order where one should be")
    return ACCEPTED, parts[2]


def _said(browser: Browser) -> str:
    if browser.status == http.HTTPStatus.CONFLICT:
        return SOLD_OUT
    phrase = http.client.responses.get(browser.status, "")
    return f"HTTP {browser.status} {phrase}".strip()


def _name(number: int) -> str:
    return f"Visiteuse Numéro {number}"


def _mail(number: int) -> str:
    return f"visitor{number}@example.org"

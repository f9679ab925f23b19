"""The door in a real browser: a camera that films a real ticket, the decoder under the real content policy."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import camera, chromium
from tests.browser.door_tickets import TICKETS

DOOR_TEAM = "accueil@demo.example.org"
PORTAL = {"status": 200, "content_type": "text/html", "body": "<h1>Wi-Fi</h1>"}


@pytest.fixture(scope="module")
def tickets(site):
    """Tickets bought for these tests: name -> token and short code."""
    printed = site.manage("shell", "-v", "0", "-c", TICKETS).stdout
    return json.loads(printed.partition("TICKETS ")[2])


@pytest.fixture
def door(open_page, sign_in):
    """Return a function that opens the scanner on a phone that is set up."""

    def opened(page=None, **options):
        page = page or open_page(**({"viewport": {"width": 390, "height": 844}} | options))
        sign_in(page, DOOR_TEAM, anew=True)  # a session is a phone
        page.goto("/scan/")
        page.locator("input[name=gate]").first.check()
        page.get_by_label("Nom de ce téléphone").fill("Téléphone d’essai")
        page.get_by_role("button", name="Ouvrir le scanner").click()
        page.wait_for_url("**/scan/door/")
        return page

    return opened


@pytest.fixture
def offline_page(browser, site):
    """A page whose failed requests are meant; everything else in here is watched by `open_page`."""
    context = browser.new_context(base_url=site.url, locale="fr-FR", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


# A plain yes is shown for a second, so one look, at every picture that is drawn, takes tone and text together.
SHOWN = """(tone) => {
  const screen = document.querySelector("#verdict");
  return screen?.dataset.tone === tone && screen.checkVisibility() && screen.innerText;
}"""


def _verdict(page, tone):
    """Wait for a screen of this tone and return its text."""
    return page.wait_for_function(SHOWN, arg=tone).json_value()


def _page_of_verdict(page, tone):
    """Do the same where scripts do not run: the screen is a page of its own, and stays."""
    screen = page.locator(f"#verdict[data-tone={tone}]")
    expect(screen).to_be_visible()
    return screen.inner_text()


def _type(page, code):
    page.get_by_label("Code sous le carré").fill(code)
    page.get_by_role("button", name="Vérifier").click()


def test_the_camera_admits_a_ticket_once_and_then_says_when(browser, site, door, tickets, tmp_path):
    film = camera.film(tmp_path / "ticket.y4m", [(None, 0.5), (tickets["filmed"]["token"], 1.5), (None, 4.5)])
    filming = browser.browser_type.launch(executable_path=chromium.find(), args=camera.chromium_arguments(film))
    context = filming.new_context(
        base_url=site.url, locale="fr-FR", permissions=["camera"], viewport={"width": 390, "height": 844}
    )
    complaints, policies = [], []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda response: policies.append(response) if "scan-worker" in response.url else None)
    try:
        door(page)
        page.get_by_role("button", name="Scanner").click()

        first = _verdict(page, "yes")
        expect(page.locator("#verdict")).to_be_hidden()  # a plain yes goes by itself
        second = _verdict(page, "again")

        assert "Bienvenue" in first
        assert "Ines Camera" in first
        assert "Déjà scanné" in second
        assert "sur ce téléphone" in second
        assert page.locator("[data-part=admitted]").text_content() != "0"
        assert "'wasm-unsafe-eval'" in policies[0].headers["content-security-policy"]
        assert complaints == []
    finally:
        filming.close()


def test_codes_are_typed_without_script(door, tickets):
    page = door(java_script_enabled=False)

    _type(page, tickets["typed"]["short"].lower())
    assert "Théo Clavier" in _page_of_verdict(page, "yes")
    page.reload()
    assert "Théo Clavier" in _page_of_verdict(page, "yes")  # the same scan, not a second one
    page.get_by_role("link", name="Personne suivante").click()
    _type(page, tickets["typed"]["short"])
    assert "Déjà scanné" in _page_of_verdict(page, "again")


def test_trouble_stays_until_somebody_goes_on(door, tickets):
    page = door()

    _type(page, tickets["monday"]["short"])
    assert "lundi 3" in _verdict(page, "no").replace("\xa0", " ")
    page.wait_for_timeout(1_600)
    expect(page.locator("#verdict")).to_be_visible()
    expect(page.get_by_role("link", name="Personne suivante")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_hidden()

    _type(page, "nothing of ours")
    assert "Inconnu" in _verdict(page, "question")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Code sous le carré")).to_have_value("nothing of ours")


def test_a_hand_held_reader_types_by_physical_keys(door, tickets):
    page = door()

    # A reader with a US keyboard on a French phone: the letters are wrong, the keys are right.
    page.evaluate(
        """(code) => { for (const sign of code + "\\n") document.body.dispatchEvent(new KeyboardEvent("keydown", {
            bubbles: true, cancelable: true, key: "µ",
            code: sign === "\\n" ? "Enter" : /[0-9]/.test(sign) ? "Digit" + sign : "Key" + sign })); }""",
        tickets["reader"]["token"],
    )

    assert "Zoé Douchette" in _verdict(page, "yes")


def test_without_network_nothing_is_lost_and_nothing_counts_twice(offline_page, door, tickets):
    page = door(offline_page)
    page.context.route("**/scan/api/redeem/", lambda route: route.abort())

    _type(page, tickets["offline"]["short"])
    assert "Pas de réseau" in _verdict(page, "offline")
    page.get_by_role("button", name="Essayer maintenant").click()
    assert "le contrôle est gardé" in _verdict(page, "offline")

    page.context.unroute("**/scan/api/redeem/")  # no event tells the page; it asks again by itself
    expect(page.locator("#verdict")).to_have_attribute("data-tone", "yes")


def test_a_reply_that_was_lost_is_not_a_second_scan(offline_page, door, tickets):
    """The worst case: the server has counted the person, the phone has not heard of it."""
    page = door(offline_page)
    seen = []

    def lose_the_first_reply(route):
        if not seen:
            seen.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.context.route("**/scan/api/redeem/", lose_the_first_reply)
    _type(page, tickets["lost"]["short"])

    expect(page.locator("#verdict")).to_have_attribute("data-tone", "yes")
    assert "Sam Réponse" in page.locator("#verdict").inner_text()


def test_a_server_that_is_slow_then_strange_then_back_loses_nobody(offline_page, door, tickets):
    page = door(offline_page)
    held = []
    answers = {
        "silent": held.append,
        "strange": lambda route: route.fulfill(**PORTAL),
        "back": lambda route: route.continue_(),
    }
    server = ["silent"]  # it takes the scan and says nothing
    page.context.route("**/scan/api/redeem/", lambda route: answers[server[0]](route))

    _type(page, tickets["silent"]["short"])
    expect(page.locator("#verdict")).to_have_attribute("data-tone", "wait")
    assert "Vérification" in page.locator("#verdict-word").inner_text()
    page.get_by_role("link", name="Personne suivante").click()
    expect(page.get_by_text("En attente du serveur : 1")).to_be_visible()

    server[0] = "strange"
    _type(page, tickets["portal"]["short"])
    assert "Pas de réponse" in _verdict(page, "offline")
    page.reload()
    expect(page.get_by_text("En attente du serveur : 2")).to_be_visible()

    server[0] = "back"
    for name in ("Ada Silence", "Zoé Portail"):
        expect(page.locator("[data-part=late]")).to_contain_text(name, timeout=60_000)
    expect(page.get_by_text("En attente du serveur")).to_be_hidden()
    _type(page, tickets["silent"]["short"])
    assert "Déjà scanné" in _verdict(page, "again")


def test_a_scan_that_waits_goes_to_its_own_list_after_the_phone_was_moved_and_signed_in_anew(
    offline_page, door, tickets
):
    page = door(offline_page)
    first = page.locator("[data-behavior=door]").get_attribute("data-list")
    page.context.route("**/scan/api/redeem/", lambda route: route.abort())
    _type(page, tickets["moved"]["short"])
    assert "Pas de réseau" in _verdict(page, "offline")

    page.goto("/scan/")
    page.locator(f"input[name=checkin_list]:not([value='{first}'])").first.evaluate(
        "radio => { radio.checked = true; }"
    )
    page.get_by_role("button", name="Ouvrir le scanner").click()
    page.wait_for_url("**/scan/door/")
    assert page.locator("[data-behavior=door]").get_attribute("data-list") != first
    url = page.url
    page.context.add_cookies([{"name": "csrftoken", "value": "B" * 32, "url": url}])  # as a sign-in in another tab does
    page.context.unroute("**/scan/api/redeem/")

    expect(page.locator("[data-part=late]")).to_contain_text("Eva Ailleurs · Bienvenue")
    expect(page.locator("[data-part=waiting]")).to_be_hidden()


def test_a_scan_is_taken_back_and_the_counter_goes_back(door, tickets):
    page = door()
    before = page.locator("[data-part=admitted]").text_content()
    _type(page, tickets["undone"]["short"])
    _verdict(page, "yes")
    expect(page.locator("#verdict")).to_be_hidden()
    expect(page.locator("[data-part=admitted]")).not_to_have_text(before)

    page.get_by_role("button", name="Annuler").click()

    expect(page.get_by_text("Contrôle annulé.")).to_be_visible()
    expect(page.locator("[data-part=admitted]")).to_have_text(before)
    _type(page, tickets["undone"]["short"])
    assert "Bienvenue" in _verdict(page, "yes")


def test_a_dead_battery_is_found_by_name(door, tickets, axe):
    page = door()

    page.get_by_role("link", name="Chercher par nom").click()
    page.get_by_label("Nom, adresse de courriel").fill("batterie elea")
    page.keyboard.press("Enter")
    found = page.get_by_role("button", name="Éléa Batterie")
    expect(found).to_be_visible()
    assert axe(page) == []
    assert tickets["found"]["short"] not in page.content()
    found.click()

    assert "Éléa Batterie" in _verdict(page, "yes")


def test_a_camera_that_is_not_allowed_says_how_to_allow_it(browser, site, door):
    strict = browser.browser_type.launch(
        executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream"]
    )
    try:
        page = strict.new_context(base_url=site.url, locale="fr-FR", viewport={"width": 390, "height": 844}).new_page()
        door(page)
        page.get_by_role("button", name="Scanner").click()

        expect(page.get_by_role("heading", name="La caméra n’est pas autorisée")).to_be_visible()
        expect(page.get_by_role("button", name="Scanner")).to_be_visible()
    finally:
        strict.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits_a_small_phone(door, tickets, axe, scheme):
    page = door(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 640})
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

    assert axe(page) == []
    assert page.evaluate(overflow) == 0
    for code in (tickets["shown"]["short"], tickets["monday"]["short"], "nothing of ours"):
        _type(page, code)
        expect(page.locator("#verdict")).to_be_visible()
        size = page.locator("#verdict-word").evaluate("word => parseFloat(getComputedStyle(word).fontSize)")
        assert size >= 48
        assert axe(page) == []
        assert page.evaluate(overflow) == 0
        page.keyboard.press("Escape")
    page.goto("/scan/")
    assert axe(page) == []
    assert page.evaluate(overflow) == 0

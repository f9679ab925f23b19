"""From the call to the receipt on a phone, the network lost on the way; a stale tab loses nothing either."""

import re
import time
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser import mails
from tests.browser.conftest import next_page

CALL = "/fr/prix/appel/"
SAVED = re.compile("Enregistré à")
NO_NETWORK = re.compile("Pas de réseau")
FILE_QUESTION = """
from awards.models import Call, Question
call = Call.objects.current()
Question.objects.update_or_create(call=call, slug="plan-by-browser", version=1, defaults={
    "kind": "file", "label": {"fr": "Le plan", "en": "The plan"}, "sort_order": 900, "is_current": %s})
from festival.core.writing import writing
with writing(public=True):
    call.save()
"""


@pytest.fixture
def asks_for_a_plan(site):
    """The form of the call takes a file while the test runs."""
    site.manage("shell", "-c", FILE_QUESTION % True)
    yield
    site.manage("shell", "-c", FILE_QUESTION % False)


@pytest.fixture
def unwatched_phone(browser, site):
    """A phone whose lost network is no complaint."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="fr-FR", base_url=site.url, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def newest(site, address):
    """Return the newest mail to an address, once there is one."""
    for _ in range(60):
        ours = [mail for mail in site.mails() if address in str(mail["To"])]
        if ours:
            return ours[-1]
        time.sleep(0.5)
    raise AssertionError(f"no mail to {address}")


def prove(page, site, address):
    """Type the address, then the code from the mail."""
    page.locator("#id_email").fill(address)
    with next_page(page):
        page.get_by_role("button", name="Recevoir un code").click()
    words = newest(site, address).get_body(("plain",)).get_content()
    page.locator("#id_code").fill(re.search(r"^\s*([A-Z0-9-]{6,})\s*$", words, re.MULTILINE)[1])
    with next_page(page):
        page.get_by_role("button", name="Continuer").click()


def begin(page, site, address, title):
    """Go from the call to a form that is empty but for its title."""
    page.goto(f"/demo/clock/calls-open/?next={CALL}")
    with next_page(page):
        page.get_by_role("link", name="Candidater", exact=True).click()
    prove(page, site, address)
    page.locator("#id_title").fill(title)
    page.locator("[name=category]").first.check()
    with next_page(page):
        page.get_by_role("button", name="Commencer").click()
    expect(page.locator("form.apply")).to_be_visible()


def plan():
    """A PDF of one page."""
    document, file = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(file)
    return {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": file.getvalue()}


def test_an_applicant_goes_from_the_call_to_the_receipt_on_a_phone(unwatched_phone, site, axe, asks_for_a_plan):
    phone = unwatched_phone
    phone.goto(f"/demo/clock/calls-open/?next={CALL}")
    expect(phone.locator("[data-until]")).to_contain_text("à l’heure du festival")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(phone) == []
    begin(phone, site, "ada@example.org", "Le four du quai")
    assert axe(phone) == []
    status, pitch = phone.locator("[data-saved]"), phone.locator("#id_pitch")
    pitch.fill("Du pain")
    expect(status).to_have_text(SAVED)
    phone.context.set_offline(True)
    pitch.press_sequentially(" pour tout le quai, sans réseau")
    expect(status).to_have_text(NO_NETWORK)
    phone.context.set_offline(False)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(status).to_have_text(SAVED)
    phone.locator("[name=file-plan-by-browser]").set_input_files(plan())
    expect(phone.locator(".apply-file")).to_contain_text("plan.pdf")
    phone.reload()
    expect(pitch).to_have_value("Du pain pour tout le quai, sans réseau")
    with next_page(phone):
        phone.get_by_role("link", name="Qui écrit avec vous").click()
    assert axe(phone) == []
    phone.locator("#id_email").fill("bo@example.org")
    with next_page(phone):
        phone.get_by_role("button", name="Inviter").click()
    expect(phone.locator("main")).to_contain_text("bo@example.org")
    assert "Les Prix" in newest(site, "bo@example.org").get_body(("plain",)).get_content()
    phone.go_back()
    phone.go_back()
    send(phone, axe)
    receipt = newest(site, "ada@example.org")
    assert "Le four du quai" in receipt["Subject"]
    assert mails.attached(receipt, "application/pdf").startswith(b"%PDF-")


def send(page, axe):
    """Fill in what is needed, once it was said what is missing, and send it in."""
    button = page.get_by_role("button", name="Envoyer la candidature")
    with next_page(page):
        button.click()
    expect(page.locator(".error-summary")).to_contain_text("Cette réponse est nécessaire.")
    assert axe(page) == []
    page.locator("#id_holder").fill("Paliers")
    page.locator("#id_city").fill("Brest")
    page.locator("#id_country").select_option("FR")
    page.locator("[id='id_q-usage']").fill("Un four de plus.")
    page.locator("[name=accepts]").check()
    with next_page(page):
        button.click()
    expect(page.locator("h1")).to_have_text("Le four du quai")
    expect(page.locator(".lead")).to_contain_text("Envoyé")
    expect(page.locator("main")).to_contain_text("Du pain pour tout le quai, sans réseau")
    assert axe(page) == []


def test_a_stale_tab_shows_both_versions_and_loses_neither(page, site, axe):
    begin(page, site, "zoe@example.org", "L’atelier")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#id_pitch").fill("Écrit dans l’autre fenêtre.")
    expect(other.locator("[data-saved]")).to_have_text(SAVED)
    page.locator("#id_pitch").fill("Écrit dans la première.")
    expect(page.locator("[data-versions]")).to_be_visible()
    expect(page.locator("[data-theirs]")).to_contain_text("Écrit dans l’autre fenêtre.")
    expect(page.locator("#id_pitch")).to_have_value("Écrit dans la première.")
    assert axe(page) == []
    page.locator("[data-take=mine]").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator("#id_pitch")).to_have_value("Écrit dans la première.")


def test_whoever_is_signed_out_while_typing_finds_every_word_again(page, site):
    begin(page, site, "mia@example.org", "Le jardin")
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_pitch").fill("Jamais perdu.")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    with next_page(page):
        page.locator("[data-sign-in] a").click()
    prove(page, site, "mia@example.org")
    expect(page.locator("#id_pitch")).to_have_value("Jamais perdu.")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)

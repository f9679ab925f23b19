"""A voter from a finalist's page to a ballot that counts: by ticket, by mail, without scripts; axe on each page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import next_page

FINALIST = "/fr/prix/projets/caution-commune/"
VOTE = re.compile("/fr/prix/vote/")
LINK = re.compile(r"https?://[^/\s]+(/fr/prix/vote/\S+/)")


@pytest.fixture
def at_vote():
    """Return a function that brings a page to the days of the vote."""

    def moved(page, path=FINALIST):
        page.goto(f"/demo/clock/village/?next={path}")
        return page

    return moved


def grade(page, slug, word):
    page.locator(f"fieldset#{slug} label", has_text=re.compile(f"^{word}$")).click()


def graded(page, slug):
    return page.locator(f"fieldset#{slug} label:has(:checked)")


def code_of_a_ticket(site):
    """Return a code that the demonstration prints, for whoever tries it."""
    shown = site.manage(
        "shell", "-v", "0", "-c",
        "from tickets.models import Ticket;"
        "print(Ticket.objects.filter(state='valid', order__state='paid', line__order__state='paid').first())",
    )  # fmt: skip
    return shown.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_ticket_votes_on_a_phone_and_changes_its_ballot(open_page, at_vote, site, axe, scripts):
    size = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = at_vote(open_page(java_script_enabled=scripts, **size))
    with next_page(page):
        page.get_by_role("link", name="Voter pour le prix du public").click()
    expect(page).to_have_url(VOTE)
    expect(graded(page, "caution-commune")).to_have_text("Sans avis")
    grade(page, "caution-commune", "Excellent")
    page.get_by_label("Code de votre billet").fill("7K3F-9Q2M")
    with next_page(page):
        page.get_by_role("button", name="Voter avec mon billet").click()
    expect(page.get_by_text("Aucun billet valable")).to_be_visible()
    expect(graded(page, "caution-commune")).to_have_text("Excellent")
    page.get_by_label("Code de votre billet").fill(code_of_a_ticket(site))
    with next_page(page):
        page.get_by_label("Code de votre billet").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bulletin est dans l’urne")
    grade(page, "caution-commune", "Passable")
    with next_page(page):
        page.get_by_role("button", name="Modifier mon bulletin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bulletin est dans l’urne")
    expect(graded(page, "caution-commune")).to_have_text("Passable")
    if scripts:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_mail_votes_by_its_link_and_shows_the_ballot_until_the_end(page, at_vote, site, axe):
    at_vote(page, "/fr/prix/vote/")
    assert axe(page) == []
    grade(page, "caution-commune", "Très bien")
    page.get_by_label("Adresse de courriel").fill("ida.vote@example.org")
    with next_page(page):
        page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("status")).to_contain_text("Presque fini")
    mail = next(one for one in site.mails() if one["To"] == "ida.vote@example.org")
    link = LINK.search(mail.get_body(("plain",)).get_content())[1]
    page.goto(link)
    assert axe(page) == []
    with next_page(page):
        page.get_by_role("button", name="Oui").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bulletin est dans l’urne")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon bulletin")
    expect(graded(page, "caution-commune")).to_have_text("Très bien")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_result_is_read_by_all(open_page, axe, scheme):
    page = open_page(color_scheme=scheme)
    page.goto("/demo/clock/archive/?next=/fr/prix/vote/")
    expect(page.locator(".merits > li")).to_have_count(12)
    page.locator("details.rules-box summary").click()
    expect(page.get_by_role("table")).to_be_visible()
    assert axe(page) == []

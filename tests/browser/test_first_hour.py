"""An organiser's first hour in small: from an empty database to a page, a programme, a registration and a scan.

Nothing is prepared but what the installation page says: `migrate`, `set_up_roles`, one administrator. The rest is
clicked and typed, in other languages, another zone and other years than the demonstration's.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import mails
from tests.browser.conftest import next_page, watching
from tests.browser.installation import Site

ORGANISER, DOOR_PERSON, VISITOR = "ana@harbour.example.org", "rui@harbour.example.org", "ines@visitor.example.org"
PASSWORD = "tide-and-lantern-29"
FRIDAY, SUNDAY = "2029-09-14", "2029-09-16"
# What the installation page says, in one process: each start of one costs seconds.
PREPARE = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("set_up_roles", verbosity=0)
call_command("createsuperuser", interactive=False, email={ORGANISER!r})
"""


@pytest.fixture
def empty_site(tmp_path):
    """An installation without a row of its organiser's, served."""
    site = Site(
        tmp_path,
        LANGUAGES="en,fr",
        TIME_ZONE="Europe/Lisbon",
        FESTIVAL_CLOCK=f"start:{FRIDAY}T10:00",
        SECOND_FACTOR_REQUIRED="0",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    site.manage("shell", "--verbosity", "0", "--command", PREPARE)
    with site.serving():
        yield site


def test_the_first_hour(browser, empty_site):
    with watching(browser, empty_site) as opened:
        office, visitor, phone = (opened(locale="en-GB") for _ in range(3))

        _sign_in(office, empty_site, "/cms/", ORGANISER)
        _make_the_edition(office)
        _make_pages(office)
        _make_the_programme(office)
        _release(office)
        _make_tickets(office)
        _make_the_door(office)

        _read_the_site(visitor)
        short_code = _register(visitor)
        mail = next(mail for mail in empty_site.mails() if VISITOR in mail["To"])
        assert short_code in mail.get_body(("plain",)).get_content()

        _sign_in(phone, empty_site, "/scan/", DOOR_PERSON)
        _let_in(phone, short_code, mail)


def _sign_in(page, site, area, address):
    """Sign in as a new account does: its address is confirmed by a code that is mailed."""
    page.goto(area)
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/confirm-email/")
    mail = next(mail for mail in reversed(site.mails()) if address in mail["To"])
    page.get_by_label("Code").fill(re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.get_content(), re.MULTILINE).group())
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"**{area}")


def _fill(page, **values):
    for name, value in values.items():
        page.locator(f"[name='{name}']").fill(value)


def _name(page, slug, **names):
    """Type a name; the short name comes from it."""
    _fill(page, **names)
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).to_have_value(slug)


def _choose(page, **values):
    for name, value in values.items():
        page.locator(f"[name='{name}']").select_option(label=value)


def _tick(page, *labels):
    for label in labels:
        page.get_by_role("checkbox", name=label, exact=True).check()


def _tab(page, name):
    tab = page.get_by_role("tab", name=name, exact=True).first
    # Before the admin's scripts have started, a tab does nothing; they begin by selecting one. By key, because what
    # moves on a slow machine while the mouse is down takes the click away.
    expect(page.locator("[role=tab][aria-selected=true]").first).to_be_attached()
    tab.press("Enter")
    expect(tab).to_have_attribute("aria-selected", "true")


def _new(page, menu, screen, add):
    """Click through the menu to the form of a new row."""
    page.goto("/cms/")
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("link", name=screen, exact=True).click()
    page.get_by_role("link", name=add, exact=True).first.click()
    page.wait_for_url(re.compile("/(new|add)/$"))


def _save(page, button="Create", said="created"):
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.locator(".messages .success")).to_contain_text(said)


def _publish(page):
    page.get_by_role("button", name="More actions").click()
    _save(page, "Publish", "created and published")


def _make_the_edition(page):
    """The week, one part of it, and a day with opening hours, which the form shows again."""
    _new(page, "Edition", "Editions", "Add edition")
    _fill(page, name_en="Harbour Days", theme_en="Tides", start_date=FRIDAY, end_date=SUNDAY)
    _fill(page, city="Setúbal", country="PT")
    _tab(page, "Parts")
    page.get_by_role("button", name="Add part of the week").click()
    part = {"slug": "quay", "name_en": "Quay", "start_date": FRIDAY, "end_date": SUNDAY}
    _fill(page, **{f"sections-0-{name}": value for name, value in part.items()})
    _tab(page, "Organiser")
    _fill(page, organiser_name="Associação do Porto")
    _tab(page, "Settings")
    _fill(page, number="1", slug="2029")
    page.get_by_role("checkbox", name="Shown on the site").check()
    _save(page)

    page.get_by_role("link", name="Harbour Days", exact=True).click()
    page.wait_for_url("**/edition/edit/**")
    _tab(page, "Days")
    page.get_by_role("button", name="Add day").click()
    page.get_by_role("button", name="Add opening hours").click()
    _choose(page, **{"days-0-hours-0-section": "Quay"})
    _fill(page, **{"days-0-date": FRIDAY, "days-0-hours-0-opens": "09:00", "days-0-hours-0-closes": "23:00"})
    _save(page, "Save", "updated")
    page.get_by_role("link", name="Harbour Days", exact=True).click()
    page.wait_for_url("**/edition/edit/**")
    _tab(page, "Days")
    expect(page.locator("[name='days-0-hours-0-closes']")).to_have_value("23:00")


def _make_pages(page):
    """A home page, which the site then shows by itself, and a page below it."""
    page.goto("/cms/")
    page.get_by_role("button", name="Pages", exact=True).click()
    page.get_by_role("link", name="Pages", exact=True).click()
    with next_page(page):  # with its scripts, which the menu of the button to publish needs
        page.get_by_role("link", name="Add child page").first.click()
    _fill(page, title="Welcome to the harbour", intro="Three days at the quay.")
    _publish(page)
    expect(page.get_by_text("Wagtail site!")).to_have_count(0)
    page.get_by_role("link", name=re.compile("child pages of 'Welcome to the harbour'")).click()
    page.get_by_role("link", name="Add child page").first.click()
    with next_page(page):
        page.get_by_role("link", name="Plain page", exact=False).first.click()
    _fill(page, title="Getting here", intro="The ferry lands at the quay.")
    _tab(page, "Promote")
    page.get_by_role("checkbox", name="Show in menus").check()
    _publish(page)


def _make_the_programme(page):
    """What a session needs, the session, and its time and room; short names come from the names."""
    _new(page, "Programme", "Venues", "Add venue")
    _name(page, "old-dock", name_en="Old Dock")
    _fill(page, address="Cais 1, Setúbal")
    _save(page, "Save")
    _new(page, "Programme", "Rooms", "Add room")
    _choose(page, venue="Old Dock")
    _name(page, "net-loft", name_en="Net Loft")
    _save(page, "Save")
    _new(page, "Programme", "Tracks", "Add track")
    _name(page, "sea", name_en="Sea")
    _save(page, "Save")
    _new(page, "Programme", "Formats", "Add format")
    _name(page, "talk", name_en="Talk")
    _save(page, "Save")
    _new(page, "Programme", "Sessions", "Add session")
    _name(page, "reading-the-tide-tables", title_en="Reading the tide tables")
    _choose(page, section="Quay", format="Talk", track="Sea")
    _publish(page)
    _new(page, "Programme", "Timetable", "Add occurrence")
    page.get_by_role("button", name="Choose session").click()
    page.get_by_role("link", name="Reading the tide tables").click()
    _choose(page, room="Net Loft")
    _fill(page, starts_at=f"{FRIDAY} 18:00", ends_at=f"{FRIDAY} 19:00")
    _save(page, "Save")


def _release(page):
    page.goto("/cms/")
    page.get_by_role("link", name="Releases", exact=True).click()
    expect(page.get_by_text("Nothing collides.")).to_be_visible()
    _save(page, "Release now", "Version 1 is public.")


def _make_tickets(page):
    """A free day ticket for fifty; nothing is missing for it, the key that signs it neither."""
    _new(page, "Tickets", "Products", "Add product")
    _name(page, "a-day-on-the-quay", name_en="A day on the quay")
    _tab(page, "Prices")
    _fill(page, **{"prices-0-cents": "0", "prices-0-slug": "free"})
    _tab(page, "Sale")
    _fill(page, sale_opens="2029-06-01 09:00", sale_closes=f"{SUNDAY} 20:00")
    _tab(page, "Settings")
    _choose(page, section="Quay")
    _tick(page, FRIDAY)
    page.get_by_role("radio", name="one day, chosen by the visitor").check()
    _fill(page, number="1")
    _save(page)
    expect(page.get_by_text("No key signs")).to_have_count(0)
    _new(page, "Tickets", "Quotas", "Add quota")
    _fill(page, name_en="Places on the quay", size="50")
    _tick(page, "A day on the quay")
    _choose(page, day=FRIDAY)
    _save(page)


def _make_the_door(page):
    """A gate, a list, and somebody to stand there."""
    _new(page, "Tickets", "Gates", "Add gate")
    _name(page, "ferry-gate", name_en="Ferry gate")
    _save(page)
    _new(page, "Tickets", "Check-in lists", "Add check-in list")
    _name(page, "friday", name_en="Friday")
    _tick(page, "A day on the quay")
    _choose(page, day=FRIDAY)
    _save(page)
    _new(page, "Settings", "Users", "Add a user")
    _fill(page, email=DOOR_PERSON, first_name="Rui", last_name="Porta", password1=PASSWORD, password2=PASSWORD)
    _tab(page, re.compile("^Roles"))
    page.get_by_role("checkbox", name="Door team").check()
    _save(page)


def _read_the_site(page):
    """What anybody finds: the home page at the site's own address, the page, the session with its time."""
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to the harbour")
    page.get_by_role("link", name="Getting here").first.click()
    expect(page.get_by_text("The ferry lands at the quay.")).to_be_visible()
    page.get_by_role("link", name="Programme", exact=True).first.click()
    expect(page.get_by_text("1 day, 1 session.")).to_be_visible()
    page.get_by_role("link", name="Reading the tide tables").click()
    expect(page.get_by_text("Net Loft").first).to_be_visible()
    expect(page.get_by_text("18:00–19:00").first).to_be_visible()


def _register(page):
    """Register in two requests, and return the short code that stands on the ticket's page."""
    asked = []
    page.on("request", lambda request: asked.append(request.method) if _registers(request) else None)
    page.goto("/en/tickets/")
    expect(page.get_by_text("50 places")).to_be_visible()
    page.get_by_label("First name and surname").fill("Inês Visitante")
    page.get_by_label("E-mail address").fill(VISITOR)
    page.get_by_role("button", name="I’m registering").click()
    page.wait_for_url("**/en/order/**")
    assert asked == ["GET", "POST", "GET"]  # the last one follows the redirect to the ticket
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.locator("main").inner_text()).group()


def _registers(request):
    """Whether a request is a page, or the form that a script sends; what it asks while one types is neither."""
    return request.resource_type == "document" or (
        request.method == "POST" and "look=" not in (request.post_data or "")
    )


def _let_in(page, short_code, mail):
    """Scan what the mail brought, then type the code under it: in, and in already."""
    page.get_by_role("radio", name="Ferry gate").check(force=True)
    page.get_by_label("Name of this phone").fill("Rui’s phone")
    page.get_by_role("button", name="To the scanner").click()
    for code, tone in ((mails.qr_text(mail), "yes"), (short_code, "again")):
        page.get_by_label("Code under the square").fill(code)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#verdict")).to_have_attribute("data-tone", tone)
        page.goto("/scan/door/")

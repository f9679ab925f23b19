import datetime as dt

import pytest
from django.http import Http404
from django.urls import resolve
from django.utils import translation

from program.published import addresses
from tests.factories.festival import EditionFactory
from tests.factories.program import OccurrenceFactory, paris, released
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
NOW = paris("2027-05-02T11:30")


@pytest.fixture
@remembered
def past():
    """2026, with a session called `atelier`; 2027 is current and has none of this name."""
    edition = EditionFactory(
        number=2026, is_current=False, start_date=dt.date(2026, 5, 1), end_date=dt.date(2026, 5, 7)
    )
    OccurrenceFactory(edition=edition, session__slug="atelier")
    EditionFactory()
    return released(edition=edition)


@pytest.mark.parametrize(
    ("name", "args", "edition", "path"),
    [
        ("program-home", [], None, "/fr/programme/"),
        ("program-home", [], 2026, "/fr/2026/programme/"),
        ("program-day", ["2026-05-02"], 2026, "/fr/2026/programme/2026-05-02/"),
        ("program-session", ["atelier"], 2026, "/fr/2026/programme/seances/atelier/"),
        ("program-schedule-version", ["1.0"], 2026, "/2026/schedule/v/1.0/schedule.json"),
    ],
)
def test_the_edition_stands_in_front_of_the_address(name, args, edition, path):
    assert addresses.programme_path(name, *args, edition=edition) == path


def test_a_page_knows_the_edition_of_its_own_address(rf):
    request = rf.get("/")
    assert addresses.edition_in_address(request) is None
    assert addresses.edition_in_address(None) is None
    request.resolver_match = resolve("/fr/2026/programme/")
    assert addresses.edition_in_address(request) == 2026
    request.resolver_match = resolve("/fr/programme/")
    assert addresses.edition_in_address(request) is None


def test_what_an_address_shows(past):
    current = OccurrenceFactory()
    made = released()

    assert addresses.release_at(None, NOW).pk == addresses.release_at(2027, NOW).pk == made.pk
    assert addresses.release_at(2026, NOW).pk == past.pk
    assert addresses.release_at(2025, NOW) is None
    assert current.session.slug in addresses.release_at(None, NOW).programme.session_by_slug


def test_an_old_address_leads_to_the_archive_with_its_query(rf, past):
    with translation.override("fr"):
        answer = addresses.to_archive(
            rf.get("/?track=soin"), "program-session", "atelier", now=NOW, has=lambda r: r.edition == 2026
        )

    assert (answer.status_code, answer.url) == (301, "/fr/2026/programme/seances/atelier/?track=soin")


def test_an_address_that_no_edition_had_is_not_found(rf, past):
    with pytest.raises(Http404):
        addresses.to_archive(rf.get("/"), "program-session", "rien", now=NOW, has=lambda _release: False)

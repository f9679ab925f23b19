"""What is in use says what uses it, also on Wagtail's own delete screens."""

import pytest
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from festival.cms.in_use import refusal, uses_of
from program.models import Occurrence, Session
from tests.factories.festival import UserFactory
from tests.factories.program import OccurrenceFactory, RoomFactory
from tests.factories.tickets import QuotaFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
@remembered
def workshop():
    """Return a placing whose places are counted."""
    occurrence = OccurrenceFactory()
    QuotaFactory(edition=occurrence.session.edition, day=None, occurrence=occurrence, size=12)
    return occurrence


def test_what_would_go_with_a_row_is_asked_too(workshop):
    assert uses_of(workshop.session) == uses_of(workshop) == ["1 jauge"]
    assert refusal(workshop.room).endswith("est utilisé et reste\N{NO-BREAK SPACE}: 1 passage.")
    assert refusal(RoomFactory(edition=workshop.session.edition)) == ""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["occurrence", "session"])
def test_a_row_of_the_programme_says_what_uses_it(editor, workshop, name, method):
    row = workshop if name == "occurrence" else workshop.session
    address = reverse(f"wagtailsnippets_program_{name}:delete", args=[row.pk])

    answer = getattr(editor, method)(address, follow=True)

    assert answer.redirect_chain == [(reverse(f"wagtailsnippets_program_{name}:list"), 302)]
    assert "est utilisé et reste" in answer.text
    assert Session.objects.filter(pk=workshop.session_id).exists()
    assert Occurrence.objects.filter(pk=workshop.pk).exists()


@pytest.mark.parametrize("typed", ["-1", "null", "home", "wagtailadmin_home", "é"])
def test_a_way_back_that_was_typed_is_an_address_and_never_the_name_of_one(editor, workshop, typed):
    address = reverse("wagtailsnippets_program_session:delete", args=[workshop.session_id])

    answer = editor.get(address, {"next": typed})

    assert (answer.status_code, answer.url) == (302, iri_to_uri(typed))


def test_of_many_rows_none_goes_when_one_is_in_use(editor, workshop):
    spare = OccurrenceFactory(session__edition=workshop.session.edition)
    home = reverse("wagtailsnippets_program_occurrence:list")
    address = f"/cms/bulk/program/occurrence/delete/?next={home}&id={workshop.pk}&id={spare.pk}"

    answer = editor.post(address, follow=True)

    assert "est utilisé et reste" in answer.text
    assert Occurrence.objects.filter(pk__in=[workshop.pk, spare.pk]).count() == 2


def test_of_many_rows_all_go_when_none_is_in_use(editor):
    rows = OccurrenceFactory.create_batch(2)
    home = reverse("wagtailsnippets_program_occurrence:list")

    editor.post(f"/cms/bulk/program/occurrence/delete/?next={home}&id={rows[0].pk}&id={rows[1].pk}")

    assert not Occurrence.objects.exists()

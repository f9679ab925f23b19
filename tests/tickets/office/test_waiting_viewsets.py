"""The waiting lists in the admin: read, never edited."""

import pytest

from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tests.remembered import remembered
from tests.tickets.workshops.sessions import place_product, session_with_places
from tickets.models import WaitingEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
@remembered
def entry(db):
    occurrence = session_with_places()
    return WaitingEntry.objects.create(
        edition=occurrence.edition,
        occurrence=occurrence,
        product=place_product(),
        secret="s" * 43,
        name="Zoé Martin",
        email="zoe@example.org",
        language="fr",
        created_at=NOW,
    )


def test_who_waits_is_listed_with_the_session(editor, entry):
    html = editor.get("/cms/waiting-list/").content.decode()

    assert "Zoé Martin" in html
    assert str(entry.occurrence.session) in html
    inspected = editor.get(f"/cms/waiting-list/inspect/{entry.pk}/").content.decode()
    assert "zoe@example.org" in inspected
    assert entry.secret not in inspected


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_edits_it(editor, entry, path):
    assert editor.get(f"/cms/waiting-list/{path.format(pk=entry.pk)}").status_code in {302, 403, 404}
    assert WaitingEntry.objects.count() == 1

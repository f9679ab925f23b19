"""What the programme's screens have in common."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from festival.models import AuditEntry
from program.office.viewsets import ProgramViewSetGroup
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.program import SessionFactory

pytestmark = pytest.mark.django_db

TABLES = [viewset.model for viewset in ProgramViewSetGroup.items]


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_chooser_adds_no_row(editor, model, method):
    """Wagtail gives it the address all the same, and fails there for want of a form."""
    EditionFactory()
    before = model.objects.count()

    path = reverse(f"wagtailsnippetchoosers_program_{model._meta.model_name}:create")
    answer = getattr(editor, method)(path, headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.status_code == 403
    assert model.objects.count() == before


@pytest.mark.parametrize(
    "address",
    [
        "?edition=juin",
        "results/?edition=juin",
        "chosen/juin/",
        "chosen-multiple/?id=juin",
        "results/?edition=" + "9" * 40,
    ],
)
@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_chooser_takes_any_address(editor, model, address):
    EditionFactory()
    path = reverse(f"wagtailsnippetchoosers_program_{model._meta.model_name}:choose")

    answer = editor.get(path + address, headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.status_code in {200, 404}


@pytest.mark.parametrize("title", ["Réparer ensemble", ""])
def test_going_back_to_a_version_is_recorded_and_may_leave_a_draft_unfinished(editor, title):
    session = SessionFactory()
    revision = session.save_revision()
    path = reverse("wagtailsnippets_program_session:revisions_revert", args=[session.pk, revision.pk])
    data = querydict_from_html(editor.get(path).text, form_id="w-editor-form")
    data["title_fr"] = title

    answer = editor.post(path, data)

    session.refresh_from_db()
    assert answer.status_code == 302
    assert session.get_latest_revision() != revision
    assert session.get_latest_revision_as_object().title.exact("fr") == title
    assert AuditEntry.objects.filter(verb="session.changed").count() == 1

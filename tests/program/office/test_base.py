"""What the programme's screens have in common."""

import pytest
from django.urls import reverse

from program.office.viewsets import ProgramViewSetGroup
from tests.factories.festival import EditionFactory, UserFactory

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

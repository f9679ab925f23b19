"""An editor signed in to Wagtail's admin."""

import pytest

from tests.factories.festival import UserFactory


@pytest.fixture
def editor_client(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client

"""A small tree of pages in two languages."""

import pytest
from wagtail.models import Locale

from tests.factories.festival import EditionFactory, HomePageFactory, UserFactory
from tests.remembered import remembered


@pytest.fixture
@remembered
def home(db):
    """The French front page, root of the site, with an edition to show."""
    EditionFactory()
    return HomePageFactory()


@pytest.fixture
@remembered
def english_home(home):
    """The English twin of the front page."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    return HomePageFactory(title="The age of the commons", locale=english, translation_key=home.translation_key)


@pytest.fixture
def editor_client(client, settings):
    """A browser in which somebody who may edit everything is signed in."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client

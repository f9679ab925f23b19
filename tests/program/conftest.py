"""The released demonstration: loaded once, then only its release is written for each test."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.forms.models import model_to_dict

from festival.importing import edition
from festival.models import Edition
from program.importing import programme
from program.models import Release
from tests.factories.festival import EditionFactory

FILE = Path(settings.BASE_DIR) / "festival" / "demo" / "festival.json"


@pytest.fixture(scope="session")
def demo_data():
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def _demo_release(django_db_setup, django_db_blocker, demo_data):
    with django_db_blocker.unblock(), transaction.atomic():
        edition.load(demo_data, lambda line: None)
        programme.load(demo_data, lambda line: None)
        release = Release.objects.get()
        fields = model_to_dict(release, exclude=["id", "edition"])
        names = {key: getattr(Edition.objects.get(), key) for key in ("name_fr", "name_en", "theme_fr", "theme_en")}
        transaction.set_rollback(True)
    return fields, names


@pytest.fixture
def demo(db, _demo_release):
    """The release of the demonstration week, public since 8 March 2027."""
    fields, names = _demo_release
    return Release.objects.create(edition=EditionFactory(**names), **fields)

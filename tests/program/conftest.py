"""The released demonstration: loaded once, then only its release is written for each test."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.forms.models import model_to_dict
from django.test import override_settings

from festival.models import Edition
from program.importing import programme, release as first_release
from program.models import Occurrence, Release
from tests.factories.festival import EditionFactory
from tests.program import shop as shop_of_tests

FILE = Path(settings.BASE_DIR) / "festival" / "demo" / "festival.json"


@pytest.fixture(scope="session")
def demo_data():
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def no_shop(settings):
    """The programme is tested without a shop, but where a test opens one."""
    settings.PLACES_ON_OFFER = settings.OCCURRENCE_PLACES = settings.OCCURRENCE_TAKEN = settings.SESSION_PRODUCTS = ""


@pytest.fixture
def shop(settings, no_shop):
    """A shop that the programme asks; a test fills its stocks and products."""
    settings.OCCURRENCE_PLACES, settings.SESSION_PRODUCTS = "tests.program.shop.places", "tests.program.shop.products"
    settings.OCCURRENCE_TAKEN = "tests.program.shop.taken"
    for known in (shop_of_tests.STOCKS, shop_of_tests.PRODUCTS, shop_of_tests.ASKED):
        known.clear()
    return shop_of_tests


@pytest.fixture(scope="session")
def _demo_release(django_db_setup, django_db_blocker, demo_data):
    with django_db_blocker.unblock(), transaction.atomic():
        programme.load(demo_data, lambda line: None)
        samples = {row["number"]: row["sample"]["registered"] for row in demo_data["sessions"] if row.get("sample")}
        for occurrence in Occurrence.objects.filter(session__capacity__isnull=False).select_related("session"):
            taken = samples.get(occurrence.number) or 0
            shop_of_tests.STOCKS[occurrence.uuid] = (occurrence.session.capacity, taken)
        with override_settings(OCCURRENCE_PLACES="tests.program.shop.places", SESSION_PRODUCTS=""):
            first_release.load(demo_data, lambda line: None)
        shop_of_tests.STOCKS.clear()
        release = Release.objects.get()
        fields = model_to_dict(release, exclude=["id", "edition"])
        names = {key: getattr(Edition.objects.get(), key) for key in ("name", "theme")}
        transaction.set_rollback(True)
    return fields, names


@pytest.fixture
def demo(db, _demo_release):
    """The release of the demonstration week, public since 8 March 2027."""
    fields, names = _demo_release
    return Release.objects.create(edition=EditionFactory(**names), **fields)

import json
import re

import pytest
from django.urls import reverse

from festival.documents.images import social_card
from festival.documents.images.social_card import Card
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db
CARD = Card("Un titre", "Fête", "1–7 mai", "#fbd226", "star")


def test_a_card_of_ours_is_answered_and_may_be_kept(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    response = client.get(reverse("social-card", args=[social_card.sign(CARD)]))

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("signed", ["x", "eyJ9:abc", "a" * 300])
def test_a_card_that_nobody_signed_is_not_drawn(client, signed):
    assert client.get(f"/social/{signed}.png").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/favicon.ico",
        "/apple-touch-icon.png",
        "/apple-touch-icon-precomposed.png",
        "/apple-touch-icon-120x120.png",
        "/apple-touch-icon-152x152-precomposed.png",
        "/icon-192.png",
        "/icon-maskable-512.png",
    ],
)
def test_what_browsers_ask_for_by_themselves_is_there(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Type"] in {"image/png", "image/x-icon"}


@pytest.mark.parametrize(
    "path", ["/apple-touch-icon-120x121.png", "/apple-touch-icon-x.png", "/icon-4096.png", "/icon-0.png"]
)
def test_no_other_size_is_drawn(client, path):
    assert client.get(path).status_code == 404


def test_the_manifest_names_the_festival_and_icons_that_exist(client):
    edition = EditionFactory()

    manifest = json.loads(client.get("/site.webmanifest").content)

    assert manifest["name"] == str(edition.name)
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert re.fullmatch(r"(\d+)x\1", icon["sizes"])
        assert client.get(icon["src"]).status_code == 200

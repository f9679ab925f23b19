"""Portraits: made for a release, shown with it, and found by nobody before."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from festival.models import FestivalImage
from program.pages.preview import session_preview
from program.published.codec import parse
from program.release import portraits
from program.release.publishing import release_programme
from tests.factories import program as make
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db


def photo(width=900, height=1200, **fields):
    written = BytesIO()
    Image.new("RGB", (width, height), "teal").save(written, "JPEG")
    fields = {"title": "Marta Ondiz", "credit": "Atelier du Canal, CC BY 4.0"} | fields
    return FestivalImage.objects.create(file=ImageFile(BytesIO(written.getvalue()), name="Marta Ondiz.jpg"), **fields)


@pytest.fixture
def speaker():
    speaker = make.SpeakerFactory(name="Marta Ondiz", slug="marta", photo=photo())
    make.SessionSpeakerFactory(session=make.OccurrenceFactory().session, speaker=speaker)
    return speaker


def published(release):
    return parse(release.snapshot)[0].speaker_by_slug["marta"].portrait


def test_a_release_carries_the_portrait_in_three_sizes(speaker):
    found = published(make.released())

    assert [(file.width, file.height) for file in found.files] == [(160, 160), (320, 320), (640, 640)]
    assert found.credit == "Atelier du Canal, CC BY 4.0"
    assert found.smallest is found.files[0]
    assert found.sizes.endswith(" 640w")


def test_its_pages_show_it_with_a_description_and_its_credit(client, speaker):
    make.released()

    for address in ("/fr/programme/intervenants/marta/", f"/fr/programme/seances/{make.Session.objects.get().slug}/"):
        page = client.get(address).content.decode()
        (image,) = re.findall(r"<img class=\"portrait\"[^>]*>", page)
        assert 'alt="Portrait de Marta Ondiz"' in image
        assert "Photo\N{NO-BREAK SPACE}: Atelier du Canal, CC BY 4.0" in page
    assert client.get(re.search(r'src="([^"]+)"', image)[1]).status_code == 200


def test_in_the_index_it_says_nothing_that_the_name_does_not(client, speaker):
    make.released()

    (image,) = re.findall(r"<img class=\"portrait\"[^>]*>", client.get("/fr/programme/intervenants/").content.decode())

    assert 'alt=""' in image


def test_what_the_picture_shows_is_said_where_it_was_written(client, speaker):
    FestivalImage.objects.update(description="Marta Ondiz devant un métier à tisser")
    make.released()

    assert (
        'alt="Marta Ondiz devant un métier à tisser"'
        in client.get("/fr/programme/intervenants/marta/").content.decode()
    )


def test_without_a_portrait_the_initials_are_drawn_and_not_read(client):
    make.SessionSpeakerFactory(
        session=make.OccurrenceFactory().session, speaker=make.SpeakerFactory(name="Marta de Ondiz", slug="marta")
    )
    make.released()

    page = client.get("/fr/programme/intervenants/").content.decode()

    assert '<span class="portrait drawn" aria-hidden="true">MO</span>' in page
    assert "<img" not in client.get("/fr/programme/intervenants/marta/").content.decode().split("<main", 1)[1]


def test_a_small_photograph_is_not_blown_up(speaker):
    speaker.photo = photo(200, 300)
    speaker.save()

    assert [file.width for file in published(make.released()).files] == [160, 200]


def test_nobody_finds_a_picture_by_a_name(client, speaker):
    """Of a speaker whom no release carries yet there may be a rendition: the admin made it."""
    rendition = speaker.photo.get_rendition("fill-160x160|format-webp")

    assert re.fullmatch(r"original_images/[0-9a-f]{20}\.jpg", speaker.photo.file.name)
    assert re.fullmatch(r"images/[0-9a-f]{20}\..*\.webp", rendition.file.name)
    assert client.get("/fr/programme/intervenants/marta/").status_code == 404
    make.released()
    assert client.get("/media/images/Marta_Ondiz.fill-160x160.format-webp.webp").status_code == 404


def test_a_speaker_of_drafts_alone_is_in_no_release(speaker):
    make.Session.objects.update(live=False)

    release = make.released()

    assert "Marta" not in release.snapshot + release.unlisted
    assert not speaker.photo.renditions.exists()


def test_another_photograph_is_something_to_release(speaker):
    make.released()
    speaker.photo = photo()
    speaker.save()

    release = release_programme(edition=EditionFactory(), now=make.paris("2027-04-01T09:00"))

    assert published(release).smallest.url.count(speaker.photo.file.name[16:36]) == 1


def test_a_preview_shows_the_portrait_before_any_release(speaker):
    context = session_preview(make.Session.objects.get(), make.paris("2027-03-01T09:00"))

    assert context["session"].billings[0].speaker.portrait.smallest.width == 160


def test_what_was_not_drawn_is_left_out(speaker):
    (row,) = make.Speaker.objects.select_related("photo")

    assert portraits.portrait(row) is None

"""Uploads: pictures are written anew, originals stay private, documents are downloads."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from festival.models import FestivalImage
from tests.factories.festival import UserFactory, image_factory

MAKE, GPS, ORIENTATION = 0x010F, 0x8825, 0x0112


@pytest.fixture
def on_disk(settings, tmp_path):
    """Documents are sent from disk."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


def photograph(kind="JPEG", size=(40, 20), **options):
    """Return a picture as a telephone writes it: with its maker, its place, lying on its side."""
    exif = Image.Exif()
    exif[MAKE] = "Téléphone"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, exif=exif, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", written.getvalue(), f"image/{kind.lower()}")


def upload(file, **fields):
    user = UserFactory(is_superuser=True)
    data = {"title": "Photo", "credit": "Moi, CC0", "collection": Collection.get_first_root_node().pk} | fields
    return get_image_form(FestivalImage)(data, {"file": file}, user=user)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_picture_loses_its_metadata_and_stands_upright(kind):
    form = upload(photograph(kind))

    assert form.errors == {}
    with Image.open(form.save().file) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.format == kind
        assert picture.size == (20, 40)


@pytest.mark.django_db
def test_rendition_carries_no_metadata():
    form = upload(photograph("JPEG", (400, 200)))
    assert form.is_valid()
    rendition = form.save().get_rendition("width-50")

    with Image.open(rendition.file) as picture:
        assert dict(picture.getexif()) == {}


@pytest.mark.django_db
def test_picture_without_credit_is_refused():
    assert list(upload(photograph(), credit="").errors) == ["credit"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("photo.jpg", b"<html><script>alert(1)</script></html>"),
        ("photo.exe", b"MZ"),
    ],
)
def test_what_is_not_a_picture_is_refused(name, content):
    assert list(upload(SimpleUploadedFile(name, content, "image/jpeg")).errors) == ["file"]


@pytest.mark.django_db
def test_picture_that_is_too_large_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100

    assert list(upload(photograph("PNG", (400, 400))).errors) == ["file"]


@pytest.mark.django_db
def test_rendition_is_served_for_a_year(client):
    rendition = image_factory().get_rendition("width-10")

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
def test_original_has_no_address(client):
    picture = image_factory()

    assert client.get(picture.file.url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rien.png", "page.html", "..%2Foriginal_images%2Fcarre.png"])
def test_nothing_else_is_served_as_a_rendition(client, name):
    default_storage.save("images/page.html", ContentFile(b"<script>"))

    assert client.get(f"/media/images/{name}").status_code in {400, 404}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["plan.pdf", "notes.txt"])
def test_document_is_a_download(client, on_disk, name):
    document = Document.objects.create(title="Plan", file=ContentFile(b"%PDF-1.4 <script>", name))

    response = client.get(document.url)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
def test_document_of_another_kind_is_refused(editor_client):
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")

    response = editor_client.post("/cms/documents/add/", {"title": "Page", "file": file, "collection": 1})

    assert not Document.objects.exists()
    assert list(response.context["form"].errors) == ["file"]

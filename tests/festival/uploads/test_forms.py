"""Uploads: pictures are written anew, originals stay private, documents are downloads."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from festival.models import FestivalImage
from tests import pictures as samples
from tests.factories.festival import UserFactory, image_factory


@pytest.fixture
def on_disk(settings, tmp_path):
    """Documents are sent from disk."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": storage}


def photograph(kind="JPEG", size=(40, 20)):
    """Return an upload of a picture as a telephone writes it."""
    return file(f"photo.{kind.lower()}", samples.drawn(kind, size=size, exif=samples.exif()))


def file(name, content):
    return SimpleUploadedFile(name, content, "image/jpeg")


def upload(upload, **fields):
    user = UserFactory(is_superuser=True)
    data = {"title": "Photo", "credit": "Moi, CC0", "collection": Collection.get_first_root_node().pk} | fields
    return get_image_form(FestivalImage)(data, {"file": upload}, user=user)


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
def test_a_large_picture_is_refused_in_words():
    errors = upload(file("photo.png", samples.png_header(8000, 5000))).errors["file"]

    assert errors == [
        "Cette image a 40\xa0millions de pixels\u202f; 20\xa0millions sont le maximum. Réduisez-la et réessayez."
    ]


@pytest.mark.django_db
def test_a_large_upload_is_rewritten_in_its_file(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    form = upload(TemporaryUploadedFile("photo.jpg", "image/jpeg", 0, None))
    raw = form.files["file"]
    raw.write(samples.mpo())
    raw.size = len(samples.mpo())
    assert form.is_valid()

    stored = form.save().file.read()

    assert samples.SECRET not in stored
    assert stored.startswith(b"\xff\xd8")


@pytest.mark.django_db
def test_a_gif_is_kept_as_png():
    form = upload(file("anim.gif", samples.animated("GIF", comment=samples.SECRET)))
    assert form.is_valid()

    stored = form.save().file

    assert stored.name.endswith(".png")
    assert stored.read().startswith(b"\x89PNG")


def add_in_chooser(client, content):
    data = {"image-chooser-upload-title": "Photo", "image-chooser-upload-credit": "Moi"}
    data |= {"image-chooser-upload-collection": 1, "image-chooser-upload-file": file("photo.jpg", content)}
    return client.post("/cms/images/chooser/create/", data)


def add_many(client, content):
    """Upload as the page for many does, and give the credit afterwards."""
    answer = client.post("/cms/images/multiple/add/", {"files[]": file("photo.jpg", content), "collection": 1}).json()
    if not answer["success"]:
        return answer
    half = UploadedFile.objects.get()
    assert samples.SECRET not in half.file.read()
    name = f"uploaded-image-{half.pk}"
    fields = {"title": "Photo", "credit": "Moi", "collection": 1, "description": "", "tags": ""}
    address = f"/cms/images/multiple/create_from_uploaded_image/{half.pk}/"
    return client.post(address, {f"{name}-{key}": value for key, value in fields.items()}).json()


@pytest.mark.django_db
@pytest.mark.parametrize("add", [add_in_chooser, add_many])
def test_every_way_into_the_library_stores_pixels_alone(editor_client, add):
    add(editor_client, samples.mpo())

    stored = FestivalImage.objects.get()
    assert samples.SECRET not in stored.file.read()
    assert samples.SECRET not in stored.get_rendition("width-20").file.read()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"GIF89a<html>", samples.png_header(60_000, 60_000), b""])
@pytest.mark.parametrize("add", [add_in_chooser, add_many])
def test_every_way_into_the_library_refuses_what_is_no_picture(editor_client, add, content):
    add(editor_client, content)

    assert not FestivalImage.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.django_db
def test_the_picture_of_a_library_entry_is_replaced_by_a_clean_one(editor_client):
    picture = image_factory()
    data = {"title": "Photo", "credit": "Moi", "collection": 1, "file": file("photo.jpg", samples.mpo())}

    editor_client.post(f"/cms/images/{picture.pk}/", data)

    picture.refresh_from_db()
    assert picture.file.name.endswith(".jpg")
    assert samples.SECRET not in picture.file.read()


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "is_kept"), [(samples.mpo(), True), (b"GIF89a<html>", False)])
def test_portraits_of_accounts_are_drawn_anew(editor_client, content, is_kept):
    page = editor_client.get("/cms/account/")
    data = {"avatar-avatar": file("moi.jpg", content), "name_email-first_name": "Zoé", "name_email-last_name": "Li"}
    data |= {
        "locale-preferred_language": "fr",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }

    editor_client.post("/cms/account/", data)

    profile = UserProfile.objects.filter(user=page.context["user"]).first()
    assert bool(profile and profile.avatar) == is_kept
    if is_kept:
        assert samples.SECRET not in profile.avatar.read()


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
        ("photo.gif", b"GIF89a<html><script>alert(1)</script></html>"),
        ("photo.png", samples.png_header(60_000, 60_000)),
        ("photo.webp", samples.webp_header(b"VP8X", 8000, 5000)),
        ("photo.jpg", samples.drawn("JPEG", size=(400, 400))[:-200]),
        ("photo.jpg", samples.drawn("PNG")),
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
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("plan.pdf", b"<script>alert(1)</script>"),
        ("plan.txt", b"MZ\x90\x00"),
    ],
)
def test_document_of_another_kind_is_refused(editor_client, name, content):
    data = {"title": "Page", "file": SimpleUploadedFile(name, content), "collection": 1}

    response = editor_client.post("/cms/documents/add/", data)

    assert not Document.objects.exists()
    assert list(response.context["form"].errors) == ["file"]


@pytest.mark.django_db
def test_document_of_its_kind_is_kept(editor_client):
    data = {"title": "Plan", "file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7"), "collection": 1}

    editor_client.post("/cms/documents/add/", data)

    assert Document.objects.get().file.read() == b"%PDF-1.7"


@pytest.mark.django_db
def test_many_documents_are_looked_into_too(editor_client):
    data = {"files[]": SimpleUploadedFile("plan.pdf", b"<html>"), "collection": 1}

    answer = editor_client.post("/cms/documents/multiple/add/", data).json()

    assert not answer["success"]
    assert not Document.objects.exists()

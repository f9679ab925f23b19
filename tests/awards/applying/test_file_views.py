"""Files with the form: kept whatever else is wrong, handed out as downloads, nameless to jurors of a blind round."""

import uuid
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from awards.applying.access import SESSION
from awards.entering import drafting
from awards.models import Entry, EntryFile, Question, Round
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import AssignmentFactory, CallFactory, JurorFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    settings.SECOND_FACTOR_REQUIRED = False
    made = CallFactory(slug="prix")
    QuestionFactory(call=made, slug="plan", kind="file")
    return made


@pytest.fixture
def entry(call, client):
    """Ada's project, in her browser."""
    ada = drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)
    session = client.session
    session[SESSION] = {"uuid": str(ada.uuid), "at": 1e12}
    session.save()
    return drafting.start(
        key=uuid.uuid4(), call=call, category=call.categories.get(), title="Oven", by=ada, now=WHILE_OPEN
    )


def pdf():
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "gwenola"
    file = BytesIO()
    document.save(file)
    return SimpleUploadedFile("gwenola plan.pdf", file.getvalue())


def picture():
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    return SimpleUploadedFile("face.png", file.getvalue())


def post(client, entry, **fields):
    address = reverse("apply-entry", args=[entry.call.slug, entry.uuid])
    version = getattr(entry.draft, "version", 0)
    entry.draft.refresh_from_db()
    return client.post(address, {"version": entry.draft.version or version, "save": "1", **fields})


def test_a_file_survives_an_error_elsewhere_and_is_a_download(client, entry):
    answer = post(client, entry, website="no address at all", **{"file-plan": pdf()})
    assert answer.status_code == 422
    assert b"gwenola plan.pdf" in answer.content
    row = EntryFile.objects.get()
    got = client.get(reverse("apply-file", args=[entry.call.slug, entry.uuid, row.uuid]))
    assert b"gwenola" not in b"".join(got.streaming_content)
    assert got.headers["Content-Disposition"] == 'attachment; filename="gwenola plan.pdf"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Type"] == "application/octet-stream"
    client.logout()
    assert client.get(reverse("apply-file", args=[entry.call.slug, entry.uuid, row.uuid])).status_code == 302


@pytest.mark.parametrize("name", ["plan.pdf", "plan.png", "plan.svg", "plan"])
def test_what_is_not_what_it_is_called_is_refused_in_words(client, entry, name):
    answer = post(client, entry, **{"file-plan": SimpleUploadedFile(name, b"<script>alert(1)</script>")})
    assert answer.status_code == 422
    assert "n’est pas pris" in answer.content.decode() or "is not taken" in answer.content.decode()
    assert not EntryFile.objects.exists()


def test_a_large_file_is_refused(client, entry, monkeypatch):
    monkeypatch.setattr("awards.applying.file_views.MEGABYTE", 3)
    Question.objects.update(max_megabytes=1)
    assert post(client, entry, **{"file-plan": picture()}).status_code == 422
    assert not EntryFile.objects.exists()


def test_a_question_takes_the_kinds_and_as_many_files_as_it_says(client, entry):
    Question.objects.filter(kind="file").update(file_kinds="image", max_files=1)
    page = client.get(reverse("apply-entry", args=[entry.call.slug, entry.uuid])).content.decode()
    assert 'accept=".jpg,.jpeg,.png,.webp"' in page
    assert post(client, entry, **{"file-plan": pdf()}).status_code == 422
    assert post(client, entry, **{"file-plan": picture()}).status_code == 302
    content = BytesIO()
    Image.new("RGB", (9, 7), "teal").save(content, "PNG")
    more = SimpleUploadedFile("b.png", content.getvalue())
    assert post(client, entry, **{"file-plan": more}).status_code == 422
    assert EntryFile.objects.count() == 1


def test_a_juror_of_a_blind_round_gets_the_version_without_names_under_a_neutral_one(client, entry, settings):
    post(client, entry, **{"file-plan": pdf()})
    named = EntryFile.objects.get()
    post(client, entry, **{f"redacted-{named.uuid}": picture()})
    named.refresh_from_db()
    Entry.objects.update(state=Entry.State.ELIGIBLE, slug="oven")
    pair = AssignmentFactory(juror=JurorFactory(call=entry.call), entry=entry)
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    client.force_login(pair.juror.user)

    def get(file):
        return client.get(reverse("jury-file", args=["prix", "oven", file.uuid]))

    def shown():
        page = client.get(reverse("jury-entry", args=["prix", "oven"])).content.decode()
        return [file for file in (named, named.redacted) if str(file.uuid) in page], "gwenola" in page.casefold()

    assert shown() == ([named], False)
    assert get(named).status_code == 200
    assert "gwenola" not in get(named).headers["Content-Disposition"]
    Round.objects.update(is_blind=True)
    assert shown() == ([named.redacted], False)
    assert get(named).status_code == 404
    assert get(named.redacted).headers["Content-Disposition"] == 'attachment; filename="oven-1.png"'
    client.force_login(JurorFactory(call=entry.call).user)
    assert get(named.redacted).status_code == 404


def test_the_script_gets_the_list_of_files_and_takes_one_out(client, entry):
    address = reverse("apply-draft", args=[entry.call.slug, entry.uuid])
    answer = client.post(address, {"version": 0, "window": "a" * 32, "turn": 1, "file-plan": picture()})
    assert "face.png" in answer.json()["files"]["file-plan"]
    gone = client.post(address, {"version": 1, "window": "a" * 32, "turn": 2, "remove": EntryFile.objects.get().uuid})
    assert "face.png" not in gone.json()["files"]["file-plan"]

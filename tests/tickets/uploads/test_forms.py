"""What is taken as a document, and what is not, whatever its name says."""

from io import BytesIO

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from PIL import Image

from tests.tickets.uploads.conftest import PDF, kept, upload
from tickets.uploads.forms import GONE, MOST_BYTES, Posted, SentFileField, forget_kept


def picture(kind, **options):
    file = BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, kind, **options)
    return file.getvalue()


def clean(content, name):
    return SentFileField(form="form").clean(Posted(upload(content, name), "", False))


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (PDF, "carte.PDF", "pdf"),
        (picture("JPEG"), "carte.jpeg", "jpg"),
        (picture("JPEG"), "carte.jpg", "jpg"),
        (picture("PNG"), "carte.png", "png"),
    ],
)
def test_documents_and_pictures(content, name, ending):
    sent = clean(content, name)

    assert (sent.ending, sent.name) == (ending, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<script>alert(1)</script>", "carte.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "carte.svg"),
        (b"<html></html>", "carte.html"),
        (PDF, "carte.png"),
        (picture("PNG"), "carte.pdf"),
        (picture("PNG"), "carte.jpg"),
        (picture("GIF"), "carte.gif"),
        (picture("PNG")[:40], "carte.png"),
        (b"MZ\x90\x00", "carte.pdf.exe"),
        (PDF, "carte"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content, name):
    with pytest.raises(ValidationError, match="PDF"):
        clean(content, name)


def test_five_megabytes_are_the_most():
    assert clean(PDF + b"0" * (MOST_BYTES - len(PDF)), "carte.pdf")
    with pytest.raises(ValidationError, match="5"):
        clean(PDF + b"0" * MOST_BYTES, "carte.pdf")


def test_a_picture_is_drawn_anew_and_says_nothing_of_its_place():
    exif = Image.Exif()
    exif[0x010E] = "Chez Zoé"
    sent = clean(picture("JPEG", exif=exif), "carte.jpg")

    assert b"Chez" not in sent.content


def test_the_name_is_one_line_without_a_way():
    assert clean(PDF, "C:\\Users\\zoe\\carte\u202egnp.pdf").name == "cartegnp.pdf"
    assert len(clean(PDF, "a" * 300 + ".pdf").name) <= 120


def test_no_file_is_left_to_the_form():
    assert SentFileField().clean(Posted(None, "", False)) is None


class Letter(forms.Form):
    """A form with a file that may be left out."""

    file = SentFileField(form="form", is_optional=True)


def letter(data, file=None):
    form = Letter(data, MultiValueDict({"file": [file]} if file else {}))
    form.is_valid()
    return form


@pytest.mark.django_db
def test_a_file_that_came_before_stands_until_another_one_comes_or_it_is_taken_out():
    row = kept()
    form = letter({"file-kept": str(row.key)})
    assert (form.cleaned_data["file"].key, form.cleaned_data["file"].name) == (row.key, "carte.pdf")
    assert f'name="file-kept" value="{row.key}"' in str(form["file"])
    assert "carte.pdf" in str(form["file"])

    assert letter({"file-kept": str(row.key)}, upload(name="b.pdf")).cleaned_data["file"].name == "b.pdf"
    out = letter({"file-kept": str(row.key), "file-out": "on"})
    assert out.cleaned_data["file"] is None
    assert "carte.pdf" not in str(out["file"])


@pytest.mark.django_db
def test_a_file_that_is_wrong_does_not_take_the_one_before_away():
    row = kept()
    form = letter({"file-kept": str(row.key)}, upload(b"<script>", "x.pdf"))

    assert "PDF" in form.errors["file"][0]
    assert str(row.key) in str(form["file"])


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_file_that_is_gone_is_asked_for_once_more(key):
    assert letter({"file-kept": key}).errors["file"] == [GONE]


@pytest.mark.django_db
def test_what_turned_out_to_be_gone_is_asked_for_too():
    form = letter({"file-kept": str(kept().key)})
    assert form.is_valid()

    forget_kept(form)

    assert form.errors["file"] == [GONE]
    assert "file-kept" not in str(form["file"])


def test_the_name_of_a_file_is_written_as_text():
    form = Letter()
    form.fields["file"].input.kept = letter({}, upload(name="<b>x.pdf")).cleaned_data["file"]

    assert "<b>x" not in str(form["file"])

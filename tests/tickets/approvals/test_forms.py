"""What is taken as a document, and what is not, whatever its name says."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.tickets.approvals.conftest import PDF
from tickets.approvals.forms import MOST_BYTES, ProofField


def picture(kind, **options):
    file = BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, kind, **options)
    return file.getvalue()


def upload(content, name):
    return SimpleUploadedFile(name, content, content_type="text/html")


def clean(content, name):
    return ProofField(required=False).clean(upload(content, name))


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
    proof = clean(content, name)

    assert (proof.ending, proof.name) == (ending, name)


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
    proof = clean(picture("JPEG", exif=exif), "carte.jpg")

    assert b"Chez" not in proof.content


def test_the_name_is_one_line_without_a_way():
    assert clean(PDF, "C:\\Users\\zoe\\carte\u202egnp.pdf").name == "cartegnp.pdf"
    assert len(clean(PDF, "a" * 300 + ".pdf").name) <= 120


def test_no_file_is_left_to_the_form():
    assert ProofField(required=False).clean(None) is None

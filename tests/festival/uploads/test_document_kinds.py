"""Documents are what their names say."""

import io
import zipfile

import pytest

from festival.uploads.document_kinds import is_of_kind

TEXT = "application/vnd.oasis.opendocument.text"


def zipped(*names, mimetype=None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n\x00", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "XLSX"),
        (zipped("content.xml", mimetype=TEXT), "odt"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("a.txt"), "zip"),
        ("Nom;Prénom\r\n".encode(), "csv"),
        ("Nom;Prénom\r\n".encode("latin-1"), "csv"),
        ("Nom".encode("utf-16"), "txt"),
        (b"", "txt"),
    ],
)
def test_what_a_name_promises(content, ending):
    file = io.BytesIO(content)

    assert is_of_kind(file, ending)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"MZ\x90", "pdf"),
        (b"<html>%PDF-1.7", "pdf"),
        (b"<html>", "docx"),
        (b"PK\x03\x04 damaged", "docx"),
        (zipped("a.txt"), "docx"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "docx"),
        (zipped("word/document.xml"), "xlsx"),
        (zipped("content.xml"), "odt"),
        (zipped(mimetype=TEXT), "ods"),
        (zipped(mimetype="x" * 300), "odt"),
        (b"%PDF-1.7", "txt"),
        (zipped("a"), "csv"),
        (b"a\x00b", "txt"),
        (b"MZ\x90\x00", "csv"),
        (b"<svg/>", "svg"),
        (zipped("a"), "exe"),
    ],
)
def test_what_is_another_kind(content, ending):
    assert not is_of_kind(io.BytesIO(content), ending)

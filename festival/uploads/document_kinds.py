"""Which kind a document is by what is in it, not by what it is called. Plain Python."""

import re
import zipfile
from typing import IO

_ZIPPED = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACROS = re.compile(r"vbaProject\.bin$", re.IGNORECASE)
_LONGEST_TYPE = 200
# What no text holds: controls other than tab, line ends, form feed and the escape of old printers.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_PART = 1 << 16


def is_of_kind(file: IO[bytes], ending: str) -> bool:
    """Return whether the file is what names ending in `ending` promise; it is read from its start and left there.

    Known are `pdf`, `docx`, `xlsx`, `odt`, `ods`, `zip`, `csv` and `txt`; anything else is False.
    """
    file.seek(0)
    try:
        return _is_of_kind(file, ending.lower())
    finally:
        file.seek(0)


def _is_of_kind(file: IO[bytes], ending: str) -> bool:
    if ending in {"csv", "txt"}:
        return _is_text(file)
    start = file.read(5)
    if ending == "pdf":
        return start == b"%PDF-"
    if not start.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return _is_archive_of(archive, ending)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return False


def _is_archive_of(archive: zipfile.ZipFile, ending: str) -> bool:
    names = archive.namelist()
    if ending in _OFFICE:
        return _OFFICE[ending] in names and not any(_MACROS.search(name) for name in names)
    if ending in _ZIPPED:
        if "mimetype" not in names or archive.getinfo("mimetype").file_size > _LONGEST_TYPE:
            return False
        return archive.read("mimetype").decode("ascii", "replace").strip() == _ZIPPED[ending]
    return ending == "zip"


def _is_text(file: IO[bytes]) -> bool:
    start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as spreadsheets write it
        return True
    if start.startswith((b"%PDF", b"PK\x03\x04")):
        return False
    file.seek(0)
    return not any(_BINARY.search(part) for part in iter(lambda: file.read(_PART), b""))

"""Documents: readable aloud, in the letters of the world, fetching nothing, saying nothing when all is well."""

import gc
import io
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
import weasyprint

from festival.documents import pdf
from tests import pdf_ua
from tests.festival.documents.names import NAMES, NOWHERE

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
# A font configuration without any font: what a bare machine has.
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'


def page(body, *, head="<title>Essai</title>", lang="fr"):
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def write(body, **kwargs):
    return pdf.write_pdf(page(body, **kwargs), styles=pdf.COMMON)


def test_a_document_can_be_read_aloud():
    content = write(
        "<h1>Titre</h1><h2>Partie</h2><p style='border: 1px solid; background: yellow'>Bonjour, <b>Zoé</b></p>"
        "<ul><li>Un</li><li>Deux</li></ul><table><tr><th>Prix</th><td>12 €</td></tr></table>"
        f'<img src="{PIXEL}" alt="Un point">'
    )

    assert pdf_ua.faults(content) == []
    assert pdf_ua.spoken(content) == [
        ("H1", "Titre"),
        ("H2", "Partie"),
        ("P", "Bonjour, Zoé"),
        ("Lbl", "• "),
        ("LBody", "Un"),
        ("Lbl", "• "),
        ("LBody", "Deux"),
        ("TH", "Prix"),
        ("TD", "12 €"),
        ("Figure", "Un point"),
    ]


def test_a_picture_has_its_place_on_the_page():
    """In points from the lower left corner: 20 mm from the left, 30 mm from the top, 10 mm wide."""
    style = "position: absolute; left: 20mm; top: 30mm; width: 10mm; height: 10mm"
    content = write(
        f'<img style="{style}" src="{PIXEL}" alt="Un point">', head="<title>-</title><style>@page{margin:0}</style>"
    )

    with pikepdf.open(io.BytesIO(content)) as pdf:
        (box,) = [element.A.BBox for _, element in pdf_ua.elements(pdf.Root.StructTreeRoot) if element.S == "/Figure"]
    millimetre = 72 / 25.4
    assert [round(float(value) / millimetre) for value in box] == [20, 297 - 40, 30, 297 - 30]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (f'<img src="{PIXEL}">', "picture without alternative text"),
        ("<h1>Titre</h1><h3>Partie</h3>", "heading /H3 after level 1"),
    ],
)
def test_what_cannot_be_read_aloud_is_found(body, fault):
    assert pdf_ua.faults(write(body)) == [fault]


def test_a_document_without_structure_is_found():
    content = weasyprint.HTML(string=page("<p>Bonjour</p>"), url_fetcher=pdf.LockedFetcher()).write_pdf()

    assert "no structure tree" in pdf_ua.faults(content)


@pytest.mark.parametrize("missing", [{"head": ""}, {"lang": ""}])
def test_a_document_needs_a_title_and_a_language(missing):
    with pytest.raises(ValueError, match="title and a language"):
        write("<p>Bonjour</p>", **missing)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_in_its_letters(name, caplog):
    content = write(f"<p>{name}</p>")

    assert pdf_ua.spoken(content) == [("P", name)]
    assert pdf_ua.faults(content) == []
    assert caplog.messages == []


def test_names_of_many_scripts_stand_in_one_document():
    """One file's letters are not printed with the glyphs of another, though both are bold."""
    content = write("".join(f"<p><b>{name}</b></p>" for name in NAMES))

    assert [text for _, text in pdf_ua.spoken(content)] == NAMES


def test_our_fonts_draw_the_names_where_the_system_has_none(tmp_path):
    (tmp_path / "fonts.conf").write_text(BARE)
    done = run(
        "from tests.festival.documents.names import NAMES, NOWHERE\n"
        "print(pdf.missing_characters(''.join(NAMES) + NOWHERE) == [NOWHERE])",
        FONTCONFIG_FILE=str(tmp_path / "fonts.conf"),
    )

    assert done.stdout == "True\n"


def test_a_character_that_no_font_has_is_replaced_and_told_once(caplog, monkeypatch):
    monkeypatch.setattr(pdf, "_told", set())

    contents = [write(f"<p>A{NOWHERE}B</p>") for _ in range(2)]

    assert [pdf_ua.spoken(content) for content in contents] == [[("P", "A\N{REPLACEMENT CHARACTER}B")]] * 2
    assert [pdf_ua.faults(content) for content in contents] == [[], []]
    assert caplog.messages == ["No font for the script Unknown (U+0378): printed as \N{REPLACEMENT CHARACTER}"]


def test_the_missing_characters_of_a_text_are_listed_once_in_order():
    assert pdf.missing_characters(f"Zoé <{NOWHERE}> \u0379 {NOWHERE} & 遥") == [NOWHERE, "\u0379"]


def test_it_is_silent_without_the_library_of_the_system():
    """WeasyPrint cuts fonts with a library that few systems have, and complains of each font where it is missing."""
    done = run(
        "pdf.write_pdf('<html lang=fr><title>-</title><p>Zoé', styles='')\nprint('drawn')",
        before=(
            "import cffi\n"
            "dlopen = cffi.FFI.dlopen\n"
            "def without(ffi, name, *args):\n"
            "    if 'subset' in str(name): raise OSError(name)\n"
            "    return dlopen(ffi, name, *args)\n"
            "cffi.FFI.dlopen = without\n"
        ),
    )

    assert (done.stdout, done.stderr) == ("drawn\n", "")


@pytest.mark.parametrize("was_enabled", [True, False])
def test_garbage_is_collected_afterwards_as_before(was_enabled):
    """Also after a document that could not be drawn."""
    (gc.enable if was_enabled else gc.disable)()
    try:
        write("<p>Bonjour</p>")
        after = gc.isenabled()
        with pytest.raises(ValueError, match="title"):
            write("<p>Bonjour</p>", head="")
        assert (after, gc.isenabled()) == (was_enabled, was_enabled)
    finally:
        gc.enable()


def test_documents_are_drawn_in_several_threads():
    with ThreadPoolExecutor(4) as pool:
        contents = list(pool.map(lambda name: write(f"<p>{name}</p>"), NAMES[:8]))

    assert [set(pdf_ua.spoken(content)[0][1]) for content in contents] == [set(name) for name in NAMES[:8]]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "https://static.invalid/media/secret.pdf",
        "https://static.invalid/static/../settings.py",
        "https://static.invalid/static/%2e%2e/settings.py",
        "ftp://static.invalid/static/icon.svg",
    ],
)
def test_nothing_is_fetched_from_outside(address):
    with pytest.raises(ValueError, match=r"Not a static file|disallowed protocol"):
        pdf.LockedFetcher().fetch(address)


@pytest.mark.parametrize("name", ["../fonts.py", "%2e%2e/fonts.py", "unknown.ttf"])
def test_no_other_file_is_fetched_as_a_face(name):
    with pytest.raises(ValueError, match="Not a face"):
        pdf.LockedFetcher().fetch(f"{pdf.FACES}{name}")


def test_what_is_ours_is_fetched():
    assert pdf.LockedFetcher().fetch(f"{pdf.BASE}/static/icons.svg").read().startswith(b"<svg")
    assert pdf.LockedFetcher().fetch("data:text/plain,oui").read() == b"oui"


def run(code, *, before="", **environment):
    """Run `code` in a process of its own."""
    start = "import django; django.setup()\nfrom festival.documents import pdf\n"
    return subprocess.run(
        [sys.executable, "-c", before + start + code],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | environment,
        check=True,
        capture_output=True,
        text=True,
    )


def test_the_log_is_quiet_about_an_everyday_text(caplog):
    caplog.set_level(logging.WARNING)

    write("<p>Zoé paie 12 € – « d’accord » – à 10 h 30, œuf compris.</p>")

    assert caplog.messages == []

import os

import polib
import pytest

from festival.text import messages


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A little source with a catalogue of its own."""
    catalogue = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Gone"\nmsgstr "Parti"\n\nmsgid "Door"\nmsgstr "Porte"\n'
    )
    (tmp_path / "app" / "node_modules").mkdir(parents=True)
    (tmp_path / "app" / "node_modules" / "x.py").write_text('_("Foreign")')
    (tmp_path / "app" / "views.py").write_text(
        '_("Door")\nngettext("%(n)d place", "%(n)d places", 2)\npgettext("address", "tickets/")\n'
    )
    (tmp_path / "app" / "page.html").write_text("{% load i18n %}{% translate 'Open' %} it's \"quoted\"")
    (tmp_path / "app" / "notes.md").write_text('_("No source")')
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCES", ("app",))
    monkeypatch.setattr(messages, "CATALOGUES", [catalogue])
    return catalogue


def test_strings_of_python_and_of_templates_are_found(source):
    assert messages.found() == {
        ("", "Door", ""): [("app/views.py", "1")],
        ("", "%(n)d place", "%(n)d places"): [("app/views.py", "2")],
        ("address", "tickets/", ""): [("app/views.py", "3")],
        ("", "Open", ""): [("app/page.html", "1")],
    }


def test_collecting_brings_in_what_is_new_and_takes_out_what_is_unused(source):
    messages.collect()

    entries = {entry.msgid: entry for entry in polib.pofile(str(source))}
    assert set(entries) == {"Door", "%(n)d place", "tickets/", "Open"}
    assert entries["Door"].msgstr == "Porte"
    assert entries["%(n)d place"].msgstr_plural == {0: "", 1: ""}
    assert entries["%(n)d place"].flags == ["python-format"]
    assert entries["tickets/"].msgctxt == "address"
    assert entries["Open"].occurrences == [("app/page.html", "")]


def test_a_catalogue_is_compiled_when_it_is_newer(source):
    compiled = source.with_suffix(".mo")
    messages.compile_catalogues()
    assert [entry.msgstr for entry in polib.mofile(str(compiled)) if entry.msgid == "Door"] == ["Porte"]

    source.write_text(source.read_text().replace("Porte", "Portail"))
    os.utime(source, ns=(0, compiled.stat().st_mtime_ns - 1))
    messages.compile_catalogues()
    assert "Portail" not in str(polib.mofile(str(compiled)))

    os.utime(source, ns=(0, compiled.stat().st_mtime_ns + 1_000_000))
    messages.compile_catalogues()
    assert "Portail" in str(polib.mofile(str(compiled)))

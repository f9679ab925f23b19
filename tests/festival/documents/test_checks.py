"""What is said at the start of a command when fonts are missing."""

from festival.documents import checks, faces, sources


def test_nothing_is_said_when_all_is_there():
    assert checks.fonts_are_built() == []


def test_missing_fonts_are_named(unbuilt):
    (warning,) = checks.fonts_are_built()

    assert warning.id == "documents.W001"
    assert "noto-sans-jp" in warning.msg
    assert "make frontend" in warning.hint


def test_a_source_that_is_newer_than_the_build_is_named(monkeypatch):
    newer = sources.Source("@fontsource-variable/noto-sans-new", sources.Role.WORLD)
    monkeypatch.setattr(checks, "SOURCES", [*sources.SOURCES, newer])

    (warning,) = checks.fonts_are_built()

    assert warning.msg == "Fonts of documents are missing: noto-sans-new."


def test_a_file_that_is_gone_is_missed(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "BUILT", tmp_path)

    (warning,) = checks.fonts_are_built()

    assert faces.built() != ()
    assert "bricolage-grotesque" in warning.msg

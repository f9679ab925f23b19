"""A machine on which the fonts of documents have not been built."""

import pytest

from festival.documents import checks, faces, pdf


def forget():
    for cached in (faces.built, faces.everyday_characters, faces._drawing, pdf._desk):
        cached.cache_clear()


@pytest.fixture
def unbuilt(tmp_path, monkeypatch):
    """Nothing is built, for this test."""
    monkeypatch.setattr(faces, "INDEX", tmp_path / "faces.json")
    monkeypatch.setattr(checks, "BUILT", tmp_path)
    forget()
    yield tmp_path
    forget()

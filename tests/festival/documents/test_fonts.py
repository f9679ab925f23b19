"""Building the faces from the packages."""

import json

import pytest
from fontTools.ttLib import TTFont

from festival.documents import fonts
from festival.documents.sources import INDEX, SOURCES, Role


def only(monkeypatch, *prefixes):
    monkeypatch.setattr(fonts, "SOURCES", [source for source in SOURCES if source.prefix in prefixes])


@pytest.mark.parametrize(
    ("characters", "spelt"),
    [([], ""), ([0x20], "20"), ([0x21, 0x20, 0x22], "20-22"), ([0x41, 0x61, 0x62, 0x20AC], "41,61-62,20ac")],
)
def test_ranges_are_spelt(characters, spelt):
    assert fonts.spell_ranges(characters) == spelt


def test_our_fonts_are_fixed_and_others_keep_their_weights(tmp_path, monkeypatch):
    only(monkeypatch, "atkinson-hyperlegible-next", "noto-sans-hebrew")

    assert fonts.build(target=tmp_path) == 5

    faces = json.loads((tmp_path / INDEX.name).read_text())
    assert [(face["subset"], face["role"], face["weight"]) for face in faces] == [
        ("latin", Role.TEXT, 400),
        ("latin-ext", Role.TEXT, 400),
        ("latin", Role.TEXT, 700),
        ("latin-ext", Role.TEXT, 700),
        ("hebrew", Role.WORLD, 0),
    ]
    assert ["fvar" in TTFont(tmp_path / face["file"]) for face in faces] == [False] * 4 + [True]
    regular, bold = (TTFont(tmp_path / faces[place]["file"])["hmtx"]["a"] for place in (0, 2))
    assert regular != bold


def test_figures_are_figures_and_nothing_else(tmp_path, monkeypatch):
    only(monkeypatch, "bricolage-grotesque")

    fonts.build(target=tmp_path)

    faces = json.loads((tmp_path / INDEX.name).read_text())
    found = [(face["subset"], face["weight"], face["characters"]) for face in faces if face["role"] == Role.FIGURES]
    assert found == [("figures", 400, "20,30-39"), ("figures", 700, "20,30-39")]


def test_vietnamese_letters_stay_whole(tmp_path, monkeypatch):
    only(monkeypatch, "noto-sans")

    fonts.build(target=tmp_path)

    assert "GSUB" not in TTFont(tmp_path / "noto-sans-vietnamese-wght-normal-0.ttf")


def test_what_was_built_before_goes(tmp_path, monkeypatch):
    only(monkeypatch, "noto-sans-hebrew")
    (tmp_path / "old.ttf").touch()

    fonts.build(target=tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [INDEX.name, "noto-sans-hebrew-hebrew-wght-normal.woff2"]


@pytest.mark.parametrize(("prefix", "missing"), [("noto-sans-hebrew", "hebrew"), ("noto-sans-jp", "numbered cut")])
def test_a_missing_package_is_named(tmp_path, monkeypatch, prefix, missing):
    only(monkeypatch, prefix)

    with pytest.raises(FileNotFoundError, match=rf"{prefix}.* has no {missing}. `make frontend`"):
        fonts.build(packages=tmp_path, target=tmp_path / "built")

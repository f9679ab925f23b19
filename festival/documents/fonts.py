"""Build the faces of documents from the packages of the front end: `python -m festival.documents.fonts`.

The two fonts of the festival are variable; cutting a fixed face out of them for every document was half of its cost, so
it is done here, once. The others are copied as they are, and opened only when a name needs them.
"""

import io
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont, woff2

from festival.documents.sources import BUILT, INDEX, SOURCES, Source

PACKAGES = Path(__file__).resolve().parent.parent / "frontend" / "node_modules"


def build(packages: Path = PACKAGES, target: Path = BUILT) -> int:
    """Write every face into `target`, with an index of what each can draw, and return their number.

    Raises:
        FileNotFoundError: If a package or one of its cuts is not there.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    faces = [face for source in SOURCES for face in _faces(source, packages, target)]
    (target / INDEX.name).write_text(json.dumps(faces, indent=0))
    return len(faces)


def spell_ranges(characters: Iterable[int]) -> str:
    """Return code points as hexadecimal ranges: `20-7e,a0`."""
    ranges: list[list[int]] = []
    for point in sorted(characters):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ",".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in ranges)


def _faces(source: Source, packages: Path, target: Path) -> Iterator[dict[str, object]]:
    for subset in _subsets(source, packages / source.package / "files"):
        cut = f"{source.prefix}-{subset}-{source.cut}"
        path = packages / source.package / "files" / f"{cut}.woff2"
        if source.axes or source.is_plain:
            name = f"{cut}-{source.weight}.ttf"
            (target / name).write_bytes(_prepared(path, source))
        else:
            name = path.name
            shutil.copyfile(path, target / name)
        with TTFont(target / name, lazy=True) as font:
            characters = spell_ranges(font.getBestCmap())
        yield {
            "file": name,
            "source": source.prefix,
            "subset": source.role if source.only else subset,
            "role": source.role,
            "weight": source.weight,
            "characters": characters,
        }


def _subsets(source: Source, folder: Path) -> list[str]:
    pattern = re.compile(rf"{re.escape(source.prefix)}-(.+)-{re.escape(source.cut)}\.woff2")
    there = [match[1] for path in sorted(folder.glob("*.woff2")) if (match := pattern.fullmatch(path.name))]
    wanted = source.subsets or [subset for subset in there if subset.isdigit()]
    if not wanted or not set(wanted) <= set(there):
        missing = ", ".join(sorted(set(wanted) - set(there))) or "numbered cut"
        raise FileNotFoundError(f"{folder} has no {missing}. `make frontend` installs the packages.")
    return list(wanted)


def _prepared(path: Path, source: Source) -> bytes:
    content = io.BytesIO()
    with path.open("rb") as file:
        woff2.decompress(file, content)
    face = uharfbuzz.Face(content.getvalue())
    wanted = uharfbuzz.SubsetInput()
    if source.only:
        wanted.unicode_set.update(map(ord, source.only))
    else:
        wanted.keep_everything()
    for axis, value in source.axes.items():
        wanted.pin_axis_location(face, axis, value)
    if source.is_plain:
        wanted.drop_table_tag_set.add(int.from_bytes(b"GSUB"))
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


if __name__ == "__main__":
    sys.stdout.write(f"Built {build()} faces for documents.\n")

"""Write `reference/import-file.md`: what a file may say, from the models that read it. Run by `make import-page`.

The words around the tables stand here, what is in them in `festival/importing` and `program/importing`.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "import-file.md"

HEAD = """\
# The file of an import

What `import_programme FILE` reads ([how to](../how-to/import-a-programme.md)). This page is written by
`make import-page` from the models that check a file; `import_programme --schema` prints the same as a JSON schema
(draft 2020-12). `festival/demo/festival.json` is a whole example.

## Rules

- JSON in UTF-8, with or without a byte-order mark, at most 20 MB. A key twice in one object, NaN, infinite numbers and
  half characters are faults.
- A key that is not on this page is a fault; what may be meant is suggested. `null` is "not said".
- **Short names** (`id`) stand in addresses and references: `a` to `z`, `0` to `9`, `-` and `_` between. Names that
  differ in `-` and `_` alone are the same.
- **Texts by language** are objects such as `{"fr": "…", "en": "…"}`; the main language of the site must be there where
  a text is required. Languages that the site does not speak are kept, not shown, and noted.
- Every text is brought to NFC; controls, format and bidi characters go; in one line white space becomes one space.
- **Moments** are `2027-05-02T18:30`, in the time zone of the site, or with an offset (`+02:00`, `Z`). A local time that
  clocks skip in spring is a fault. One that they show twice in autumn is the first of the two (RFC 5545, 3.3.5), and is
  noted; an offset names the second. `24:00` is the midnight at the end of a day. Ends are exclusive.
- A placing must be on one of `edition.days`; before the hour at which a festival day starts (5:00 unless the edition
  says otherwise) it belongs to the day before. What is open every day must be open on one of them.
- Colours are `#rrggbb`, or `#rgb`. Addresses of pages begin with `https://` or `http://`.
- **Numbers** of placings are their identity in calendars and tickets: unique in the edition, never another session's.
- Labels (`tags`) get a short name made from their words. Labels that differ in case and accents alone are one.

In the tables, **required** keys are bold.
"""


def page() -> str:
    """Return the page as it should be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "festival.project.settings")
    import django  # noqa: PLC0415 -- the settings come first

    django.setup()
    from program.importing.programme_file import ProgrammeFile  # noqa: PLC0415

    schema = ProgrammeFile.model_json_schema()
    parts = [HEAD, _section("The whole", schema, schema)]
    parts += [_section("", schema["$defs"][name], schema) for name in _in_order(schema, schema, [])]
    return "\n".join(parts)


def _in_order(part: dict[str, Any], schema: dict[str, Any], known: list[str]) -> list[str]:
    """Return the names of the objects in the order in which a reader meets them."""
    for value in part["properties"].values():
        for name in _names(value):
            if name not in known:
                known.append(name)
                _in_order(schema["$defs"][name], schema, known)
    return known


def _names(value: object) -> Iterator[str]:
    yield from re.findall(r"#/\$defs/(\w+)", str(value))


def _section(title: str, part: dict[str, Any], schema: dict[str, Any]) -> str:
    place, _colon, said = part["description"].partition(":")
    if not place.startswith("`"):
        place, said = title, part["description"]
    lines = [f"## {place.rstrip('.')}", ""]
    lines += [f"{said.strip()[:1].upper()}{said.strip()[1:]}", ""] if said.strip() else []
    lines += ["| Key | Value | Unless said |", "|---|---|---|"]
    required = part.get("required", ())
    ignored = []
    for key, value in part["properties"].items():
        said = value.get("description", "")
        if said.startswith("Not imported"):
            ignored.append(f"`{key}`")
            continue
        words = " ".join(word for word in (f"{_kind(value, schema)}.", said) if word)
        name = f"**`{key}`**" if key in required else f"`{key}`"
        lines.append(f"| {name} | {words} | {'' if key in required else _default(value)} |")
    if ignored:
        lines += ["", f"Known, but not imported: {', '.join(ignored)}."]
    return "\n".join([*lines, ""])


def _default(value: dict[str, Any]) -> str:
    default = value.get("default")
    if default is None:
        return "an empty list" if value.get("type") == "array" else ""
    return (
        f"`{str(default).lower() if isinstance(default, bool) else default}`" if not isinstance(default, dict) else ""
    )


def _kind(value: dict[str, Any], schema: dict[str, Any]) -> str:
    if "anyOf" in value:
        return " or ".join(_kind(one, schema) for one in value["anyOf"] if one.get("type") != "null")
    if "$ref" in value:
        (name,) = _names(value)
        return f"an object: {schema['$defs'][name]['description'].partition(':')[0].rstrip('.')}"
    if value.get("type") == "array":
        kind = _kind(value["items"], schema)
        return (
            f"a list of objects: {kind.partition(': ')[2]}" if kind.startswith("an object") else f"a list, each {kind}"
        )
    if "enum" in value:
        return "one of " + ", ".join(f"`{word}`" for word in value["enum"] if word)
    if "x-refers-to" in value:
        return f"the `id` of one of `{value['x-refers-to']}`"
    return _plain(value)


def _plain(value: dict[str, Any]) -> str:
    inner = value.get("additionalProperties")
    limit = inner.get("maxLength") if isinstance(inner, dict) else value.get("maxLength")
    size = f", {limit} characters at most" if limit else ""
    match value.get("type"):
        case "object":
            return f"a text by language{size}"
        case "integer":
            return f"a whole number from {value['minimum']} to {value['maximum']}"
        case "number":
            return f"a number from {value['minimum']:g} to {value['maximum']:g}"
        case "boolean":
            return "`true` or `false`"
    if value.get("format"):
        return {"uri": f"the address of a page{size}", "email": "a mail address", "date": "a date"}[value["format"]]
    return _text(value.get("pattern", ""), size)


def _text(pattern: str, size: str) -> str:
    known = {
        "^[a-z0-9](?:": f"a short name{size}",
        r"^\d{4}": "a moment",
        r"^\d{2}:": "a time of day",
        "^#": "a colour",
    }
    for start, words in known.items():
        if pattern.startswith(start):
            return words
    code = pattern.strip("^$").removeprefix("(?:").removesuffix(")").replace("|", "\\|")
    return f"a code: `{code}`{size}" if pattern else f"a text of one line{size}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")

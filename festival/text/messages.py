"""Collect and compile translations without the gettext programs: `python -m festival.text.messages collect|compile`.

Strings are written in English; `festival/locale/LANGUAGE` has their translation. Compiled catalogues are not committed.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "festival" / "locale"
CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))
SOURCES = ("festival", "program", "tickets", "awards", "templates")
KEYWORDS = {
    name: spec
    for names, spec in (
        (("_", "gettext", "gettext_lazy", "gettext_noop"), None),
        (("ngettext", "ngettext_lazy"), (1, 2)),
        (("pgettext", "pgettext_lazy", "_p"), ((1, "c"), 2)),
        (("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
    )
    for name in names
}


def compile_catalogues() -> None:
    """Write the `.mo` beside each `.po` that is newer."""
    for source in CATALOGUES:
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def found() -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """Return every string of the source: (context, msgid, plural) -> places. Needs Babel, which the tests install."""
    strings: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for path in _files():
        for line, function, message in _extract(path):
            strings.setdefault(_entry_key(function, message), []).append((str(path.relative_to(ROOT)), str(line)))
    return strings


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "node_modules" not in path.parts:
                yield path


def _extract(path: Path) -> Iterator[tuple[int, str, object]]:
    from babel.messages.extract import extract  # noqa: PLC0415 -- only the tests and `make messages` have Babel
    from django.utils.translation.template import templatize  # noqa: PLC0415 -- slow import

    text = path.read_text(encoding="utf-8")
    method = "python"
    if path.suffix != ".py":
        # The templates become something like a script, which only the lenient reader of JavaScript takes.
        text, method = templatize(text, origin=str(path)), "javascript"
    for line, message, _comments, context in extract(method, io.BytesIO(text.encode()), KEYWORDS):
        yield line, context or "", message


def _entry_key(context: str, message: object) -> tuple[str, str, str]:
    if isinstance(message, tuple):
        return context, str(message[0]), str(message[1])
    return context, str(message), ""


def collect() -> None:
    """Bring every catalogue up to date: new strings come in empty, unused ones go."""
    strings = found()
    for path in CATALOGUES:
        _bring_up_to_date(path, strings)


def _bring_up_to_date(path: Path, strings: dict[tuple[str, str, str], list[tuple[str, str]]]) -> None:
    old = polib.pofile(str(path))
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=110)
    new.metadata = old.metadata
    for key in sorted(strings):
        context, msgid, plural = key
        entry = known.get(key) or polib.POEntry(msgctxt=context or None, msgid=msgid, msgid_plural=plural or None)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.flags = [flag for flag in ("python-format",) if "%(" in msgid]
        entry.occurrences = [(place, "") for place in sorted({place for place, _ in strings[key]})]
        new.append(entry)
    new.save(str(path))


if __name__ == "__main__":
    import django
    from django.conf import settings

    if sys.argv[1:] == ["collect"]:
        settings.configure()
        django.setup()
        collect()
    elif sys.argv[1:] == ["compile"]:
        compile_catalogues()
    else:
        sys.exit("usage: python -m festival.text.messages collect|compile")

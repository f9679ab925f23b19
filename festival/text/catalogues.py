"""What the interface says in a language that we have no catalogue for: English, whole.

Django would fall back to the main language's catalogue, so that a page in Dutch would speak French; and where Wagtail's
own catalogue of the language happens to know one of our words, it would speak a bit of each.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import to_locale, trans_real

from festival.text.borrowed import SENTENCES
from festival.text.languages import installed_languages
from festival.text.preference import general_form


def speak_english_where_untranslated() -> None:
    """Make our own words English in every language of the installation without a catalogue of ours."""
    for code in installed_languages():
        if general_form(code) != "en" and not _has_catalogue(code):
            catalogue: Any = trans_real.translation(code)
            catalogue.merge(_OurWords())
            catalogue._fallback = None  # noqa: SLF001 -- gettext has no way to take one away


def interface_language(code: str) -> str:
    """Return the language in which our own words stand on a page in `code`: it, or English without a catalogue."""
    return _spoken(code, settings.LOCALE_PATHS[0])


@lru_cache(maxsize=64)
def _spoken(code: str, _folder: object) -> str:
    """Keep the answer: every page asks for it at each of our words."""
    return code if general_form(code) == "en" or _has_catalogue(code) else "en"


class _OurWords(NullTranslations):
    """Every sentence of ours, translated by itself; plurals are found nowhere else, so gettext says them as written."""

    plural = staticmethod(lambda n: int(n != 1))

    def __init__(self) -> None:
        super().__init__()
        self._info: dict[str, str] = {}
        self._catalog = {key: key.rpartition("\x04")[2] for key in _our_sentences() if isinstance(key, str) and key}


def _our_sentences() -> set[Any]:
    """Return the keys of our catalogues: strings, with their context in front, and pairs for plurals."""
    found: set[Any] = set()
    for path in _folder().glob("*/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            found |= set(GNUTranslations(file)._catalog)  # type: ignore[attr-defined]  # noqa: SLF001 -- as Django does
    return found - SENTENCES  # a package says its own in more languages than we do


def _has_catalogue(code: str) -> bool:
    return _is_there(_folder(), frozenset({to_locale(code), to_locale(general_form(code))}))


@lru_cache(maxsize=64)
def _is_there(folder: Path, names: frozenset[str]) -> bool:
    return any((folder / name / "LC_MESSAGES" / "django.mo").exists() for name in names)


def _folder() -> Path:
    return Path(settings.LOCALE_PATHS[0])

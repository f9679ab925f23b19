"""The languages of the installation: the first is the main one, which every text must have.

`settings.LANGUAGES` is the one list of what the site speaks. How French and English write dates and prices stands in
`typography`, how names are filed in `collation`; what any language is called comes from Django.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import override

from festival.text.preference import general_form, order_of_preference

_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")


def read_languages(value: str) -> list[tuple[str, str]]:
    """Return Django's LANGUAGES for a list such as `fr,en`, each language with the name it gives itself.

    Raises ImproperlyConfigured, in one sentence, for an empty list, an unknown code and a code named twice.
    """
    codes = [code.strip().lower() for code in value.split(",") if code.strip()]
    if not codes:
        raise ImproperlyConfigured("LANGUAGES must name at least one language, for example LANGUAGES=fr,en.")
    for position, code in enumerate(codes):
        if code in codes[:position]:
            raise ImproperlyConfigured(f"LANGUAGES names the language “{code}” twice.")
        if "name_local" not in LANG_INFO.get(code, {}):
            raise ImproperlyConfigured(f"LANGUAGES names “{code}”, which is not the code of a language Django knows.")
    return [(code, _capitalised(LANG_INFO[code]["name_local"])) for code in codes]


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def is_language_code(code: object) -> bool:
    """Return whether this is written like the code of a language, such as `fr` or `pt-br`, installed or not."""
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def main_language() -> str:
    """Return the code of the language that every text must have."""
    return settings.LANGUAGE_CODE


def installed_languages() -> dict[str, str]:
    """Return the languages of the installation in their order: code -> the name it gives itself."""
    return {code: str(name) for code, name in settings.LANGUAGES}


def is_right_to_left(code: str) -> bool:
    """Return whether the language is written from right to left."""
    return general_form(code) in settings.LANGUAGES_BIDI


def in_order_of_preference(wanted: str) -> Iterator[str]:
    """Yield the codes to try for a reader of `wanted`: it, its general form, the main language, the others."""
    return order_of_preference(wanted, [main_language(), *installed_languages()])


def in_all_languages(sentence: Promise) -> dict[str, str]:
    """Return a sentence of our own in every language of the installation, for a text that is stored in all of them."""
    found = {}
    for code in installed_languages():
        with override(code):
            found[code] = str(sentence)
    return found

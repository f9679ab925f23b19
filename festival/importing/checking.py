"""Asks pydantic about one object of a file and turns its errors into faults with their place, in plain words."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from festival.importing import times
from festival.importing.faults import Fault, join, shown
from festival.importing.values import Context, Row
from festival.text.languages import installed_languages, is_language_code

_OTHER = gettext_lazy("%(value)s is not understood (%(reason)s)")
_SENTENCES = {
    "string_type": gettext_lazy("must be a text, not %(value)s"),
    "int_type": gettext_lazy("must be a whole number, not %(value)s"),
    "float_type": gettext_lazy("must be a number, not %(value)s"),
    "bool_type": gettext_lazy("must be true or false, not %(value)s"),
    "list_type": gettext_lazy("must be a list"),
    "model_type": gettext_lazy("must be an object"),
    "greater_than_equal": gettext_lazy("%(value)s is too small: %(limit)s at least"),
    "less_than_equal": gettext_lazy("%(value)s is too large: %(limit)s at most"),
    "too_short": gettext_lazy("must not be empty"),
    "too_long": gettext_lazy("is too long: %(limit)s entries at most"),
}


def check[R: Row](kind: type[R], data: object, context: Context) -> tuple[R | None, list[Fault]]:
    """Return what `data` describes, or None and all that is wrong with it."""
    try:
        return kind.model_validate(data, context=context), []
    except ValidationError as error:
        return None, [_fault(kind, details) for details in error.errors(include_url=False)]


def words_of(data: dict[str, Any], name: str, key: str) -> Iterator[tuple[str, str]]:
    """Yield the texts at `key` of the objects in list `name`, with their places; other shapes are passed over."""
    listed = data.get(name)
    for place, item in enumerate(listed if isinstance(listed, list) else ()):
        found = item.get(key) if isinstance(item, dict) else None
        if isinstance(found, str):
            yield join(name, place, key), found


def doubles(places: Iterable[tuple[str, object]]) -> Iterator[Fault]:
    """Yield a fault for each value that was at an earlier place; `-` and `_` in names are the same."""
    first: dict[object, str] = {}
    for path, value in places:
        same = value.casefold().replace("_", "-") if isinstance(value, str) else value
        if same in first:
            yield Fault(path, _("%(value)s is at %(place)s already") % {"value": shown(value), "place": first[same]})
        else:
            first[same] = path


def notes(data: object) -> Iterator[Fault]:
    """Yield what is taken from the file but should be known: times that a clock shows twice, languages nobody reads."""
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            codes = [code for code in value if is_language_code(code) and isinstance(value[code], str)]
            if codes and len(codes) == len(value) and set(codes) & set(installed_languages()):
                for code in sorted(set(codes) - set(installed_languages())):
                    yield Fault(join(path, code), _("is kept, but this site does not show that language"))
                continue
            waiting += [(join(path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(join(path, place), value[place]) for place in reversed(range(len(value)))]
        elif isinstance(value, str) and (second := times.other_reading(value)):
            words = {"value": shown(value), "second": second.isoformat(timespec="minutes")}
            yield Fault(
                path, _("%(value)s happens twice that night; the first is taken, %(second)s is the other") % words
            )


def _fault(kind: type[Row], error: ErrorDetails) -> Fault:
    place = join("", *error["loc"], *error.get("ctx", {}).get("below", ()))
    if error["type"] == "extra_forbidden":
        return Fault(place, _unknown_key(kind, error["loc"]))
    return Fault(place, _sentence(error))


def _sentence(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "said":
        return error["msg"]
    if error["type"] == "missing" or error["input"] is None:
        return _("is missing")
    sentence = str(_SENTENCES.get(error["type"], _OTHER))
    limit = context.get("ge", context.get("le", context.get("max_length")))
    return sentence % {"value": shown(error["input"]), "limit": limit, "reason": error["msg"]}


def _unknown_key(kind: type[Row], loc: tuple[int | str, ...]) -> str:
    known = list(keys_of(_below(kind, loc[:-1])))
    if near := get_close_matches(str(loc[-1]), known, n=1):
        return _("is no key that an import knows; “%(near)s” may be meant") % {"near": near[0]}
    return _("is no key that an import knows")


def keys_of(kind: type[Row]) -> Iterator[str]:
    """Yield the keys of an object of this kind, as the file writes them."""
    for name, field in kind.model_fields.items():
        yield field.alias or name


def rows_in(annotation: object) -> type[Row] | None:
    """Return the kind of object in a type such as `list[Hours]` or `Move | None`; None where it has none."""
    if isinstance(annotation, type) and issubclass(annotation, Row):
        return annotation
    inner = (rows_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found), None)


def _below(kind: type[Row], loc: tuple[int | str, ...]) -> type[Row]:
    for place in loc:
        for name, field in kind.model_fields.items():
            if place == (field.alias or name):
                kind = rows_in(field.annotation) or kind
    return kind

"""The kinds of values in a file, as types of pydantic: what each takes, in which range, and the sentence of its fault.

`row()` of `festival.importing.checking` asks them; the JSON schema of the file is made from them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from festival.importing import times
from festival.importing.faults import shown, unknown
from festival.models import MOST_PLACES
from festival.text.languages import is_language_code, main_language
from festival.typed import cleaning, currencies, mail_addresses

SHORT_NAME = r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
URL_LENGTH = 200
NOT_IMPORTED = "Not imported."  # the description of a key that files have and an import passes over
_web_address = URLValidator(schemes=["http", "https"])


class Row(BaseModel):
    """An object of the file: nothing is converted in silence, and no key is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(slots=True)
class Context:
    """What is known of the whole file while one row is read.

    `names` has the short names of each list by its key; `days` the dates of the edition, or None where the file does
    not say them so that they can be read.
    """

    names: dict[str, set[str]] = field(default_factory=dict)
    days: frozenset[date] | None = None
    day_starts_at: time = time(5)


def fault(sentence: str, *below: str | int) -> PydanticCustomError:
    """Return the error that puts `sentence` at the place of the value, or `below` it."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence, "below": below})


def cleaned(text: str, *below: str, is_single_line: bool) -> str:
    """Return a text as it is kept; every text of a file passes here.

    By the one rule of `festival.typed.cleaning`. Raises PydanticCustomError for half characters and NUL: a file that
    has them was damaged.
    """
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise fault(_("has a character that is broken (half of a pair, or NUL)"), *below)
    return cleaning.line(text) if is_single_line else cleaning.paragraphs(text)


def line(limit: int, *, required: bool = False) -> list[Any]:
    """Return the marks of a text of one line with at most `limit` characters."""

    def check(text: str) -> str:
        text = cleaned(text, is_single_line=True)
        if required and not text:
            raise fault(_("must not be empty"))
        return _within(text, limit)

    return [AfterValidator(check), _text_schema(maxLength=limit)]


def texts(limit: int = 0, *, required: bool = False) -> list[Any]:
    """Return the marks of a text in several languages; `limit` makes it a text of one line, else lines stay lines."""

    def check(value: object) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(words, str) for words in value.values()):
            raise fault(_('must be an object with a text for each language, such as {"fr": …, "en": …}'))
        if strange := [code for code in value if not is_language_code(code) or len(code) > 12]:
            raise fault(_("is not the code of a language"), strange[0])
        found = {
            code: _within(cleaned(words, code, is_single_line=bool(limit)), limit, code)
            for code, words in value.items()
        }
        if required and not found.get(main_language()):
            raise fault(_("is missing; every text needs the main language"), main_language())
        return {code: words for code, words in found.items() if words}

    shape: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"}}
    if limit:
        shape["additionalProperties"]["maxLength"] = limit
    if required:
        shape["required"] = [main_language()]
    return [PlainValidator(check), WithJsonSchema(shape)]


def short_name(limit: int = 50) -> list[Any]:
    """Return the marks of what addresses, feeds and references call a row by: `a-z`, `0-9`, `-` and `_`."""

    def check(text: str) -> str:
        if re.fullmatch(SHORT_NAME, text):
            return _within(text, limit)
        near = slugify(text)[:limit].strip("-_")
        words = {"value": shown(text), "near": near}
        if near:
            sentence = _("%(value)s is no short name: a to z, 0 to 9 and hyphens between; “%(near)s” would be one")
        else:
            sentence = _("%(value)s is no short name: a to z, 0 to 9 and hyphens between")
        raise fault(sentence % words)

    return [AfterValidator(check), _text_schema(pattern=f"^{SHORT_NAME}$", maxLength=limit)]


def reference(names: str) -> list[Any]:
    """Return the marks of a short name that another row of the file has: one of the list `names`."""

    def check(text: str, info: ValidationInfo[Context]) -> str:
        known = info.context.names.get(names, set())
        if text not in known:
            raise fault(unknown(text, known))
        return text

    return [AfterValidator(check), _text_schema(**{"x-refers-to": names})]


def one_of(words: Iterable[str]) -> list[Any]:
    """Return the marks of one of a few words."""
    known = list(words)

    def check(text: str) -> str:
        if text not in known:
            raise fault(unknown(text, known))
        return text

    return [AfterValidator(check), _text_schema(enum=known)]


def whole(least: int, most: int) -> list[Any]:
    """Return the marks of a whole number of this range, both ends in it."""
    return [Field(ge=least, le=most)]


def pattern(expression: str, example: str, limit: int) -> list[Any]:
    """Return the marks of a code that an expression describes whole."""

    def check(text: str) -> str:
        if not re.fullmatch(expression, text, re.ASCII) or len(text) > limit:
            raise fault(
                _("%(value)s is no such code; one would be “%(example)s”") % {"value": shown(text), "example": example}
            )
        return text

    return [AfterValidator(check), _text_schema(pattern=f"^(?:{expression})$", maxLength=limit)]


def _text_schema(**keys: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string"} | keys)


def _within(text: str, limit: int, *below: str) -> str:
    if limit and len(text) > limit:
        sizes = {"limit": limit, "length": len(text)}
        raise fault(_("is too long: %(limit)d characters at most; there are %(length)d") % sizes, *below)
    return text


def _colour(text: str) -> str:
    if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text):
        raise fault(_("%(value)s is no colour; write one such as #1d5c63") % {"value": shown(text)})
    return text if len(text) == 7 else "#" + "".join(digit * 2 for digit in text[1:])


def _website(text: str) -> str:
    text = _within(cleaned(text, is_single_line=True), URL_LENGTH)
    # A name before the host makes an address look like another's.
    if not _is_web_address(text) or urlsplit(text).username is not None:
        sentence = _("%(value)s is no address of a page; it begins with https:// or http://")
        raise fault(sentence % {"value": shown(text)})
    return text


def _is_web_address(text: str) -> bool:
    try:
        _web_address(text)
    except ValidationError:
        return False
    return True


def _mail_address(text: str) -> str:
    try:
        return mail_addresses.canonical(text)
    except mail_addresses.InvalidAddress:
        raise fault(_("%(value)s is no mail address") % {"value": shown(text)}) from None


def _said[T](reader: Callable[[object], T]) -> Callable[[object], T]:
    def check(value: object) -> T:
        try:
            return reader(value)
        except ValueError as error:
            raise fault(f"{shown(value)} {error}") from None

    return check


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _currency(code: str) -> str:
    if not currencies.is_counted_in_cents(code):
        raise fault(_("%(value)s is no currency that is counted in hundredths, as EUR is") % {"value": shown(code)})
    return code


def _rounded(number: float) -> Decimal:
    return Decimal(str(number)).quantize(Decimal("0.00001"))


Words = dict[str, str]
Colour = Annotated[str, AfterValidator(_colour), _text_schema(pattern="^#([0-9A-Fa-f]{3}){1,2}$")]
Website = Annotated[str, AfterValidator(_website), _text_schema(format="uri", maxLength=URL_LENGTH)]
MailAddress = Annotated[str, AfterValidator(_mail_address), _text_schema(format="email")]
LanguageCode = Annotated[str, *pattern(r"[a-z]{2,3}(?:-[a-z0-9]+)*", "fr", 12)]
Code = Annotated[str, *pattern(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", "captions-fr", 40)]
Country = Annotated[str, *pattern("[A-Z]{2}", "FR", 2)]
Currency = Annotated[str, *pattern("[A-Z]{3}", "EUR", 3), AfterValidator(_currency)]
Places = Annotated[int, *whole(1, MOST_PLACES)]
Latitude = Annotated[float, Field(ge=-90, le=90), AfterValidator(_rounded)]
Longitude = Annotated[float, Field(ge=-180, le=180), AfterValidator(_rounded)]
Day = Annotated[date, PlainValidator(_said(times.read_day)), _text_schema(format="date")]
_CLOCK = _text_schema(pattern=r"^\d{2}:\d{2}(:\d{2})?$")
Opens = Annotated[time, PlainValidator(_said(times.read_clock)), _CLOCK]
Closes = Annotated[time, PlainValidator(_said(lambda value: times.read_clock(value, is_end=True))), _CLOCK]
Moment = Annotated[
    datetime,
    PlainValidator(_said(times.read_moment)),
    _text_schema(pattern=r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$"),
]
EmptyIsNone = BeforeValidator(_empty_is_none)

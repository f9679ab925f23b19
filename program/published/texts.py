"""A text of the published programme in all languages of its edition. Plain Python, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from festival.text.preference import order_of_preference
from program.published.fields import Reading


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in each language of the edition, the main one first; what is not translated is empty."""

    translations: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, by_language: Mapping[str, str], languages: Sequence[str]) -> "Text":
        """Return the text with `languages` in their order, then whatever other language `by_language` holds."""
        order = [*languages, *(code for code in by_language if code not in languages)]
        return cls(tuple((code, by_language.get(code, "")) for code in order))

    def __bool__(self) -> bool:
        return any(words for _code, words in self.translations)

    def language(self, wanted: str) -> str:
        """Return the language in which a reader of `wanted` gets it: that, its general form, the main one, any."""
        filled = [code for code, words in self.translations if words]
        return next((code for code in order_of_preference(wanted, filled) if code in filled), wanted)

    def read(self, wanted: str) -> str:
        """Return the text in `wanted`, or in the language that stands in for it."""
        return self.by_language.get(self.language(wanted), "")

    @property
    def by_language(self) -> dict[str, str]:
        """The text by language code, as a snapshot holds it."""
        return dict(self.translations)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read and write it as a JSON object with a key per language."""
        return core_schema.with_info_after_validator_function(
            _in_order,
            core_schema.dict_schema(core_schema.str_schema(), core_schema.str_schema()),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda text: text.by_language,
                return_schema=core_schema.dict_schema(core_schema.str_schema(), core_schema.str_schema()),
            ),
        )


def _in_order(by_language: dict[str, str], info: ValidationInfo[Reading]) -> Text:
    return Text.of(by_language, info.context.languages)

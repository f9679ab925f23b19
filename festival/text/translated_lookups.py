"""Lookups and orders on a column that holds a text in all languages, the same on SQLite and PostgreSQL.

- in one language: `filter(name__fr__startswith="Quai")`
- in any language: `filter(name__icontains="quay")`
- translated into English: `filter(name__has_key="en")`
- by what a reader of the active language is shown: `order_by("name__shown")`
- by what a reader of English is shown: `order_by(in_language("name", "en"))`
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Lookup, TextField, Transform
from django.db.models.expressions import Combinable
from django.db.models.fields.json import HasAnyKeys, HasKey, HasKeys, JSONExact, JSONIn  # type: ignore[attr-defined]
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Contains, IContains, IsNull
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language

from festival.text.languages import in_order_of_preference, is_language_code, main_language

Sql = tuple[str, tuple[Any, ...]]


class InLanguage(Transform):
    """The text in exactly this language; NULL where it is missing."""

    output_field = TextField()

    def __init__(self, code: str, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.code = code

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:  # type: ignore[override]
        """Return the expression of PostgreSQL."""
        column, params = compiler.compile(self.lhs)
        return f"({column} ->> %s)", (*params, self.code)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:  # type: ignore[override]
        """Return the expression of SQLite."""
        column, params = compiler.compile(self.lhs)
        return f"JSON_EXTRACT({column}, %s)", (*params, f"$.{json.dumps(self.code)}")


class Shown(Transform):
    """What a reader of `language` (else of the language that is active when the query runs) is shown."""

    output_field = TextField()

    def __init__(self, *expressions: Any, language: str | None = None, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.language = language

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:  # type: ignore[override]
        """Return the first text that there is, in the order in which `Text` looks for one."""
        wanted = self.language or get_language() or main_language()
        texts = [InLanguage(code, self.lhs) for code in dict.fromkeys(in_order_of_preference(wanted))]
        sql, params = compiler.compile(Coalesce(*texts) if len(texts) > 1 else texts[0])
        return sql, tuple(params)


class _AnyLanguage(Func):
    """The texts in all languages, one after the other."""

    output_field = TextField()
    template = "(SELECT STRING_AGG(value, E'\\n') FROM JSONB_EACH_TEXT(%(expressions)s))"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        """Return the expression of SQLite."""
        template = "(SELECT GROUP_CONCAT(value, CHAR(10)) FROM JSON_EACH(%(expressions)s))"
        sql, params = self.as_sql(compiler, connection, template=template)
        return sql, tuple(params)


class _ContainsInAnyLanguage(Contains):
    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(_AnyLanguage(lhs), rhs)


class _IContainsInAnyLanguage(IContains):
    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(_AnyLanguage(lhs), rhs)


class _Exact(JSONExact):
    """Compares all languages at once; a string would only match rows without any other language."""

    def get_prep_lookup(self) -> Any:
        """Raise TypeError for a string."""
        if isinstance(self.rhs, str):
            raise TypeError("Name the language to compare a text with a string, for example name__fr=…")
        return super().get_prep_lookup()


LOOKUPS: dict[str, type[Lookup[Any]]] = {
    "exact": _Exact,
    "in": JSONIn,
    "isnull": IsNull,
    "contains": _ContainsInAnyLanguage,
    "icontains": _IContainsInAnyLanguage,
    "has_key": HasKey,
    "has_keys": HasKeys,
    "has_any_keys": HasAnyKeys,
}


def transform(name: str) -> Callable[..., Transform] | None:
    """Return what `field__<name>` stands for: `shown`, or the code of a language, installed or not."""
    if name == "shown":
        return Shown
    return partial(InLanguage, name) if is_language_code(name) else None


def in_language(field: str, code: str) -> Shown:
    """Return what a reader of this language is shown, to annotate or to order by; follows relations."""
    return Shown(F(field), language=code)


def sort_key(field: str) -> Combinable:
    """Return what the reader of the active language is shown, without the difference of small and capital letters."""
    return Lower(Shown(F(field)))

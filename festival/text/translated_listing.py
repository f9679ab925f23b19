"""Lists of the admin with texts in all languages: their order is that of the words, their export has every language."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.utils.text import capfirst

from festival.text.languages import installed_languages
from festival.text.texts import Text
from festival.text.translated import TranslatedTextField

_COLUMN = ".by_language."


def language_columns(name: str) -> list[str]:
    """Return what to put in `list_export` for one column for each language of the installation."""
    return [f"{name}{_COLUMN}{code}" for code in installed_languages()]


class TranslatedListing:
    """For an `IndexView` of Wagtail, in front of it."""

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Order by what the reader is shown where Wagtail would order by the JSON of the column."""
        ordered: QuerySet[Any] = super().order_queryset(queryset)  # type: ignore[misc]
        # Without an order of its own the query keeps that of the model, which `order_by()` would take away.
        named = list(_by_words(ordered.model, ordered.query.order_by))
        return ordered.order_by(*named) if named else ordered

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        """Return the cells of an export; a text is a string, so that what guards strings guards it too."""
        cells: dict[str, Any] = super().to_row_dict(item)  # type: ignore[misc]
        return {name: str(cell) if isinstance(cell, Text) else cell for name, cell in cells.items()}

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        """Return the heading of an exported column, with the language if it has one."""
        name, _separator, code = field.partition(_COLUMN)
        heading: str = super().get_heading(queryset, name)  # type: ignore[misc]
        return f"{heading} ({capfirst(installed_languages()[code])})" if code else heading


def _by_words(model: type[Model], ordering: Iterable[Any]) -> Iterable[str | Combinable | OrderBy]:
    for name in ordering:
        if isinstance(name, str) and _is_translated(model, name.removeprefix("-")):
            # An expression, because Wagtail's search takes no other names to order by than those it indexes.
            shown = F(f"{name.removeprefix('-')}__shown")
            yield shown.desc() if name.startswith("-") else shown.asc()
        else:
            yield name


def _is_translated(model: type[Model], path: str) -> bool:
    """Return whether the path ends with the field itself; it may follow relations."""
    field: Any = None
    for part in path.split("__"):
        try:
            field = (field.related_model if field else model)._meta.get_field(part)
        except (AttributeError, FieldDoesNotExist):
            return False
    return isinstance(field, TranslatedTextField)

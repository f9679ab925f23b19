"""Writes rows of an import and remembers what that changed, table by table, so that it can be told and asked before."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from festival.core.holders import holders_of
from festival.importing.faults import Fault, join


@dataclass(slots=True)
class Table:
    """What happened to one table. `changed` has the fields by name of the row."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, set[str]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)


@dataclass(slots=True)
class Changes:
    """What an import did, what people should know of it, and what stood in its way."""

    tables: dict[str, Table] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(self.tables.values())

    def table(self, name: str) -> Table:
        """Return what happened to the table that the file calls `name`."""
        return self.tables.setdefault(name, Table())

    def put[M: Model](
        self,
        row: M | None,
        kind: type[M],
        path: str,
        values: Mapping[str, Any],
        at_first: Mapping[str, Any],
        *,
        table: str = "",
    ) -> M:
        """Bring a row to `values`, or make it of both mappings; only what differs is saved.

        None stands for "not said" where the column has no NULL. What the row itself refuses is a Fault at `path`.
        """
        happened, name = self.table(table or _table_of(path)), _name(at_first)
        if row is None:
            row = kind(**{key: _filled(kind, key, value) for key, value in {**values, **at_first}.items()})
            _checked(row, path).save()
            happened.created.append(name)
            return row
        different = set()
        for key, value in values.items():
            wanted = _filled(kind, key, value)
            if getattr(row, key) != wanted:
                setattr(row, key, wanted)
                different.add(key)
        if different:
            _checked(row, path).save()
            happened.changed.setdefault(name, set()).update(different)
        return row

    def put_list(self, path: str, name: str, key: str, manager: Any, wanted: Iterable[Model]) -> None:
        """Bring a list of references to `wanted`; the row `name` counts as changed when it had others."""
        rows = list(wanted)
        if set(manager.all()) != set(rows):
            manager.set(rows)
            self.touch(path, name, key)

    def drop(self, manager: Any, names: Iterable[str], table: str, key: str, *, keeps: Iterable[str]) -> list[str]:
        """Remove the rows that `manager` finds by these values of `key`; returns the names of those that stay."""
        rows = [(row, str(getattr(row, key))) for row in manager.filter(**{f"{key}__in": sorted(names)})]
        return [name for row, name in rows if not self.remove(row, table, name, keeps=keeps)]

    def touch(self, path: str, name: str, key: str) -> None:
        """Count a row as changed in `key`, unless it was created just now."""
        table = self.table(_table_of(path))
        if name not in table.created:
            table.changed.setdefault(name, set()).add(key)

    def remove(self, row: Model, table: str, name: str, *, keeps: Iterable[str]) -> bool:
        """Delete a row that the file has no more; returns whether it is gone.

        What refers to it stays: rows of the apps in `keeps` keep it, with a note; anything else, such as a ticket,
        is a fault.
        """
        users = holders_of(row)
        if not users:
            row.delete()
            self.table(table).removed.append(name)
            return True
        words = {"name": name, "uses": get_text_list(_counted(users), _("and"))}
        if {user._meta.app_label for user in users} <= set(keeps):
            sentence = _("“%(name)s” is not in the file but stays, as it is in use: %(uses)s")
            self.notes.append(Fault(table, sentence % words))
        else:
            sentence = _("“%(name)s” is not in the file, but in use: %(uses)s; put it back, or import with --keep")
            self.faults.append(Fault(table, sentence % words))
        return False


def _table_of(path: str) -> str:
    return path.split("[")[0].rpartition(".")[2]


def _name(at_first: Mapping[str, Any]) -> str:
    """Return what people call a row: its short name, date or number."""
    return str(next(at_first[key] for key in ("slug", "date", "number") if key in at_first))


def _filled(kind: type[Model], key: str, value: Any) -> Any:
    column = kind._meta.get_field(key)
    if isinstance(value, dict | list):
        value = copy(value)
    if value is None and isinstance(column, Field) and not column.null:
        value = column.get_default()
    return column.to_python(value) if isinstance(column, Field) and not column.is_relation else value


def _checked[M: Model](row: M, path: str) -> M:
    """Return the row, or raise Faults with what its columns and its `clean` refuse. Asks no other table."""
    relations = {column.name for column in row._meta.fields if column.is_relation}
    try:
        row.clean_fields(exclude=relations)
        row.clean()
    except ValidationError as error:
        key, sentences = next(iter(error.message_dict.items()))
        raise Fault(path if key == "__all__" else join(path, key), sentences[0]) from error
    return row


def _counted(rows: list[Model]) -> list[str]:
    kinds: dict[type[Model], int] = {}
    for row in rows:
        kinds[type(row)] = kinds.get(type(row), 0) + 1
    return [
        f"{count} {kind._meta.verbose_name if count == 1 else kind._meta.verbose_name_plural}"
        for kind, count in kinds.items()
    ]

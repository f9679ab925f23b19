"""What holds on to a row, so that it is not deleted."""

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector


def holders_of(row: Model) -> list[Model]:
    """Return the rows of others that keep a stored row from being deleted.

    Those that protect it, or something that would go with it; and those that have one of these in a list of theirs,
    such as a pass its days: it would be gone from there without a word, and the pass would be valid for less.
    """
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
    except ProtectedError as error:
        return _once([*error.protected_objects, *_listing([row])])
    except RestrictedError as error:
        return _once([*error.restricted_objects, *_listing([row])])
    going = list(chain(*collector.data.values(), *collector.fast_deletes))
    return [holder for holder in _once(_listing(going)) if holder not in going]


def _listing(going: Iterable[Any]) -> list[Model]:
    """Return the rows that name one of `going` in a relation of many to many."""
    found: list[Model] = []
    for _name, group in groupby(sorted(going, key=_kind), key=_kind):
        rows = list(group)
        keys = [row.pk for row in rows]
        for relation in rows[0]._meta.get_fields(include_hidden=True):
            if relation.many_to_many and relation.auto_created and not relation.concrete:
                listing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
                found += listing.distinct()
    return found


def _kind(row: Model) -> str:
    return row._meta.label


def _once(rows: Iterable[Model]) -> list[Model]:
    return list(dict.fromkeys(rows))

"""What must hold in the working tables of the programme, checked by `fsck`."""

from collections.abc import Iterator

from django.db.models import F, Max, Model, Q

from festival.core import series
from festival.models import Edition
from program.models import Book, Exhibitor, Occurrence, Room, Session, Venue
from program.timetable.numbering import KIND

# What a row of a table refers to, in single references and in lists.
_TIES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Venue, ("sections",)),
    (Room, ("venue",)),
    (Session, ("section", "format", "track", "tags")),
    (Occurrence, ("session", "room", "fallback_room", "moved_from_room")),
    (Exhibitor, ("track", "days")),
    (Book, ("sessions",)),
)


def violations() -> list[str]:
    """Return a sentence for each row that refers to another edition's, and for each number that could come again."""
    return [line for check in CHECKS for line in check()]


def _strange_references() -> Iterator[str]:
    for model, names in _TIES:
        for name in names:
            # "Greater or less" joins lists of rows; "not equal" would ask for rows that have no equal one at all.
            other = Q(**{f"{name}__edition__gt": F("edition")}) | Q(**{f"{name}__edition__lt": F("edition")})
            for pk in model._default_manager.filter(other).order_by("pk").values_list("pk", flat=True).distinct():
                yield f"{model.__name__} {pk}: {name} belongs to another edition."


def _numbers_to_come() -> Iterator[str]:
    highest = Occurrence.objects.order_by().values_list("edition").annotate(Max("number"))
    editions = Edition.objects.in_bulk([edition for edition, _number in highest])
    for pk, number in highest:
        given = series.last(KIND, edition=editions[pk])
        if number > given:
            yield f"Edition {editions[pk].number}: occurrence {number} is there, but only {given} numbers were given."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_strange_references, _numbers_to_come)

"""What must always hold in the books of who reads what. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator

from django.db.models import F

from awards.models import Assignment, AssignmentBatch


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _batches() -> Iterator[str]:
    """What a plan has made is of its round, and only of a plan that was released."""
    made = Assignment.objects.filter(batch__isnull=False)
    for pair in made.exclude(batch__round=F("round")):
        yield f"Assignment {pair.pk} was made by a plan of another round."
    for pair in made.exclude(batch__state=AssignmentBatch.State.RELEASED):
        yield f"Assignment {pair.pk} was made by a plan that was not released."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_batches,)

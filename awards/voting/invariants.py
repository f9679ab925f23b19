"""What must always hold of a public vote. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator

from django.db.models import Count, F

from awards.models import PublicBallot, PublicGrade, Round, Tally
from awards.results.standing import is_intact
from awards.voting import rules


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _ballots() -> Iterator[str]:
    """A ballot is cast in a vote of the public, while it is open, and has a grade."""
    for ballot in PublicBallot.objects.exclude(round__kind=Round.Kind.PUBLIC):
        yield f"Ballot {ballot.pk} is in a round that is no vote of the public."
    for ballot in PublicBallot.objects.annotate(given=Count("grades")).filter(given=0):
        yield f"Ballot {ballot.pk} has no grade."


def _grades() -> Iterator[str]:
    """What is graded is entered in the vote's call."""
    for grade in PublicGrade.objects.exclude(entry__call=F("ballot__round__call")):
        yield f"Grade {grade.pk} is of a project of another call."


def _frozen() -> Iterator[str]:
    """A frozen vote still has its hashes, and counting its ballots again gives its rows."""
    for tally in Tally.objects.filter(round__kind=Round.Kind.PUBLIC).prefetch_related("rows__entry"):
        if not is_intact(tally):
            yield f"Frozen vote {tally.pk} no longer matches its hash."
        elif tally.code_version == rules.CODE_VERSION:
            kept = [(str(row.entry.uuid), row.cards, row.rank, row.score, row.means) for row in tally.rows.all()]
            again = [(row.entry, row.grades, row.rank, *rules.stored(row).values()) for row in rules.count(tally.input)]
            if kept != again:
                yield f"Frozen vote {tally.pk} is not what its ballots give."


CHECKS = (_ballots, _grades, _frozen)

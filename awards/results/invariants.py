"""What must always hold in the results. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from awards.exceptions import MalformedDossier
from awards.models import CastingVote, Recusal, Tally, TallyRow
from awards.results.dossier import from_dict
from awards.results.estimates import estimated
from awards.results.standing import is_intact
from awards.results.tally import CODE_VERSION, METHOD, count, exact

ALIKE = 1e-3  # points of a hundred


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _votes() -> Iterator[str]:
    """A casting vote is between two projects of its round's call, by a juror of it who had not stepped back."""
    call = F("round__call")
    strange = CastingVote.objects.exclude(preferred__call=call, other__call=call, cast_by__call=call)
    for vote in strange:
        yield f"Casting vote {vote.pk} joins rows of different calls."
    earlier = Recusal.objects.filter(juror=OuterRef("cast_by"), declared_at__lte=OuterRef("cast_at"))
    between = Q(entry=OuterRef("preferred")) | Q(entry=OuterRef("other"))
    for vote in CastingVote.objects.filter(Exists(earlier.filter(between))):
        yield f"Casting vote {vote.pk} was cast by a juror who had stepped back."


def _calls() -> Iterator[str]:
    """A frozen result ranks projects of its own call in categories of its own call."""
    call = F("tally__round__call")
    for row in TallyRow.objects.exclude(entry__call=call, category__call=call):
        yield f"Row {row.pk} of frozen result {row.tally_id} is of another call."


def _frozen_results() -> Iterator[str]:
    """A frozen result still has the hash of its input, and counting that input again gives its rows."""
    for tally in Tally.objects.filter(method=METHOD).prefetch_related("rows__entry"):
        if not is_intact(tally):
            yield f"Frozen result {tally.pk} no longer matches its hash."
        if tally.code_version != CODE_VERSION:
            continue  # recompute it with the version that it names
        stored = [
            (
                str(row.entry.uuid),
                row.cards,
                row.rank,
                row.is_finalist,
                row.decided_by,
                {"score": row.score, "means": row.means},
            )
            for row in tally.rows.all()
        ]
        if _counted(tally) != stored or not _is_as_estimated(tally):
            yield f"Frozen result {tally.pk} is not what its input gives."


def _counted(tally: Tally) -> list[tuple[Any, ...]] | None:
    """Return the rows that the input gives, or None when it contradicts itself."""
    try:
        rows = count(from_dict(tally.input)).rows
    except (MalformedDossier, KeyError, TypeError, ValueError):
        return None
    return [(row.entry, row.cards, row.rank, row.is_finalist, row.decided_by, exact(row)) for row in rows]


def _is_as_estimated(tally: Tally) -> bool:
    """Return whether the adjusted scores are those of the model, as far as two machines add alike."""
    try:
        found = estimated(from_dict(tally.input)).of
    except (MalformedDossier, KeyError, TypeError, ValueError):
        return False
    for row in tally.rows.all():
        own = found.get(str(row.entry.uuid))
        if (row.adjusted is None) != (own is None) or (own and abs(own.adjusted - (row.adjusted or 0)) > ALIKE):
            return False
    return True


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_votes, _calls, _frozen_results)

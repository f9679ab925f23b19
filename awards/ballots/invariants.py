"""What must always hold of ballots. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator

from awards.ballots import tally as rules
from awards.models import BallotVersion, JuryBallot, PairAnswer, Round, Tally
from awards.results.standing import is_intact


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _versions() -> Iterator[str]:
    """The newest version of a ballot is what stands on it, and none is missing."""
    for ballot in JuryBallot.objects.prefetch_related("lines__entry"):
        stands = {str(line.entry.uuid): line.value for line in ballot.lines.all()}
        kept = BallotVersion.objects.filter(ballot=ballot).order_by("version")
        if [item.version for item in kept] != list(range(1, ballot.version + 1)):
            yield f"Ballot {ballot.pk} lacks one of its {ballot.version} versions."
        elif kept and kept[len(kept) - 1].lines != stands:
            yield f"Ballot {ballot.pk} says something else than its last version."


def _calls() -> Iterator[str]:
    """Jurors, rounds and projects of ballots and pairs belong to one call."""
    for ballot in JuryBallot.objects.select_related("round", "juror"):
        if ballot.juror.call_id != ballot.round.call_id:
            yield f"Ballot {ballot.pk} joins a juror and a round of different calls."
    for answer in PairAnswer.objects.select_related("round", "juror", "one", "other"):
        calls = {answer.round.call_id, answer.juror.call_id, answer.one.call_id, answer.other.call_id}
        if len(calls) > 1:
            yield f"Answer {answer.pk} joins rows of different calls."


def _frozen() -> Iterator[str]:
    """A frozen round still has its hashes, and counting its ballots again gives its rows."""
    tallies = Tally.objects.exclude(round__mode=Round.Mode.SCORE).exclude(round__kind=Round.Kind.PUBLIC)
    for tally in tallies.prefetch_related("rows__entry"):
        if not is_intact(tally):
            yield f"Frozen result {tally.pk} no longer matches its hash."
        elif tally.code_version == rules.CODE_VERSION:
            kept = [(str(row.entry.uuid), row.cards, row.rank, row.is_finalist, row.means) for row in tally.rows.all()]
            again = [(row.entry, row.n, row.rank, row.is_finalist, row.said) for row in rules.count(tally.input)]
            if kept != again:
                yield f"Frozen result {tally.pk} is not what its ballots give."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_versions, _calls, _frozen)

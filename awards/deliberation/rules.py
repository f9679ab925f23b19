"""What is on a jury's agenda, when a decision follows the count, and what becomes of a motion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDE = Fraction(40)  # points of 100 between the highest and the lowest card that call for a word


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands in a frozen result."""

    entry: str
    category: str
    rank: int | None
    is_finalist: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """The counts of a motion."""

    votes_for: int
    votes_against: int
    abstentions: int

    @property
    def voters(self) -> int:
        """How many voted, abstentions included: they are in the room."""
        return self.votes_for + self.votes_against + self.abstentions


def follows_count(kind: str, standing: Standing | None, *, winners: int, of_one_category: bool) -> bool:
    """Return whether the frozen result alone leads to the decision.

    `standing` is that of the project, None for a prize that nobody gets. Ranks are of one category, so a prize across
    categories is always the jury's own choice.
    """
    if standing is None or standing.rank is None or not of_one_category:
        return False
    if kind == "winner":
        return standing.rank <= winners
    return kind == "mention" and standing.is_finalist


def result_of(vote: Vote, quorum: int) -> str:
    """Return `carried`, `lost`, `level`, or `no_quorum` when fewer than `quorum` voted. Abstentions carry nothing."""
    if vote.voters < quorum:
        return "no_quorum"
    if vote.votes_for == vote.votes_against:
        return "level"
    return "carried" if vote.votes_for > vote.votes_against else "lost"


def quorum_of(jurors: int, percent: int) -> int:
    """Return how many jurors are more than `percent` of all: more than half for 50, all of them for 100."""
    return max(1, min(jurors, jurors * percent // 100 + 1))


def disagreements(totals: Iterable[tuple[str, Sequence[Fraction]]]) -> list[str]:
    """Return the entries whose cards lie far apart, the widest first, equal ones by their key.

    `totals` are the entries with their cards' totals out of 100.
    """
    spreads = [(max(cards) - min(cards), entry) for entry, cards in totals if len(cards) > 1]
    wide = [(spread, entry) for spread, entry in spreads if spread >= WIDE]
    return [entry for _spread, entry in sorted(wide, key=lambda pair: (-pair[0], pair[1]))]


def close_at_the_cut(rows: Sequence[tuple[str, Fraction]], places: int, margin: Fraction) -> tuple[str, ...]:
    """Return the entries of one category that lie within `margin` of the line between finalists and others.

    `rows` are the ranked entries with their scores, the best first. Empty when the line is clear, or nobody is behind.
    """
    if len(rows) <= places:
        return ()
    above, below = rows[places - 1][1], rows[places][1]
    if above - below > margin:
        return ()
    middle = (above + below) / 2
    return tuple(entry for entry, score in rows if abs(score - middle) <= margin)

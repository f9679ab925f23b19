"""The pair that a juror is asked about now."""

from dataclasses import dataclass

from awards.ballots.choosing import beliefs_of, next_pair
from awards.ballots.queries import answers_of, entries_for, views_of
from awards.counting.pairs import Care
from awards.models import Entry, Juror, PairAnswer, Round


@dataclass(frozen=True, slots=True)
class Asked:
    """Two projects, or none when all pairs are answered; how many the juror answered, and whether one can go back."""

    pair: tuple[Entry, Entry] | None
    answered: int
    can_undo: bool


def pair_for(juror: Juror, judged: Round, *, with_slug: str = "") -> Asked:
    """Return the next pair of a juror; `with_slug` is the project that they stand before. Nothing random is in it."""
    entries = {str(entry.uuid): entry for entry in entries_for(juror, judged)}
    by_pk = {entry.pk: key for key, entry in entries.items()}
    answers = answers_of(judged)
    answered = [(str(item.juror_id), *_order(item, by_pk)) for item in answers if item.winner_id is not None]
    beliefs, cares = beliefs_of(entries, answered)
    own = [item for item in answers if item.juror_id == juror.pk]
    found = next_pair(
        beliefs,
        care=cares.get(str(juror.pk), Care()),
        views={by_pk[pk]: count for pk, count in views_of(answers).items() if pk in by_pk},
        least_views=judged.least_views,
        done={frozenset((by_pk.get(item.one_id, ""), by_pk.get(item.other_id, ""))) for item in own},
        seed=f"{judged.uuid}{juror.uuid}{len(own)}",
        first=next((key for key, entry in entries.items() if entry.slug == with_slug), None),
    )
    pair = (entries[found[0]], entries[found[1]]) if found else None
    return Asked(pair, sum(item.winner_id is not None for item in own), bool(own))


def _order(item: PairAnswer, names: dict[int, str]) -> tuple[str, str]:
    loser = item.other_id if item.winner_id == item.one_id else item.one_id
    return names.get(item.winner_id or 0, ""), names.get(loser, "")

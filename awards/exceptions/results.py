"""What can go wrong when a result is counted, decided or frozen."""

from awards.exceptions.base import AwardsError


class MalformedDossier(AwardsError):
    """The dossier handed to the count contradicts itself, or does not fit its hash; `path` names the place."""

    code = "malformed_dossier"

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class JuryStillAtWork(AwardsError):
    """The result cannot be frozen before the jury's round is over."""

    code = "jury_still_at_work"


class TieAtTheCut(AwardsError):
    """Entries share the last finalist's place; the chair must decide first."""

    code = "tie_at_the_cut"

    def __init__(self, entries: tuple[str, ...]) -> None:
        super().__init__(", ".join(entries))
        self.entries = entries


class JuryDisconnected(AwardsError):
    """By the model there is no one ranking: no juror connects groups of projects of the same category."""

    code = "jury_disconnected"


class CardsMissing(AwardsError):
    """A result without all its cards is frozen with a reason only; `cards` is how many are missing."""

    code = "cards_missing"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards


class FrozenResultEdited(AwardsError):
    """A frozen result no longer fits its hash, so it is neither given out nor published."""

    code = "frozen_result_edited"


class OwnChoice(AwardsError):
    """The chair gives a project to themselves; who hands out projects does not choose their own."""

    code = "own_choice"


class ChairRecused(AwardsError):
    """The chair stepped back from one of the entries, so has no vote between them."""

    code = "chair_recused"


class NotTied(AwardsError):
    """A casting vote can only decide between entries that nothing else separates."""

    code = "not_tied"

"""What can go wrong in the awards. Each class is a fact; views say it in the visitor's language."""


class AwardsError(Exception):
    """Base of this app's errors; `code` is stable and may be shown to machines."""

    code = "awards_error"


class MalformedDossier(AwardsError):
    """The dossier handed to the count contradicts itself, or does not fit its hash; `path` names the place."""

    code = "malformed_dossier"

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class JudgingNotOpen(AwardsError):
    """The round has not begun, or is over, or its result was frozen at this very moment."""

    code = "judging_not_open"

    def __init__(self, *, is_over: bool) -> None:
        super().__init__("over" if is_over else "not begun")
        self.is_over = is_over


class PairRecused(AwardsError):
    """The juror has stepped back from this entry."""

    code = "pair_recused"


class GivenToAnother(AwardsError):
    """The chair has given the project to another juror; what was begun stays on record."""

    code = "given_to_another"


class EntryOutOfContest(AwardsError):
    """The entry was withdrawn, found ineligible or disqualified, so it takes no more scores."""

    code = "entry_out_of_contest"


class ScorecardChanged(AwardsError):
    """The scorecard was saved elsewhere since the form was opened; `version` is the current one."""

    code = "scorecard_changed"

    def __init__(self, version: int) -> None:
        super().__init__(f"current version is {version}")
        self.version = version


class ScorecardIncomplete(AwardsError):
    """A card can only be handed in with every criterion scored; `missing` are the criteria's slugs."""

    code = "scorecard_incomplete"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ScorecardSubmitted(AwardsError):
    """A card that was handed in is changed by handing it in again, never by a draft."""

    code = "scorecard_submitted"


class MarkOffScale(AwardsError):
    """A mark is not on the scale of the round's rubric, or its criterion is not in it."""

    code = "mark_off_scale"


class JuryStillAtWork(AwardsError):
    """The result cannot be frozen before the jury's round is over."""

    code = "jury_still_at_work"


class TieAtTheCut(AwardsError):
    """Entries share the last finalist's place; the chair must decide first."""

    code = "tie_at_the_cut"

    def __init__(self, entries: tuple[str, ...]) -> None:
        super().__init__(", ".join(entries))
        self.entries = entries


class CardsMissing(AwardsError):
    """A result without all its cards is frozen with a reason only; `cards` is how many are missing."""

    code = "cards_missing"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards


class FrozenResultEdited(AwardsError):
    """A frozen result no longer fits its hash, so it is neither given out nor published."""

    code = "frozen_result_edited"


class NotInRound(AwardsError):
    """The juror or the entry does not take part in the round: another call's, or not among its entries."""

    code = "not_in_round"


class OwnChoice(AwardsError):
    """The chair gives a project to themselves; who hands out projects does not choose their own."""

    code = "own_choice"


class OwnProject(AwardsError):
    """The juror applied with this entry, so does not judge it."""

    code = "own_project"


class CardHandedIn(AwardsError):
    """The card is handed in: it counts, and its assignment stays."""

    code = "card_handed_in"


class PlanChanged(AwardsError):
    """The plan of assignments is another than the one that was looked at."""

    code = "plan_changed"


class NotReminded(AwardsError):
    """A juror is not written to: reminded today already, owing nothing, or without an address; `reason` says which."""

    code = "not_reminded"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyAssigned(AwardsError):
    """The juror already reads this entry in this round."""

    code = "already_assigned"


class AssignmentInUse(AwardsError):
    """An assignment that the juror has touched is never taken back."""

    code = "assignment_in_use"


class RubricInUse(AwardsError):
    """Cards were scored by this rubric, so that it stays as it is; `cards` is how many."""

    code = "rubric_in_use"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards


class EntryWasRead(AwardsError):
    """Jurors have scored the entry, so that it stays in the books; `cards` is how many cards it has."""

    code = "entry_was_read"

    def __init__(self, cards: int) -> None:
        super().__init__(f"{cards} cards")
        self.cards = cards


class ChairRecused(AwardsError):
    """The chair stepped back from one of the entries, so has no vote between them."""

    code = "chair_recused"


class NotTied(AwardsError):
    """A casting vote can only decide between entries that nothing else separates."""

    code = "not_tied"


class AnswerRefused(AwardsError):
    """A value is no answer to a question; `reason` says why."""

    code = "answer_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

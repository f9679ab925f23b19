"""What can go wrong in the awards. Each class is a fact; views say it in the visitor's language."""


class AwardsError(Exception):
    """Base of this app's errors; `code` is stable and may be shown to machines."""

    code = "awards_error"


class MalformedContest(AwardsError):
    """The contest handed to the count contradicts itself; `path` names the place."""

    code = "malformed_contest"

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class JudgingNotOpen(AwardsError):
    """The jury's round has not begun, or is over."""

    code = "judging_not_open"

    def __init__(self, *, is_over: bool) -> None:
        super().__init__("over" if is_over else "not begun")
        self.is_over = is_over


class PairRecused(AwardsError):
    """The juror has stepped back from this entry."""

    code = "pair_recused"


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
    """A mark is not on the call's scale, or its criterion is not in the call."""

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


class NotTied(AwardsError):
    """A casting vote can only decide between entries that nothing else separates."""

    code = "not_tied"

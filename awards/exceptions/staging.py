"""What can go wrong while a call is prepared."""

from awards.exceptions.base import AwardsError


class RoundsThere(AwardsError):
    """The call has rounds already, so the usual ones are not made beside them."""

    code = "rounds_there"


class RubricMissing(AwardsError):
    """The call has no rubric, and rounds of marks need one."""

    code = "rubric_missing"


class RulesKept(AwardsError):
    """Another text is kept as this version of the rules: a changed text needs a version of its own."""

    code = "rules_kept"

"""What can go wrong around the ceremony and what follows it."""

from awards.exceptions.base import AwardsError


class NotToldYet(AwardsError):
    """The applicants were not told, and they are the first to know."""

    code = "not_told_yet"


class PrizesWithoutPlace(AwardsError):
    """Prizes stand nowhere in the running order."""

    code = "prizes_without_place"


class NoFeedback(AwardsError):
    """The round has no frozen result with marks, so there is nothing to tell."""

    code = "no_feedback"

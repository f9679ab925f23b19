"""What can go wrong when it is settled who sits in the jury, and what they must not judge."""

from awards.exceptions.base import AwardsError


class OwnWordStays(AwardsError):
    """A juror said so of themself; nobody takes that back."""

    code = "own_word_stays"

"""Who is late, when they were reminded last, and in which language they are written to."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from awards.jury.queries import owed_in
from awards.models import Juror, Round
from festival.models import OutgoingMail
from festival.text.languages import installed_languages, main_language
from festival.text.typography import local

KIND = "jury.reminder"


class Obstacle(StrEnum):
    """Why a juror cannot be reminded now."""

    NOTHING_OWED = "nothing_owed"
    TODAY = "today"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Late:
    """A juror who owes cards: how many, where they are written to, and when they were last."""

    juror: Juror
    owed: int
    last_at: datetime | None
    obstacle: Obstacle | None


def late_in(judged: Round, *, now: datetime) -> list[Late]:
    """Return the jurors who owe a card of the round, by name. Three queries."""
    owed = Counter(owed_in(judged).values_list("juror_id", flat=True))
    jurors = list(Juror.objects.filter(pk__in=owed).select_related("user", "call"))
    sent = OutgoingMail.objects.filter(kind=KIND, fact_id__in=[str(juror.pk) for juror in jurors])
    last = dict(
        sent.exclude(state=OutgoingMail.State.FAILED).order_by("created_at").values_list("fact_id", "created_at")
    )
    return [
        Late(juror, owed[juror.pk], at := last.get(str(juror.pk)), obstacle_of(juror, owed[juror.pk], at, now))
        for juror in jurors
    ]


def obstacle_of(juror: Juror, owed: int, last_at: datetime | None, now: datetime) -> Obstacle | None:
    """Return why a juror is not written to at `now`, or None. A day is one of the festival's time zone."""
    if not owed:
        return Obstacle.NOTHING_OWED
    if not address_of(juror):
        return Obstacle.NO_ADDRESS
    if last_at is not None and local(last_at).date() == local(now).date():
        return Obstacle.TODAY
    return None


def address_of(juror: Juror) -> str:
    """Return where a juror is written to: the account's address, else the one that the organisers typed."""
    return juror.user.email if juror.user else juror.email


def language_of(juror: Juror) -> str:
    """Return the first of the juror's languages that the site has, else its main one."""
    return next((code for code in juror.language_list if code in installed_languages()), main_language())

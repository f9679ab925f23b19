"""Whether a call can open: what is missing, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from awards.models import Call, Round


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list: what has to be there, and what is missing; `is_needed` where nobody could apply without."""

    what: str
    missing: str = ""
    is_needed: bool = True


def checks(call: Call, now: datetime) -> list[Check]:
    """Return the list of a call, in the order in which it is built."""
    return [
        *_what_can_be_won(call),
        *_what_is_asked(call),
        *_how_it_is_judged(call),
        *_how_the_public_votes(call),
        _when(call, now),
    ]


def is_ready(lines: list[Check]) -> bool:
    """Return whether nothing is missing without which nobody could apply."""
    return not any(line.missing for line in lines if line.is_needed)


def _what_can_be_won(call: Call) -> Iterator[Check]:
    categories = call.categories.filter(by_public_vote=False, is_closed=False).count()
    yield Check(_("Categories"), "" if categories else _("No category takes projects: make one, or open one."))
    prizes = "" if call.prizes.exists() else _("Nothing says what can be won: make a prize.")
    yield Check(_("Prizes"), prizes, is_needed=False)
    yield Check(_("Rules"), "" if call.articles else _("There are no rules: applicants accept them when they apply."))


def _what_is_asked(call: Call) -> Iterator[Check]:
    asked = call.questions.filter(is_current=True)
    missing = "" if asked.exists() else _("The form asks nothing beyond the facts that every project has.")
    yield Check(_("Form"), missing, is_needed=False)
    empty = asked.filter(kind__in=["choice", "choices"], options__isnull=True).first()
    if empty is not None:
        yield Check(_("Answers"), _("“%(question)s” has nothing to choose from.") % {"question": empty})


def _how_it_is_judged(call: Call) -> Iterator[Check]:
    rubric = "" if call.rubrics.exists() else _("There is no rubric: jurors score by one.")
    yield Check(_("Rubric"), rubric, is_needed=False)
    rounds = list(call.rounds.all())
    missing = "" if rounds else _("There are no rounds: the button below makes the usual ones.")
    yield Check(_("Rounds"), missing, is_needed=False)
    early = next((judged for judged in rounds if judged.opens <= call.closes), None)
    if early is not None:
        said = _("“%(round)s” begins while projects still come in.") % {"round": early.name}
        yield Check(_("Dates of the rounds"), said, is_needed=False)
    kept = "" if call.retention_until else _("Nothing says how long applications are kept.")
    yield Check(_("Retention"), kept, is_needed=False)


def _how_the_public_votes(call: Call) -> Iterator[Check]:
    """Say what the vote lacks, one sentence each; nothing where the public does not vote."""
    for vote in call.rounds.filter(kind=Round.Kind.PUBLIC).select_related("follows"):
        faults = [sentence for is_wrong, sentence in _faults_of(vote, call) if is_wrong]
        yield Check(_("Public vote"), " ".join(faults), is_needed=False)


def _faults_of(vote: Round, call: Call) -> Iterator[tuple[bool, str]]:
    known = vote.follows.announced_at if vote.follows else None
    yield vote.follows is None, _("Say whose finalists it takes.")
    yield bool(vote.follows) and known is None, _("The finalists that it takes are never public: set their moment.")
    yield bool(known and known > vote.opens), _("It opens before its finalists are public.")
    yield vote.announced_at is None, _("Set the moment of its outcome: it is counted then.")
    yield bool(vote.announced_at and vote.announced_at <= vote.closes), _("Its outcome is public before it ends.")
    yield vote.mode != Round.Mode.GRADE, _("It is judged by majority judgment only.")
    prizes = call.categories.filter(by_public_vote=True)
    yield not prizes.exists(), _("No category is decided by the public: make one, so that its prize has a name.")
    by_ticket = vote.voters == Round.Voters.TICKET
    yield by_ticket and not settings.VOTER_OF_TICKET, _("It is by ticket only, and this site has no shop.")


def _when(call: Call, now: datetime) -> Check:
    return Check(_("Deadline"), _("The deadline has passed: set a later one.") if call.closes < now else "")

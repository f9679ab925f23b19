"""What the chair does: let a comment through or hold it back, and release the feedback of a round."""

from dataclasses import dataclass
from datetime import datetime

from awards.deliberation.queries import standing_announcement
from awards.exceptions.ceremony import NoFeedback, NotToldYet
from awards.feedback.queries import newest_tally
from awards.models import CardComment, Entry, FeedbackComment, FeedbackRelease, Round, Scorecard
from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User

MAIL = "award.feedback"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a release shows beside the profile."""

    place: bool = False
    comments: bool = True


def let_through(*, card_id: int, text: str, by: User, now: datetime) -> FeedbackComment:
    """Let the applicant read `text`, not empty, of a card: as the juror wrote it for them, or as the chair puts it.

    Raises Scorecard.DoesNotExist for a card that does not count, or has nothing for the applicant.
    """
    with writing(public=False):
        card = _held(card_id)
        changes = {"text": text, "moderated_at": now, "moderated_by": by}
        comment, _is_new = FeedbackComment.objects.update_or_create(card=card, defaults=changes)
        _record("feedback.let_through", card.assignment.round, by, now, {"comment": comment.pk})
    return comment


def hold_back(*, card_id: int, by: User, now: datetime) -> None:
    """Let the applicant read nothing of a card's words. Twice is once."""
    with writing(public=False):
        card = _held(card_id)
        gone, _rows = FeedbackComment.objects.filter(card=card).delete()
        if gone:
            _record("feedback.held_back", card.assignment.round, by, now, {})


def release(*, round_id: int, shown: Shown, by: User, now: datetime) -> FeedbackRelease:
    """Let each applicant of a round read their feedback, and write to each once; again, it changes what is shown.

    Raises:
        NoFeedback: Nothing of the round is frozen.
        NotToldYet: The applicants do not know the outcome yet, which a place would give away.
    """
    with writing(public=False):
        judged = Round.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=round_id)
        if newest_tally(judged) is None:
            raise NoFeedback
        announcement = standing_announcement(judged.call)
        if announcement is None or announcement.told_at is None or announcement.told_at > now:
            raise NotToldYet
        choices = {"shows_place": shown.place, "shows_comments": shown.comments}
        first = {"released_at": now, "released_by": by}
        made, is_new = FeedbackRelease.objects.update_or_create(
            round=judged, defaults=choices, create_defaults=choices | first
        )
        mails = _tell(judged, now) if is_new else 0
        _record("feedback.released", judged, by, now, {"mails": mails, "place": shown.place})
    return made


def _tell(judged: Round, now: datetime) -> int:
    """Queue a mail for each applicant of the round; return how many."""
    tally = newest_tally(judged)
    rows = tally.rows.filter(entry__state=Entry.State.ELIGIBLE, entry__applicant__isnull=False) if tally else ()
    entries = [row.entry for row in rows.select_related("entry__applicant")] if rows else []
    for entry in entries:
        if entry.applicant is not None:
            to, language = entry.applicant.email, entry.applicant.language
            outbox.queue(MAIL, to=to, language=language, fact=entry, now=now, edition=judged.call.edition)
    return len(entries)


def _held(card_id: int) -> Scorecard:
    wrote = CardComment.objects.filter(audience=CardComment.Audience.APPLICANT).exclude(text="").values("card")
    cards = Scorecard.objects.counting().select_for_update(of=("self",)).filter(pk__in=wrote)
    return cards.select_related("assignment__round__call__edition").get(pk=card_id)


def _record(verb: str, judged: Round, by: User, now: datetime, facts: dict[str, Fact]) -> None:
    edition = judged.call.edition
    audit.record(verb, judged, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)

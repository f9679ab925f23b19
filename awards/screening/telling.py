"""Telling applicants what was decided, once it can no longer be taken back unheard."""

from datetime import datetime

from awards.models import Entry, ScreeningLetter
from awards.screening.queries import due_letters
from festival.core import outbox
from festival.core.writing import writing

MAIL = "entry.screened"


def tell_due(now: datetime) -> int:
    """Queue the mails whose moment has come; return how many. One that was withdrawn meanwhile is not queued."""
    return sum(_tell(pk, now) for pk in due_letters(now))


def _tell(letter_id: int, now: datetime) -> bool:
    with writing(public=False):
        entry_id = ScreeningLetter.objects.values_list("screening__entry", flat=True).get(pk=letter_id)
        # Decisions hold the project: whoever decides anew comes before us, or after the letter is on its way.
        entry = (
            Entry.objects.select_for_update(of=("self",)).select_related("call__edition", "applicant").get(pk=entry_id)
        )
        letter = ScreeningLetter.objects.pending().filter(pk=letter_id).first()
        if letter is None or entry.applicant is None:
            return False
        letter.queued_at = now
        letter.save(update_fields=["queued_at"])
        told = entry.applicant
        outbox.queue(MAIL, to=told.email, language=told.language, fact=letter, now=now, edition=entry.call.edition)
    return True

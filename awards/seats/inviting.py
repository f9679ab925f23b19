"""Asking people into the jury: invited by mail, asked again, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from awards.exceptions.seats import InvitationAnswered
from awards.models import Call, Juror
from awards.seats.queries import INVITATION, asked_today
from awards.ties.finding import find
from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User

_ASKED_ANEW = (Juror.State.DECLINED, Juror.State.TAKEN_BACK, Juror.State.LEFT)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to ask: a name and a canonical address."""

    name: str
    email: str


def invite(*, call_id: int, invitees: Sequence[Invitee], language: str, by: User, now: datetime) -> list[Juror]:
    """Ask people into the jury of a call, each by a mail in `language`; return those who are asked now.

    Whoever is of the jury or asked already is left alone, so that the same list again asks nobody twice. Somebody who
    declined, was taken back or has left is asked anew.
    """
    asked = []
    with writing(public=False):
        # Held, so that the same list from two windows makes each seat once.
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        known = {juror.email.casefold(): juror for juror in call.jurors.select_related("user") if juror.email}
        known |= {juror.user.email.casefold(): juror for juror in call.jurors.select_related("user") if juror.user}
        slugs = set(call.jurors.values_list("slug", flat=True))
        for invitee in invitees:
            juror = known.get(invitee.email.casefold()) or _new(call, invitee, language, slugs)
            if juror.pk and juror.state not in _ASKED_ANEW:
                continue
            juror.state, juror.invited_at, juror.mail_language = Juror.State.INVITED, now, language
            juror.answered_at, juror.answer_word, juror.left_at = None, "", None
            juror.save()
            known[invitee.email.casefold()] = juror
            _ask(juror, by, now)
            asked.append(juror)
        find(call_id=call_id, now=now)
    return asked


def remind(*, call_id: int, by: User, now: datetime) -> int:
    """Ask again everybody who has not answered, once a day at most; return how many. The links are good anew."""
    with writing(public=False):
        waiting = Juror.objects.select_for_update(of=("self",)).filter(call=call_id, state=Juror.State.INVITED)
        jurors = list(waiting.select_related("call__edition").order_by("pk"))
        late = [juror for juror in jurors if juror.pk not in asked_today(jurors, now)]
        for juror in late:
            _ask_again(juror, by, now)
    return len(late)


def send_again(*, juror_id: int, by: User, now: datetime) -> bool:
    """Send one invitation again; return whether it is on its way: once a day is enough.

    Raises InvitationAnswered once it is answered or taken back.
    """
    with writing(public=False):
        juror = _waiting(juror_id)
        if asked_today([juror], now):
            return False
        _ask_again(juror, by, now)
    return True


def take_back(*, juror_id: int, by: User, now: datetime) -> Juror:
    """Take an invitation back: its link leads nowhere from now on. A second call changes nothing.

    Raises InvitationAnswered once it is answered.
    """
    with writing(public=False):
        juror = Juror.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=juror_id)
        if juror.state == Juror.State.TAKEN_BACK:
            return juror
        juror = _waiting(juror_id)
        juror.state = Juror.State.TAKEN_BACK
        juror.save(update_fields=["state"])
        _record("juror.taken_back", juror, by, now)
    return juror


def _waiting(juror_id: int) -> Juror:
    juror = Juror.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=juror_id)
    if juror.state != Juror.State.INVITED:
        raise InvitationAnswered
    return juror


def _new(call: Call, invitee: Invitee, language: str, slugs: set[str]) -> Juror:
    stem = slugify(invitee.name)[:70] or "juror"
    slug = next(each for each in (stem, *(f"{stem}-{n}" for n in range(2, 9999))) if each not in slugs)
    slugs.add(slug)
    first, _, last = invitee.name.rpartition(" ")
    sort_name = f"{last} {first}".strip()
    return Juror(call=call, slug=slug, name=invitee.name, sort_name=sort_name, email=invitee.email, languages="")


def _ask_again(juror: Juror, by: User, now: datetime) -> None:
    juror.invited_at = now
    juror.save(update_fields=["invited_at"])
    _ask(juror, by, now)


def _ask(juror: Juror, by: User, now: datetime) -> None:
    edition = juror.call.edition
    outbox.queue(INVITATION, to=juror.email, language=juror.mail_language, fact=juror, now=now, edition=edition)
    _record("juror.invited", juror, by, now)


def _record(verb: str, juror: Juror, by: User, now: datetime) -> None:
    facts = {"juror": juror.uuid}
    audit.record(verb, juror, actor=Actor.of_user(by), at=now, facts=facts, edition=juror.call.edition)

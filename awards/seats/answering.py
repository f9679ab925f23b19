"""What somebody who is asked into the jury answers: yes, with what they can take and by which terms; or no."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group

from awards.exceptions.seats import AccountReady, AddressTaken, InvitationAnswered, NotInvited, TermsChanged
from awards.models import Category, Juror
from awards.seats.links import GOOD_FOR, uuid_of
from awards.staging.making import keep_terms
from awards.ties.finding import find
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User
from festival.roles import JURY
from festival.web.accounts import confirm_address

_ANSWERED = (Juror.State.SEATED, Juror.State.DECLINED)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What somebody accepts, and what they can take. No categories: all of them; no capacity: any number."""

    terms_version: str
    capacity: int | None
    languages: Collection[str]
    categories: Collection[Category]
    organisation: str


def invitation_of(token: str, now: datetime) -> Juror:
    """Return whose invitation a link is, with call and account.

    Raises NotInvited for a link that is wrong or too old, and for an invitation that was taken back.
    """
    rows = Juror.objects.select_related("call__edition", "user", "terms")
    key = uuid_of(token)
    juror = rows.filter(uuid=key, state__in=[*_ANSWERED, Juror.State.INVITED]).first() if key else None
    if juror is None or juror.invited_at is None or now > juror.invited_at + GOOD_FOR:
        raise NotInvited
    return juror


def accept(*, token: str, acceptance: Acceptance, now: datetime) -> Juror:
    """Take a seat in the jury, with the account of the address, made if there is none. Again is the same.

    The link came by mail, so whoever has it has the address.

    Raises:
        NotInvited: The link leads nowhere.
        InvitationAnswered: They declined.
        TermsChanged: The terms that were shown are not those that hold.
        AddressTaken: The account sits in this jury already.
    """
    with writing(public=False):
        juror = _held(token, now)
        if juror.state == Juror.State.SEATED:
            return juror
        if juror.state != Juror.State.INVITED:
            raise InvitationAnswered
        if acceptance.terms_version != juror.call.jury_terms_version:
            raise TermsChanged
        juror.user = _account(juror)
        juror.terms = keep_terms(call=juror.call, now=now)
        juror.state, juror.answered_at = Juror.State.SEATED, now
        juror.capacity, juror.organisation = acceptance.capacity, acceptance.organisation
        juror.languages = ", ".join(acceptance.languages)
        juror.save()
        juror.categories.set(acceptance.categories)
        juror.save()
        _record("juror.accepted", juror, now, terms=juror.terms.version)
        find(call_id=juror.call_id, now=now)
    return juror


def decline(*, token: str, word: str, now: datetime) -> Juror:
    """Say no, with a word to the organisers or without. Again is the same. Raises as `accept`."""
    with writing(public=False):
        juror = _held(token, now)
        if juror.state == Juror.State.DECLINED:
            return juror
        if juror.state != Juror.State.INVITED:
            raise InvitationAnswered
        juror.state, juror.answered_at, juror.answer_word = Juror.State.DECLINED, now, word
        juror.save(update_fields=["state", "answered_at", "answer_word"])
        _record("juror.declined", juror, now)
    return juror


def choose_password(*, token: str, password: str, now: datetime) -> User:
    """Give the account that an acceptance made its first password, which the caller has checked.

    Raises NotInvited, and AccountReady for an account that has one, or may do more than sit in juries.
    """
    with writing(public=False):
        juror = _held(token, now)
        if not lacks_password(juror):
            raise AccountReady
        user = User.objects.select_for_update(of=("self",)).get(juror_roles=juror)
        user.set_password(password)
        user.save(update_fields=["password"])
        _record("juror.password_chosen", juror, now)
    return user


def lacks_password(juror: Juror) -> bool:
    """Return whether the juror's account is one that an invitation may give its first password."""
    user = juror.user
    if user is None or juror.state != Juror.State.SEATED or user.has_usable_password() or user.last_login:
        return False
    is_of_the_team = user.is_staff or user.is_superuser or user.groups.exclude(name=JURY).exists()
    return user.is_active and not is_of_the_team


def _held(token: str, now: datetime) -> Juror:
    pk = invitation_of(token, now).pk
    # Held first, so that two answers come one after the other.
    list(Juror.objects.select_for_update(of=("self",)).filter(pk=pk))
    return invitation_of(token, now)


def _account(juror: Juror) -> User:
    """Return the account of the juror's address, in the group of juries; made without a password if there is none."""
    user = User.objects.filter(email__iexact=juror.email).first()
    if user is None:
        first, _, last = juror.name.partition(" ")
        user = User.objects.create_user(juror.email, None, first_name=first[:150], last_name=last[:150])
    confirm_address(user)
    if Juror.objects.filter(call=juror.call_id, user=user).exclude(pk=juror.pk).exists():
        raise AddressTaken
    user.groups.add(*Group.objects.filter(name=JURY))
    return user


def _record(verb: str, juror: Juror, now: datetime, **facts: str) -> None:
    who = Actor.of_user(juror.user) if juror.user else Actor.system("invitation")
    shown: dict[str, audit.Fact] = {"juror": juror.uuid, **facts}
    audit.record(verb, juror, actor=who, at=now, facts=shown, edition=juror.call.edition)

"""How often the account's pages may be posted to. allauth's own limits stand in the cache and are therefore off."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest

from festival.core.limits import Rate, Use
from festival.typed.mail_addresses import mail_identity
from festival.web.rate_limits import network_of, uses_by_network

MINUTES, HOUR = 600, 3600


class Whom(Enum):
    """What is counted."""

    NETWORK = "the visitor's network"
    TYPED = "the address that was typed"
    TYPED_HERE = "the address that was typed, from this network"
    PERSON = "who is signed in, or half way"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in `seconds` for each of `whom`."""

    whom: Whom
    times: int
    seconds: int = MINUTES


# A jury in one room is one network; an address or a person is one.
_ROOM = Limit(Whom.NETWORK, 120)
_PERSON = Limit(Whom.PERSON, 10)
LIMITS: dict[str, tuple[Limit, ...]] = {
    "account_login": (_ROOM, Limit(Whom.TYPED_HERE, 10), Limit(Whom.TYPED, 60, HOUR)),
    "account_request_login_code": (_ROOM, Limit(Whom.TYPED, 5)),
    "account_confirm_login_code": (Limit(Whom.NETWORK, 240),),
    "account_reset_password": (Limit(Whom.NETWORK, 60), Limit(Whom.TYPED, 3)),
    "account_reset_password_from_key": (Limit(Whom.NETWORK, 60),),
    "account_signup": (Limit(Whom.NETWORK, 60),),
    "account_email": (_PERSON,),
    "account_email_verification_sent": (_ROOM, _PERSON),
    "account_change_password": (_PERSON,),
    "account_set_password": (_PERSON,),
    "account_reauthenticate": (_PERSON,),
    "account-mail-code": (_PERSON,),
    "mfa_authenticate": (Limit(Whom.NETWORK, 240), _PERSON),
    "mfa_reauthenticate": (_PERSON,),
    "mfa_reauthenticate_webauthn": (_PERSON,),
    "mfa_activate_totp": (_PERSON,),
    "mfa_login_webauthn": (_ROOM,),
}


def uses_of(request: HttpRequest, name: str) -> list[Use]:
    """Return what a post to the address called `name` uses up; nothing for an address without a limit."""
    return [use for limit in LIMITS.get(name, ()) for use in _uses(request, name, limit)]


def _uses(request: HttpRequest, name: str, limit: Limit) -> list[Use]:
    rate = Rate(f"{name}-{limit.whom.name}", limit=limit.times, seconds=limit.seconds)
    if limit.whom is Whom.NETWORK:
        return uses_by_network(rate, request)
    return [Use(rate, subject) for subject in _subjects(request, limit.whom)]


def _subjects(request: HttpRequest, whom: Whom) -> Iterator[str]:
    if whom is Whom.PERSON:
        if (person := _person(request)) is not None:
            yield str(person)
    elif typed := request.POST.get("login") or request.POST.get("email"):
        here = network_of(request)
        yield f"{here} {mail_identity(typed)}" if whom is Whom.TYPED_HERE else mail_identity(typed)


def _person(request: HttpRequest) -> int | None:
    if request.user.is_authenticated:
        return request.user.pk
    login = unstash_login(request, peek=True)
    return login.user.pk if login and login.user else None

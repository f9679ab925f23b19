"""A code sent by mail, asked for before a second factor or an address of the account changes.

A password alone, which may have been guessed or found, sets up no factor. A sign-in by mailed code proves the same.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

PENDING = "mail_code_pending"
LASTS = 15 * 60  # seconds, of the code and of its proof
TRIES = 5

# The addresses that need it: to be opened at all, or to be posted to.
GUARDED = {"mfa_activate_totp", "mfa_add_webauthn"}
GUARDED_POSTS = {"account_email"}


def is_needed(request: HttpRequest, name: str) -> bool:
    """Return whether the signed-in person must enter a mailed code before going to the address called `name`."""
    guarded = name in GUARDED or (name in GUARDED_POSTS and request.method == "POST")
    return guarded and request.user.is_authenticated and not is_proved(request)


def is_proved(request: HttpRequest) -> bool:
    """Return whether this session has shown lately that its person reads the account's mail."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < LASTS for record in records if record["method"] == "code")


def send_code(request: HttpRequest) -> str:
    """Send a new code to the account's primary address and return that address; older codes are void."""
    assert request.user.is_authenticated  # noqa: S101 -- the view asks for a sign-in
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[PENDING] = {"code": _hashed(code), "until": time.time() + LASTS, "tries": 0}
    address = EmailAddress.objects.get_primary_email(request.user) or request.user.email
    adapter.send_mail("account/email/mail_code", address, {"code": code})
    return str(address)


def enter_code(request: HttpRequest, typed: str) -> bool:
    """Return whether `typed` is the code that was sent last; after five wrong ones a new code is needed."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time() or pending["tries"] >= TRIES:
        return False
    if not constant_time_compare(pending["code"], _hashed(typed)):
        request.session[PENDING] = pending | {"tries": pending["tries"] + 1}
        return False
    del request.session[PENDING]
    record_authentication(request, request.user, method="code", reauthenticated=True)
    return True


def _hashed(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("festival.web.mail_code", plain, algorithm="sha256").hexdigest()

"""The code that proves an address: sent by mail to any address alike, typed in the same browser."""

import time

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

PENDING = "apply_code_pending"
LASTS = 15 * 60  # seconds
TRIES = 5


def send_code(request: HttpRequest, email: str) -> None:
    """Send a new code to an address, known or not; what was sent before is void."""
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[PENDING] = {"email": email, "code": _hashed(code), "until": time.time() + LASTS, "tries": 0}
    adapter.send_mail("awards/applying/mail/code", email, {"code": code})


def pending_address(request: HttpRequest) -> str:
    """Return the address that this browser waits for a code at, empty for none."""
    pending = request.session.get(PENDING)
    return str(pending["email"]) if pending and pending["until"] > time.time() else ""


def enter_code(request: HttpRequest, typed: str) -> str:
    """Return the address that `typed` proves, empty for a wrong code; after five wrong ones a new code is needed."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time() or pending["tries"] >= TRIES:
        return ""
    if not constant_time_compare(pending["code"], _hashed(typed)):
        request.session[PENDING] = pending | {"tries": pending["tries"] + 1}
        return ""
    del request.session[PENDING]
    return str(pending["email"])


def _hashed(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("awards.applying.mail_code", plain, algorithm="sha256").hexdigest()

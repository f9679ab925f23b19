"""Accounts: who may sign up, who needs a second factor, what our mails about accounts look like (decision 0013).

allauth does the signing in; here stands what is ours: the second factor belongs to the session that showed it, a new
one needs a code that was mailed, and nothing tells whether an address has an account.
"""

import logging
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.mail import EmailMessage
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop

from festival.core.writing import writing_statement
from festival.letters import sender
from festival.models import Edition, User
from festival.web.areas import SecondFactor, area_of
from festival.web.rate_limits import network_of

logger = logging.getLogger(__name__)

# Words of allauth that the site says in its own way: our catalogues come before the package's.
OUR_WORDS = (gettext_noop("Email"), gettext_noop("Email address"))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the organisers. Mails come from the festival, their links lead to BASE_URL."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up alone in this version."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network, as the limits see it: one rule for both."""
        return network_of(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail, under BASE_URL whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return the mail as the festival writes it."""
        edition = Edition.objects.current()
        festival = str(edition.name) if edition else "Kermesse"
        context = context | {
            "edition": edition,
            "festival": festival,
            "base_url": settings.BASE_URL,
            "current_site": SimpleNamespace(name=festival, domain=settings.BASE_URL),
            "password_reset_address": settings.BASE_URL + reverse("account_reset_password"),
        }
        marks = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        mail: EmailMessage = super().render_mail(template_prefix, email, context, marks | (headers or {}))
        who = sender.from_edition(edition)
        mail.from_email, mail.reply_to = who["from_email"], who["reply_to"]
        return mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Build the mail now and send it after the answer, so that how long it takes tells nobody that it is sent."""
        mail = self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)
        if self.request is None:
            send(mail)
        else:
            waiting_mails(self.request).append(mail)


class FactorAdapter(DefaultMFAAdapter):
    """What code generators and passkeys show of us."""

    def _get_site_name(self) -> str:
        edition = Edition.objects.current()
        return str(edition.name) if edition else "Kermesse"


def waiting_mails(request: HttpRequest) -> list[EmailMessage]:
    """Return the mails that go out when this request is answered."""
    if not hasattr(request, "mails_after_answer"):
        request.mails_after_answer = []  # type: ignore[attr-defined]
    found: list[EmailMessage] = request.mails_after_answer  # type: ignore[attr-defined]
    return found


def send(mail: EmailMessage) -> None:
    """Send a mail that holds a code or a link for a person who waits; a failure is logged, they ask for another one."""
    try:
        mail.send()
    except OSError:
        logger.exception("A mail about an account could not be sent.")


def confirm_address(user: User) -> None:
    """Note that somebody reads the address of their account: a link that was mailed there brought them."""
    with writing_statement():
        rows = EmailAddress.objects.filter(user=user, email__iexact=user.email)
        if not rows.update(verified=True):
            is_first = not EmailAddress.objects.filter(user=user, primary=True).exists()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=is_first)


def note_before_edit(request: HttpRequest, user: User) -> None:
    """Remember what an administrator may be about to change of somebody's account. Answers `before_edit_user`."""
    stored = User.objects.filter(pk=user.pk).values_list("email", "password").first()
    request.account_before_edit = stored  # type: ignore[attr-defined]


def tell_of_edit(request: HttpRequest, user: User) -> None:
    """Tell a person, at the old address, what an administrator changed. Answers `after_edit_user`."""
    email, password = getattr(request, "account_before_edit", None) or (user.email, user.password)
    adapter = AccountAdapter(request)
    if password != user.password:
        adapter.send_notification_mail("account/email/password_changed", user, email=email)
    if email.lower() != user.email.lower():
        told = {"from_email": email, "to_email": user.email}
        adapter.send_notification_mail("account/email/email_changed", user, told, email=email)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether the signed-in person must show a passkey or a code generator before going to this address.

    Only a factor counts that this very session has shown, and that the account still has.
    """
    wanted = area_of(request.path).second_factor
    if wanted is SecondFactor.NONE or not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    if wanted is SecondFactor.MAIL_TOO and any(record["method"] == "code" for record in records):
        return False
    shown = [record["id"] for record in records if record["method"] == "mfa" and "id" in record]
    return not (shown and Authenticator.objects.filter(user=request.user, pk__in=shown).exists())


def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Believe the session that set a factor up, and end all others. Answers allauth's `authenticator_added`."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)
        end_other_sessions(request, user)


def factor_removed(*, request: HttpRequest, user: User, **_: object) -> None:
    """End all sessions but this one. Answers allauth's `authenticator_removed`."""
    end_other_sessions(request, user)


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """End every session of `user` but the one of `request`, at their next request."""
    with writing_statement():
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, user)

"""Who may sign up, and who needs a second factor to sign in (design, section 5: no home-made login)."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from festival.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the organisers; attendees need none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up alone in this version."""
        return False


def needs_second_factor(user: User) -> bool:
    """Return whether the account can change what the public sees or read what jurors write."""
    return user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin")


def has_second_factor(user: User) -> bool:
    """Return whether a passkey or a code generator is registered."""
    return is_mfa_enabled(user)

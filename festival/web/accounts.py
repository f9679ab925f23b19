"""Who may sign up, and who needs a second factor to sign in (design, section 5: no home-made login)."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from festival.web.areas import SecondFactor, area_of

# Words of allauth that the site says in its own way: our catalogues come before the package's.
OUR_WORDS = (gettext_noop("Email"), gettext_noop("Email address"))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the organisers; attendees need none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up alone in this version."""
        return False


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether the signed-in person must set up a passkey or a code generator before going to this address."""
    wanted = area_of(request.path).second_factor
    if wanted is SecondFactor.NONE or not request.user.is_authenticated:
        return False
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    # allauth asks for the second factor of whoever has one; a session that it did not open proves nothing.
    has_shown_it = bool(methods) and is_mfa_enabled(request.user)
    return not (has_shown_it or (wanted is SecondFactor.MAIL_TOO and "code" in methods))

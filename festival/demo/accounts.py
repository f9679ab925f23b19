"""The demonstration's sign-ins. Made only when DEMO is on; their password is public."""

from collections.abc import Callable
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from festival import roles
from festival.models import User
from festival.roles import DOOR, JURY

PASSWORD = "fanions-de-mai"  # noqa: S105 -- printed on the terminal of the demonstration
ADMIN = "admin@demo.example.org"
EDITOR = "editorial@demo.example.org"
DOOR_TEAM = "accueil@demo.example.org"
APPLICANT = "applicant@demo.example.org"  # has no password: a code is mailed, and lies in `var/mail/`
EDITING = (roles.EDITORS, roles.MODERATORS, roles.TICKET_OFFICE, roles.JURY_OFFICE)


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Make an administrator, an editor, a door team; give the jurors of the file the same password."""
    roles.set_up()
    if not settings.DEMO:
        return
    _account(ADMIN, "Admin", "Kermesse", is_superuser=True, is_staff=True)
    _account(EDITOR, "Rédaction", "Kermesse").groups.set(_groups(*EDITING))
    _account(DOOR_TEAM, "Équipe", "Accueil").groups.set(_groups(DOOR))
    for juror in data["awards"]["jurors"]:
        _account(juror["email"], *juror["name"].split(" ", 1)).groups.set(_groups(JURY))
    report(f"Accounts: {User.objects.count()} sign-ins.")


@cache
def _hashed() -> str:
    """Hash the password once for all: each hash is slow on purpose."""
    return make_password(PASSWORD)


def _groups(*names: str) -> QuerySet[Group]:
    return Group.objects.filter(name__in=names)


def _account(email: str, first_name: str, last_name: str, **fields: Any) -> User:
    user, _ = User.objects.update_or_create(
        email=email, defaults={"first_name": first_name, "last_name": last_name, **fields}
    )
    if not user.password or not user.has_usable_password():
        user.password = _hashed()
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user

"""Areas of the site: which addresses belong together, who enters, under which policy.

`settings.AREAS` is the one table; middleware, page cache, second factor and robots.txt ask here which area an address
is in, and name no address themselves.
"""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum

from django.conf import settings

from festival.text.languages import installed_languages
from festival.web.policies import Policy

_EDITION = re.compile(r"/\d+(?=/.)")


class Who(StrEnum):
    """For whom an area is. Its views check the rights; whatever is not for everybody is kept from search engines."""

    EVERYBODY = "everybody"
    EDITORS = "editors"
    DOOR_TEAM = "door team"
    JURIES = "juries"


class SecondFactor(Enum):
    """What a signed-in person must have shown besides a password."""

    NONE = "none"
    PASSKEY_OR_GENERATOR = "a passkey or a code generator"
    MAIL_TOO = "one of these, or a sign-in code sent by mail"


@dataclass(frozen=True, slots=True)
class Area:
    """Addresses that begin with one of `prefixes`, or with a language if it `has_language`.

    Attributes:
        policy: Content security policy; None for the public one.
        is_kept: Whether whole pages of it may be kept for visitors without a session.
    """

    name: str
    prefixes: tuple[str, ...] = ()
    who: Who = Who.EVERYBODY
    second_factor: SecondFactor = SecondFactor.NONE
    has_language: bool = False
    policy: Policy | None = None
    is_kept: bool = False
    uses_camera: bool = False


# What no area claims: a page whose address lacks the language, or nothing at all.
NOWHERE = Area("nowhere", has_language=True)


def area_of(path: str) -> Area:
    """Return the area of a path; of several the one that names more of it.

    The number of an edition in front is skipped: what a past one keeps is of the same kind.
    """
    plain = _EDITION.sub("", path, count=1) if _EDITION.match(path) else path
    claims = [(len(prefix), area) for area in settings.AREAS for prefix in prefixes_of(area) if _begins(plain, prefix)]
    return max(claims, key=lambda claim: claim[0])[1] if claims else NOWHERE


def prefixes_of(area: Area) -> tuple[str, ...]:
    """Return how the addresses of an area begin, those of the languages included."""
    return area.prefixes + (tuple(f"/{code}/" for code in installed_languages()) if area.has_language else ())


def closed_prefixes() -> list[str]:
    """Return how addresses begin that search engines have no business with."""
    return [prefix for area in settings.AREAS if area.who is not Who.EVERYBODY for prefix in area.prefixes]


def _begins(path: str, prefix: str) -> bool:
    return path == prefix if prefix == "/" else path.startswith(prefix)

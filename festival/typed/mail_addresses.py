"""Mail addresses: one canonical form to store, one identity to count people by. Plain Python.

The rules are those of RFC 5321 and 5322 as far as mail is delivered today: no quoted local parts, no address literals,
ASCII in front of the @, any script behind it (RFC 5890, UTS 46).
"""

import re
from enum import StrEnum

import idna

from festival.typed import cleaning

LONGEST = 254  # RFC 3696, erratum 1690
_LONGEST_LOCAL = 64  # RFC 5321, section 4.5.3.1.1
_LOCAL = re.compile(r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*")
_AT = str.maketrans({"\N{FULLWIDTH COMMERCIAL AT}": "@", "\N{SMALL COMMERCIAL AT}": "@"})
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))
_GOOGLE = {"gmail.com", "googlemail.com"}


class AddressFault(StrEnum):
    """What is wrong with an address, so that its owner can mend it."""

    EMPTY = "empty"
    SPACE = "space"
    NO_AT = "no at"
    TWO_AT = "two at"
    NO_LOCAL = "no local part"
    NO_ENDING = "no ending"
    LETTERS = "letters"
    TOO_LONG = "too long"


class InvalidAddress(ValueError):
    """An address that no mail reaches; `fault` says why."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def canonical(address: str) -> str:
    """Return the address as it is stored: cleaned, the host in small letters and in ASCII (`xn--…`).

    Raises:
        InvalidAddress: If no mail can be sent there.
    """
    address = cleaning.line(address).translate(_AT)
    if not address:
        raise InvalidAddress(AddressFault.EMPTY)
    if any(character.isspace() for character in address):
        raise InvalidAddress(AddressFault.SPACE)
    local, at, host = address.rpartition("@")
    if not at:
        raise InvalidAddress(AddressFault.NO_AT)
    if "@" in local:
        raise InvalidAddress(AddressFault.TWO_AT)
    if not local:
        raise InvalidAddress(AddressFault.NO_LOCAL)
    return _checked(local, _host(host))


def can_exist(address: str) -> bool:
    """Return whether mail can be sent to the address."""
    try:
        canonical(address)
    except InvalidAddress:
        return False
    return True


def mail_identity(address: str) -> str:
    """Return what aliases of one mailbox have in common, to count by: never to send to.

    Small letters; without what follows a plus; for Google without dots, which it ignores. What is no address is its
    own identity.
    """
    try:
        local, _at, host = canonical(address).lower().rpartition("@")
    except InvalidAddress:
        return cleaning.line(address).lower()
    plain = local.split("+")[0] or local
    if host in _GOOGLE:
        return f"{plain.replace('.', '')}@gmail.com"
    return f"{plain}@{host}"


def mailbox_hints(address: str) -> tuple[str, tuple[str, ...]]:
    """Return how every alias of a mailbox begins, and the hosts that it may be at, in small letters.

    To look for them in a database; what is found is compared by `mail_identity`. Without hosts for what is no address.
    """
    try:
        local, _at, host = canonical(address).lower().rpartition("@")
    except InvalidAddress:
        return cleaning.line(address).lower(), ()
    if host in _GOOGLE:
        return local[:1], tuple(sorted(_GOOGLE))
    return local.split("+")[0] or local, (host,)


def _host(host: str) -> str:
    host = host.translate(_DOTS)
    if "." not in host.strip("."):
        raise InvalidAddress(AddressFault.NO_ENDING)
    try:
        found = idna.encode(host, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidAddress(AddressFault.LETTERS) from error
    ending = found.rpartition(".")[2]
    if not ending or ending.isdecimal() or len(ending) < 2:
        raise InvalidAddress(AddressFault.NO_ENDING)
    return found


def _checked(local: str, host: str) -> str:
    if not _LOCAL.fullmatch(local):
        raise InvalidAddress(AddressFault.LETTERS)
    if len(local) > _LONGEST_LOCAL or len(local) + 1 + len(host) > LONGEST:
        raise InvalidAddress(AddressFault.TOO_LONG)
    return f"{local}@{host}"

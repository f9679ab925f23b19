"""International bank account numbers (ISO 13616): cleaned, checked, spelled in fours."""

import re

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def parse_iban(text: str) -> str | None:
    """Return the number without spaces and in capitals; None when it is none, or a digit of it is wrong.

    The two check digits find every single mistyped character and every swap of two (ISO 7064, MOD 97-10).
    """
    number = re.sub(r"[\s.-]", "", text).upper()
    if not _SHAPE.fullmatch(number):
        return None
    digits = "".join(str(int(character, 36)) for character in number[4:] + number[:4])
    return number if int(digits) % 97 == 1 else None


def spell_iban(number: str) -> str:
    """Return the number in groups of four, as it stands on paper."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))

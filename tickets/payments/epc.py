"""The text of a QR code that fills in a bank transfer (EPC069-12, version 002), and the reference that people type."""

import unicodedata

MOST_CENTS = 99_999_999_999
_NAME_LENGTH = 70
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ "


def payload(*, holder: str, iban: str, bic: str, cents: int, reference: str) -> str:
    """Return the lines of the code.

    Args:
        holder: Whose account it is; letters that banks do not take lose their accents.
        iban: Without spaces.
        bic: "" within the SEPA area.
        cents: From 1 to 999 999 999.99 euros; no other currency is possible.
        reference: Free text for the statement, at most 140 characters.

    Raises:
        ValueError: For an amount out of range.
    """
    if not 1 <= cents <= MOST_CENTS:
        raise ValueError(f"A transfer is of 0.01 to 999999999.99 euros, not of {cents} cents.")
    amount = f"EUR{cents // 100}.{cents % 100:02}"
    return "\n".join(
        ["BCD", "002", "1", "SCT", bic, plain(holder)[:_NAME_LENGTH], iban, amount, "", "", plain(reference)[:140]]
    )


def plain(text: str) -> str:
    """Return the text in the letters that every bank of the SEPA area takes; others become a dot."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'"))
    kept = "".join(character for character in folded if not unicodedata.combining(character))
    return "".join(character if character in _PLAIN else "." for character in kept)


def spell_code(code: str) -> str:
    """Return an order's code as people type it into a transfer: in fours, such as "B4KD 7QRX"."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

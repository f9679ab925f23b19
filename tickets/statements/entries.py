"""What a bank's file says, whatever its format: the money that came in, and the lines that cannot be read.

Plain Python. Every reader gives back a `Statement`. A fault names its line in the file, and is a code: `wording` has
the sentences.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from festival.typed import cleaning

LARGEST = 5_000_000  # bytes of a file
MOST_ENTRIES = 20_000  # of a file
TEXT, NAME, ID = 1000, 200, 140  # characters that are kept
HIGHEST = 2**31 - 1  # cents: what a column of the database holds
SHOWN = 80  # characters of a line that a sentence repeats


@dataclass(frozen=True, slots=True)
class Entry:
    """One credit, booked on an account.

    Args:
        line: Where it stands in the file, from 1.
        booked_on: The day on which the bank booked it.
        cents: More than nothing, in hundredths of the currency.
        currency: Three letters, ISO 4217; empty where the file does not say it.
        text: What the payer wrote and the bank added, on one line.
        counterparty: Who paid, as the bank writes it; empty where it does not say.
        bank_id: The bank's own name for it; empty where it gives none.
        account: The account, mostly its IBAN; empty where the file does not say it.
        is_return: Whether it is money of ours that came back, not a payment.
    """

    line: int
    booked_on: date
    cents: int
    currency: str
    text: str = ""
    counterparty: str = ""
    bank_id: str = ""
    account: str = ""
    is_return: bool = False

    def cleaned(self) -> "Entry":
        """Return it with texts that can be shown and stored."""
        return Entry(
            line=self.line,
            booked_on=self.booked_on,
            cents=self.cents,
            currency=self.currency,
            text=cleaning.line(self.text)[:TEXT],
            counterparty=cleaning.line(self.counterparty)[:NAME],
            bank_id=cleaning.line(self.bank_id)[:ID],
            account=cleaning.line(self.account)[:NAME],
            is_return=self.is_return,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be read: its number from 1 (0: the whole file), why, and what stands there."""

    line: int
    code: str
    shown: str = ""


@dataclass(slots=True)
class Statement:
    """What a file says: credits in its order, faults, and how many lines are no credits.

    `taken_back` are the lines by which the bank took back what it had booked before.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    others: int = 0
    taken_back: list[int] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Keep a credit."""
        self.entries.append(entry.cleaned())

    def fault(self, line: int, code: str, shown: str = "") -> None:
        """Note what cannot be read."""
        self.faults.append(Fault(line, code, cleaning.line(shown)[:SHOWN]))


def whole_file(code: str, shown: str = "") -> Statement:
    """Return the statement of a file of which nothing can be read."""
    statement = Statement()
    statement.fault(0, code, shown)
    return statement


def fingerprints(entries: Iterable[Entry]) -> list[str]:
    """Return for each entry, in order, what tells it from all others: 64 hexadecimal digits.

    The same entry has the same fingerprint in every file that holds it. Two payments that are alike in everything have
    two: they are counted within their day, which a file holds whole.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for entry in entries:
        parts = (
            entry.account,
            entry.booked_on.isoformat(),
            str(entry.cents),
            entry.currency,
            "".join(entry.text.split()),
            "".join(entry.counterparty.split()),
            entry.bank_id,
        )
        found.append(hashlib.sha256("\x1f".join((*parts, str(seen[parts]))).encode()).hexdigest())
        seen[parts] += 1
    return found

"""Reads a bank's file of any of the formats that we know. Plain Python."""

from tickets.statements import bank_csv, camt, mt940
from tickets.statements.bank_csv import Columns
from tickets.statements.entries import LARGEST, Statement, whole_file


def read(data: bytes, chosen: Columns = Columns()) -> Statement:  # noqa: B008 -- frozen
    """Return what a file says; whatever is in it, this raises nothing.

    Args:
        data: The file. Its format is seen from what stands in it, never from its name.
        chosen: Headings of a CSV file that were named by hand.
    """
    if len(data) > LARGEST:
        return whole_file("too_large")
    if not data.strip(b"\xef\xbb\xbf \r\n\t\x00"):
        return whole_file("empty")
    if camt.looks_like(data):
        return camt.read(data)
    text = bank_csv.decode(data)
    if mt940.looks_like(text):
        return mt940.read(text)
    if "\x00" in text:
        return whole_file("not_text")
    return bank_csv.read(text, chosen)

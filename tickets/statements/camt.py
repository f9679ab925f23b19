"""Reads CAMT.053, the bank statement of ISO 20022, in the versions camt.053.001.02 to .08 and later. Plain Python.

Elements are looked up by their names without the namespace, where versions differ by both of their places. Only what is
booked counts. Where a statement gives its opening and closing balance, they must agree with all that is booked.
"""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tickets.statements.amounts import exact_cents, typed_date
from tickets.statements.entries import MOST_ENTRIES, Entry, Statement, whole_file

_DEEPEST = 40
_SPACES = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
_LINE = "line of the file"


class _TooDeep(Exception):
    """Elements within elements within elements."""


class _Lines(TreeBuilder):
    """Builds the tree with the line of each element, and without namespaces, comments and instructions."""

    def __init__(self) -> None:
        super().__init__()
        self.parser: DefusedXMLParser | None = None
        self.depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeep
        line = self.parser.parser.CurrentLineNumber if self.parser else 0
        name = tag.rpartition("}")[2] if self.depth > 1 else tag
        return super().start(name, {**attrs, _LINE: str(line)})

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2] if self.depth else tag)


def looks_like(data: bytes) -> bool:
    """Whether a file begins as an XML document does."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith((b"<", b"\x00<"))


def read(data: bytes) -> Statement:
    """Return the credits of all statements in a file."""
    builder = _Lines()
    builder.parser = parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data.lstrip(b" \t\r\n"))  # a copied file may begin with blanks, which XML forbids
        root = parser.close()
    except DefusedXmlException:
        return whole_file("xml_forbidden")
    except _TooDeep:
        return whole_file("xml_too_deep")
    except ParseError as error:
        statement = Statement()
        statement.fault(error.position[0], "xml_broken")
        return statement
    except (ValueError, LookupError):  # an encoding that nobody knows, or one that is not what it says
        return whole_file("xml_broken")
    return _read_document(root)


def _read_document(root: Element) -> Statement:
    space, _, name = root.tag.rpartition("}")
    statements = root.findall("*/Stmt")
    if name != "Document" or not space.strip("{").startswith(_SPACES) or not statements:
        return whole_file("not_a_statement", name)
    statement = Statement()
    for each in statements:
        _read_statement(each, statement)
        if len(statement.entries) > MOST_ENTRIES:
            statement.fault(_line_of(each), "too_many")
            break
    return statement


def _read_statement(source: Element, statement: Statement) -> None:
    account = _text(source, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
    faults, moved = len(statement.faults), 0
    for entry in source.findall("Ntry"):
        try:
            moved += _read_entry(entry, account, statement)
        except ValueError:
            statement.fault(_line_of(entry), "entry", _words(entry))
    balances = dict(_balances(source))
    opening, closing = balances.get("OPBD", balances.get("PRCD")), balances.get("CLBD")
    complete = opening is not None and closing is not None and faults == len(statement.faults)
    if complete and opening + moved != closing:  # type: ignore[operator]
        statement.fault(_line_of(source), "balance_differs", account)


def _balances(source: Element) -> Iterator[tuple[str, int]]:
    for balance in source.findall("Bal"):
        try:
            yield _text(balance, "Tp/CdOrPrtry/Cd"), _signed(balance)
        except ValueError:
            continue  # the proof is missing then, not an entry


def _read_entry(entry: Element, account: str, statement: Statement) -> int:
    """Keep the credits of an entry; return by how many cents it moved the account. Raises ValueError if unreadable."""
    status = _text(entry, "Sts/Cd", "Sts")
    if status not in {"BOOK", ""}:
        statement.others += 1
        return 0
    moved = _signed(entry)
    is_reversal = _text(entry, "RvslInd") in {"true", "1"}
    if moved <= 0:
        statement.others += 1
        if is_reversal:
            statement.taken_back.append(_line_of(entry))
        return moved
    booked_on = _booked(entry)
    own = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    for part, cents in _parts(entry, moved):
        statement.add(
            Entry(
                line=_line_of(part),
                booked_on=booked_on,
                cents=cents,
                currency=_currency(entry),
                text=_words(part) or _text(entry, "AddtlNtryInf"),
                counterparty=_text(part, *_NAMES),
                bank_id="/".join(filter(None, (own, _text(part, *_OWN_IDS)))),
                account=account,
                is_return=is_reversal,
            )
        )
    return moved


_NAMES = (
    ".//RltdPties/Dbtr/Pty/Nm",
    ".//RltdPties/Dbtr/Nm",
    ".//RltdPties/UltmtDbtr/Pty/Nm",
    ".//RltdPties/UltmtDbtr/Nm",
    ".//RltdPties/InitgPty/Pty/Nm",
    ".//RltdPties/InitgPty/Nm",
)
_OWN_IDS = ("Refs/AcctSvcrRef", "Refs/TxId", "Refs/InstrId")


def _parts(entry: Element, moved: int) -> list[tuple[Element, int]]:
    """Return what an entry is made of: each transaction of a collected one, if their amounts are given and agree."""
    transactions = entry.findall("NtryDtls/TxDtls")
    if len(transactions) > 1:
        try:
            parts = [(each, _signed(each)) for each in transactions]
        except ValueError:
            parts = []
        if parts and sum(cents for _each, cents in parts) == moved and all(cents > 0 for _each, cents in parts):
            return parts
    return [(entry, moved)]


def _signed(source: Element) -> int:
    """Return the cents of an entry, a transaction or a balance, negative for a debit. Raises ValueError."""
    text = _text(source, "Amt", "AmtDtls/TxAmt/Amt")
    mark = _text(source, "CdtDbtInd") or ("CRDT" if source.tag == "TxDtls" else "")
    if mark not in {"CRDT", "DBIT"}:
        raise ValueError(mark)
    return exact_cents(text, ".") * (1 if mark == "CRDT" else -1)


def _currency(entry: Element) -> str:
    code = entry.find("Amt").get("Ccy", "")  # type: ignore[union-attr]
    if len(code) != 3 or not code.isascii() or not code.isupper():
        raise ValueError(code)
    return code


def _booked(entry: Element) -> date:
    return typed_date(_text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")[:10])


def _words(part: Element) -> str:
    """Return what the payer wrote: free text, structured reference, reference of the order to pay."""
    paths = (".//RmtInf/Ustrd", ".//RmtInf/Strd/CdtrRefInf/Ref", ".//RmtInf/Strd/AddtlRmtInf", ".//AddtlTxInf")
    words = [each.text or "" for path in paths for each in part.iterfind(path)]
    reference = _text(part, ".//Refs/EndToEndId")
    return " ".join(filter(None, (*words, "" if reference == "NOTPROVIDED" else reference)))


def _text(source: Element, *paths: str) -> str:
    """Return the first text found at one of the paths."""
    for path in paths:
        if (text := (source.findtext(path) or "").strip()) != "":
            return text
    return ""


def _line_of(element: Element) -> int:
    return int(element.get(_LINE, "0"))

"""The sentences about bank statements: what cannot be read, what a line is for, what came of it."""

from django.utils.translation import gettext as _

from festival.text import typography
from tickets.payments.settling import Outcome
from tickets.statements.entries import Fault
from tickets.statements.matching import Found
from tickets.statements.queries import Proposal


def fault(one: Fault) -> str:
    """Return why a line, or the file, cannot be read."""
    sentences = {
        "too_large": _("The file is larger than 5 MB. Export a shorter time."),
        "empty": _("There is nothing in the file."),
        "not_text": _("This is no statement: neither XML, nor MT940, nor CSV. A PDF cannot be read."),
        "xml_broken": _("The XML breaks off here, or is damaged."),
        "xml_forbidden": _("The XML has a document type of its own, which no bank sends. It was not read."),
        "xml_too_deep": _("The XML is nested too deeply for a statement."),
        "not_a_statement": _("This is XML, but no CAMT.053 statement. Ask your bank for CAMT.053."),
        "no_headings": _(
            "No columns of date and amount were found. Name their headings below, as they stand in the file."
        ),
        "too_many": _("From here on there are too many entries for one file. Export a shorter time."),
        "entry": _("This entry cannot be read: its date, its amount or its sign is not as it should be."),
        "balance": _("This balance cannot be read."),
        "balance_differs": _(
            "The entries do not add up to the closing balance: some are missing. Export the file again."
        ),
        "no_closing_balance": _("The closing balance is missing: the file may be cut off. Export it again."),
        "no_field": _("This line belongs to no field."),
        "broken_row": _("From here on the file cannot be read: a quotation mark is never closed."),
        "short_row": _("This line has fewer columns than the headings."),
        "amount": _("This is no amount, or one that can be read in two ways."),
        "date": _("This is no date."),
    }
    return sentences[one.code]


def found(proposal: Proposal) -> str:
    """Return how the order of a line was found, or why none was."""
    if proposal.is_shared:
        return _("Another line names the same order: look whether it is the same payment.")
    match proposal.match.found:
        case Found.CODE:
            return "" if not proposal.line.is_return else _("Money of yours that came back.")
        case Found.NEAR:
            return _("One character of the code is off; name and amount agree.")
        case Found.SEVERAL:
            return _("It names more than one order.")
    return _("It names no order.")


def consequence(proposal: Proposal) -> str:
    """Return what happens when the line is confirmed."""
    order = proposal.order
    if order is None:
        return ""
    apart = typography.price(proposal.apart, order.currency)
    if not proposal.can_be_credited:
        return other_currency(proposal.line.currency)
    if not proposal.due:
        return _("The order owes nothing: all of it goes back.")
    if proposal.is_short:
        return _("%(apart)s are missing: the buyer is asked for them.") % {"apart": apart}
    late = order.state == order.State.EXPIRED
    if proposal.apart:
        return _("The order is paid, and %(apart)s too much go back.") % {"apart": apart}
    if late:
        return _("It comes late: the places are taken again if they are free, else the money goes back.")
    return _("The order is paid, and its tickets are sent.")


def other_currency(currency: str) -> str:
    """Return why a line cannot be credited."""
    return _("It came in %(currency)s. Set it aside, and note what your bank made of it on the page of the order.") % {
        "currency": currency
    }


def outcome(one: Outcome, code: str) -> str:
    """Return what came of a line that was credited."""
    sentences = {
        Outcome.PAID: _("Order %(code)s is paid; its tickets are on the way."),
        Outcome.SHORT: _("Order %(code)s: a part came, the buyer is asked for the rest."),
        Outcome.RETURNED: _("Order %(code)s: the money cannot pay it any more and is to go back."),
        Outcome.KNOWN: _("Order %(code)s: this payment was known."),
    }
    return sentences[one] % {"code": code}

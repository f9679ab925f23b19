"""A copy of what was sent in, as lines of words: for the status page, the receipt and its mail."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext as _

from awards.applying.fields import LABELS
from awards.models import Entry, EntryRevision
from festival.text.collation import country_name
from festival.text.texts import Text
from festival.text.typography import language_name, number, plain_date, price


def lines_of(revision: EntryRevision) -> list[tuple[str, str]]:
    """Return a copy of what was sent in, label and words, in the active language."""
    snapshot = revision.snapshot
    if "facts" not in snapshot:
        return []
    lines = [(str(LABELS["category"][0]), str(Text(snapshot["category"]["name"])))]
    for name, value in snapshot["facts"].items():
        if value not in (None, "") and name in LABELS:
            lines.append((str(LABELS[name][0]), _fact(name, value)))
    currency = revision.entry.call.edition.currency
    lines += [(str(Text(one["label"])), _answer(one, currency)) for one in snapshot["answers"]]
    lines += [(_("File"), one["name"]) for one in snapshot["files"]]
    return lines


def _fact(name: str, value: Any) -> str:
    if name == "legal_form":
        return str(Entry.LegalForm(value).label)
    if name == "language":
        return language_name(value)
    if name == "country":
        return country_name(value, get_language() or "en")
    if name == "founded":
        return str(value)
    return number(value) if isinstance(value, int) else str(value)


def _answer(one: dict[str, Any], currency: str) -> str:
    value = one["value"]
    match one["kind"]:
        case "choice" | "choices":
            return ", ".join(str(Text(words)) for words in one["shown"])
        case "budget":
            return " · ".join(f"{line['label']} {price(line['cents'], currency)}" for line in value)
        case "number":
            return number(value)
        case "date":
            return plain_date(date.fromisoformat(value), get_language())
    return str(value)

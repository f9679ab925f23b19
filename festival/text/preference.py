"""In which language somebody reads a text that lacks theirs. Plain Python."""

from collections.abc import Iterator, Sequence


def order_of_preference(wanted: str, languages: Sequence[str]) -> Iterator[str]:
    """Yield the codes to try for a reader of `wanted`: it, its general form, then `languages`, the main one first."""
    yield wanted
    yield general_form(wanted)
    yield from languages


def language_to_mark(shown: str, wanted: str) -> str:
    """Return the language to mark a text with that is shown in a page of `wanted`: empty unless it is another one."""
    return "" if shown in (wanted, general_form(wanted)) else shown


def general_form(code: str) -> str:
    """Return the language without its region: `pt` of `pt-br`."""
    return code.split("-")[0]

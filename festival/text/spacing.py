"""The spaces and apostrophes of what organisers type, as a printer sets them. Plain Python.

Keyboards have one space and one apostrophe. In a French page a line must not break before a colon or a question mark
(Lexique des règles typographiques en usage à l’Imprimerie nationale); stored texts stay as they were typed.
"""

import re

_NBSP, _NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# Between the end of a tag and the beginning of the next one: never inside a tag.
_IN_TEXT = r"(?=[^<>]*(?:<|\Z))"
# The space first, so that a page without one before a sign is read in one go.
_BEFORE = re.compile(rf" (?<=[^\s>] )([:»;!?])(?=[\s<.,)»…]){_IN_TEXT}")
_BEHIND = re.compile(rf"« (?=\S){_IN_TEXT}")
_QUOTES = ("'", "&#x27;", "&#39;")
_QUOTE = f"(?:{'|'.join(_QUOTES)})"
# Within a word, and behind a plural: the Couriers’ Code.
_APOSTROPHE = re.compile(rf"(?:(?<=[^\W\d_]){_QUOTE}(?=[^\W\d_])|(?<=[^\W\d_]s){_QUOTE}(?= [^\W\d_])){_IN_TEXT}")
# What a browser neither breaks nor shows as prose.
_VERBATIM = re.compile(r"(<(script|style|textarea|pre|code)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)


def printed(html: str, *, is_french: bool) -> str:
    """Return a page of HTML with typographic apostrophes and, in French, with its no-break spaces.

    Nothing inside a tag changes, nor scripts, styles, code and what stands in a form.
    """
    parts = _VERBATIM.split(html)
    # Every third part is text; behind it stand what was found verbatim, and the name of its tag.
    return "".join(
        _set(part, is_french) if place % 3 == 0 else part for place, part in enumerate(parts) if place % 3 != 2
    )


def _set(html: str, is_french: bool) -> str:
    if any(quote in html for quote in _QUOTES):
        html = _APOSTROPHE.sub("’", html)
    if not is_french:
        return html
    return _BEHIND.sub(f"«{_NBSP}", _BEFORE.sub(_no_break, html))


def _no_break(found: re.Match[str]) -> str:
    return (_NBSP if found[1] in ":»" else _NNBSP) + found[1]

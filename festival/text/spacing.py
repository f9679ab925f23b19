"""The spaces and apostrophes of what organisers type, as a printer sets them. Plain Python.

Keyboards have one space and one apostrophe. In a French page a line must not break before a colon or a question mark,
nor within a number, an hour, a price or a date (Lexique des règles typographiques en usage à l’Imprimerie nationale);
stored texts stay as they were typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NBSP, _NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_SPACE = f"[ {_NBSP}{_NNBSP}]"

# What is no text, or what a browser neither breaks nor shows as prose; then comments, then tags with their attributes.
_NO_TEXT = re.compile(
    r"<(?P<verbatim>script|style|textarea|pre|code|kbd|samp)\b.*?</(?P=verbatim)\s*>|<!--.*?-->"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
# The text of these goes on in what stands around them (HTML, section 4.5); all others begin and end a line.
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "var"}
# Nothing stands within these, so their language is nobody's.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_LANGUAGE = re.compile(r"\slang\s*=\s*[\"']?([a-z]*)", re.IGNORECASE)

_ADDRESS = re.compile(r"(?:\w+://|www\.)\S+|\S+@\S+")
_QUOTES = ("'", "&#x27;", "&#39;")
_QUOTE = f"(?:{'|'.join(_QUOTES)})"
# Within a word, and behind a plural: the Couriers’ Code.
_APOSTROPHE = re.compile(rf"(?<=[^\W\d_]){_QUOTE}(?=[^\W\d_])|(?<=[^\W\d_]s){_QUOTE}(?= [^\W\d_])")

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_COUNTED = "euros?|places?|personnes?|ans?|jours?|heures?|minutes?|millions?|milliards?"
_UNITS = rf"[kM]?€|[$£%‰°]|(?:h|min|mm|cm|m|km|kg|{_COUNTED}|{_MONTHS})(?![\w'’&])"
# A plain space, and what stands there in print. The space comes first, so that a page is read in one go.
_FRENCH = (
    (re.compile(r" (?<=\S )(?=»|:(?:[\s.,)…]|\Z))"), _NBSP),
    (re.compile(r" (?<=\S )(?=[;!?](?:[\s.,)»…!?]|\Z))"), _NNBSP),
    (re.compile(r" (?<=« )(?=\S)"), _NBSP),
    (re.compile(rf" (?:(?<=\d )|(?<=\d[ᵉº] )|(?<=\b1er ))(?={_UNITS})"), _NBSP),
    (re.compile(rf" (?<=\d{_SPACE}h )(?=\d\d(?!\d))"), _NBSP),
    (re.compile(r" (?:(?<=\b[nN][°º] )|(?<=§ ))(?=\d)"), _NBSP),
)
# Groups of three behind one to three digits: not what may be a telephone number or two numbers in a row.
_NUMBER = re.compile(rf"(?<![\w.,/+-])(?<!\d{_SPACE})[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})++(?![\w/-]|{_SPACE}\d)")


# Pieces of text that are read as one, whatever inline tags stand between them: place, and whether it is French.
type _Run = list[tuple[int, bool]]


@dataclass(slots=True)
class _Languages:
    """Which language a text stands in: of the page, or of the nearest element around it that names one."""

    is_french: bool
    _around: list[tuple[str, bool]] = field(default_factory=list)

    def pass_tag(self, tag: re.Match[str]) -> None:
        """Take note of a tag."""
        name = tag["name"].casefold()
        named = None if tag["end"] or name in _VOID else _LANGUAGE.search(tag["attributes"])
        if named:
            self._around.append((name, self.is_french))
            self.is_french = named[1].casefold() == "fr"
        elif self._around and self._around[-1][0] == name:
            if tag["end"]:
                self.is_french = self._around.pop()[1]
            else:
                self._around.append((name, self.is_french))  # one of its own name within, which ends before it does


def printed(html: str, *, is_french: bool) -> str:
    """Return a page of HTML with typographic apostrophes and, in its French texts, with no-break spaces.

    `is_french` says it of the texts that no attribute `lang` stands around. Nothing inside a tag changes, nor scripts,
    styles, code, what stands in a form, and addresses of the web and of mail.
    """
    pieces: list[str] = []
    for run in _runs(html, is_french, pieces):
        _set(pieces, run)
    return "".join(pieces)


def _runs(html: str, is_french: bool, pieces: list[str]) -> Iterator[_Run]:
    """Cut the page into `pieces`, tags and texts by turns; yield the runs of its texts as soon as they end."""
    languages = _Languages(is_french)
    run: _Run = []
    read = 0
    for found in _NO_TEXT.finditer(html):
        if found.start() > read:
            run.append((len(pieces), languages.is_french))
            pieces.append(html[read : found.start()])
        pieces.append(found[0])
        read = found.end()
        if found["name"]:
            languages.pass_tag(found)
        if found["verbatim"] or (found["name"] and found["name"].casefold() not in _INLINE):
            yield run
            run = []
    run.append((len(pieces), languages.is_french))
    pieces.append(html[read:])
    yield run


def _set(pieces: list[str], run: _Run) -> None:
    """Set the pieces of a run; what changes lies within one piece each, for no tag parts a space or an apostrophe."""
    text = "".join(pieces[place] for place, _ in run)
    if not text or text.isspace():
        return
    changes = sorted(_changes(text), reverse=True)
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if changes else []
    end = len(text)
    for place, is_french in reversed(run):
        start = end - len(pieces[place])
        while changes and changes[0][0] >= start:
            begin, stop, sign = changes.pop(0)
            is_in_address = any(first <= begin < last for first, last in addresses)
            if (is_french or sign == "’") and not is_in_address:
                pieces[place] = pieces[place][: begin - start] + sign + pieces[place][stop - start :]
        end = start


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what changes in a text, were it French: beginning, end, and what stands there in print."""
    if any(quote in text for quote in _QUOTES):
        yield from ((found.start(), found.end(), "’") for found in _APOSTROPHE.finditer(text))
    for found in _NUMBER.finditer(text):
        yield from ((at, at + 1, _NNBSP) for at in range(*found.span()) if text[at] == " ")
    for pattern, space in _FRENCH:
        yield from ((found.start(), found.end(), space) for found in pattern.finditer(text))

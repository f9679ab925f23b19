"""What the documentation says to type, taken out of its code spans and blocks.

Decisions and the list of changes tell of the past and are not followed.
"""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "decisions"),
]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Code:
    """A piece of code in a page; `kind` is the language of a block, or "span"."""

    page: str
    kind: str
    text: str


def code() -> list[Code]:
    """Return every code span and block."""
    found = []
    for path in PAGES:
        page, text = str(path.relative_to(ROOT)), path.read_text()
        for indent, kind, block in BLOCK.findall(text):
            found.append(Code(page, kind, re.sub(rf"^{indent}", "", block, flags=re.MULTILINE)))
        spans = re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", BLOCK.sub("", text))
        found += [Code(page, "span", re.sub(r"\s+", " ", span)) for span in spans]
    return found


def commands(program: str) -> list[str]:
    """Return each different list of arguments that the pages give to a program such as `make` or `manage.py`."""
    # A span names a command with or without what comes before it; a line of a block is what people paste.
    start = rf"(?:^|[ \n=/;])(?:\w+=\S+ )*{re.escape(program)} (.+)"
    found = set()
    for piece in code():
        if piece.kind in {"span", "sh", "ini"}:
            text = re.sub(r'-c "(.*?)"', "", piece.text, flags=re.DOTALL)
            found |= {re.sub(r"\s+#.*|;.*", "", line).strip() for line in re.findall(start, text)}
    return sorted(found)


def inline_python(before: str) -> list[str]:
    """Return the Python that the pages pass by `-c` to a command that ends with `before`."""
    text = "\n".join(piece.text for piece in code() if piece.kind in {"span", "sh"})
    return re.findall(rf'{re.escape(before)} -c "(.*?)"', text, re.DOTALL)


def words(line: str) -> list[str]:
    """Split a command as a shell does; brackets of optional arguments are dropped."""
    return shlex.split(line.replace("[", "").replace("]", ""))

"""The short name of a label, made from what the file calls it: never empty, the same for the same label."""

import re
import unicodedata
from hashlib import sha256

from django.utils.text import slugify

LONGEST = 50
# What a short name may lose without becoming that of another label; "C++" and "C#" are not "C".
_LOST = re.compile(r"[\s_.,:;!?'’‘“”\"«»()-]+")


def slug_of(name: str) -> str:
    """Return the short name of a label of one line: letters, digits and hyphens, at most 50.

    Labels that differ in case, accents or punctuation alone share it. What ASCII cannot write, such as 音楽, gets a
    name of its own with a part of its SHA-256.
    """
    plain = slugify(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    if plain and len(plain) <= LONGEST and _LOST.sub("", bare) == re.sub(r"[-_]", "", plain):
        return plain
    digest = sha256(unicodedata.normalize("NFKC", name).casefold().encode()).hexdigest()[:8]
    return f"{plain[: LONGEST - 9].strip('-')}-{digest}".strip("-")

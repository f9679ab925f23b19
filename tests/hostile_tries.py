"""Tries of pages with hostile values, and what broke.

`HOSTILE_TRIES` names how many each test sends that draws a sample, `HOSTILE_SEED` another sample.
"""

import os
import random

from django.core.cache import cache
from lxml import html

from tests.authorisation_tries import attempt
from tests.hostile import VALUES

TRIES = int(os.environ.get("HOSTILE_TRIES", "50"))
SEED = int(os.environ.get("HOSTILE_SEED", "2027"))


def filled(forms):
    """Return tries of forms with one hostile value each: every form takes its turn, and every value does.

    Args:
        forms: (role, path, what its form sends as it stands, the names of what is typed into it) of each.
    """
    dice, tries = random.Random(SEED), []
    forms = dice.sample(forms, len(forms))
    for turn in range(max(TRIES, len(forms), len(VALUES))):
        role, path, form, names = forms[turn % len(forms)]
        tries.append((role, "post", path, form | {dice.choice(names): VALUES[turn % len(VALUES)]}))
    return tries


def broken(world, tries):
    """Send the tries; return those that were answered with a 500, a line each."""
    found = []
    for role, method, path, data in tries:
        cache.clear()  # the limits of one sender would hide the rest
        status = attempt(world, role, method, path, data).status_code
        if status >= 500:
            found.append(f"{status} {role} {method} {path[:200]} {str(data)[:200]}")
    return "\n".join(found)


def typed_in(response):
    """Return the names of what people type into on a page."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content.strip():
        return set()
    kinds = " or ".join(f"@type='{kind}'" for kind in ("text", "email", "search", "number", "url", "tel", "date"))
    return set(html.fromstring(response.content).xpath(f"//textarea/@name|//input[not(@type) or {kinds}]/@name"))

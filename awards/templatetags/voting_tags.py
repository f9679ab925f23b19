"""How a vote is shown: the words of grades, and the merit profile as a drawing with a table behind."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.voting.rules import shares
from awards.voting.wording import WORDS

register = template.Library()

WIDTH, HEIGHT = 1000, 60


@register.simple_tag
def merit_word(median: int | None) -> str:
    """Return the word of a grade, or that there is none."""
    return _("no grade") if median is None else str(WORDS[median])


@register.filter
def with_words(profile: Sequence[int]) -> list[tuple[Promise, int]]:
    """Return each word with how many gave it, the best first."""
    return list(zip(WORDS, profile, strict=True))[::-1]


@register.simple_tag
def merit_profile(profile: Sequence[int]) -> SafeString:
    """Draw which part of the grades each is, the best first, with a line at the half: what it covers is the median."""
    told = ", ".join(f"{word} {count}" for word, count in with_words(profile) if count)
    return format_html(
        '<svg class="merit" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}'
        '<line x1="{}" x2="{}" y1="0" y2="{}"></line></svg>',
        WIDTH,
        HEIGHT,
        told or _("no grade"),
        format_html_join("", '<rect class="g{}" x="{}" y="8" width="{}" height="{}"></rect>', _bars(profile)),
        WIDTH // 2,
        WIDTH // 2,
        HEIGHT,
    )


def _bars(profile: Sequence[int]) -> Iterable[tuple[int, str, str, int]]:
    at = 0.0
    for grade, share in reversed(list(enumerate(shares(profile)))):
        width = float(share) * WIDTH
        if width:
            yield grade, f"{at:.1f}", f"{width:.1f}", HEIGHT - 16
        at += width

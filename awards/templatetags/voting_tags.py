"""How a vote is shown: the words of grades, and the merit profile as a drawing with a table behind."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.voting.wording import WORDS
from festival.look import charts

register = template.Library()

HEIGHT = 40  # pixels
WORST_TINT = 4  # of the classes g0 (the worst grade) to g4


@register.simple_tag
def merit_word(median: int | None) -> str:
    """Return the word of a grade, or that there is none."""
    return _("no grade") if median is None else str(WORDS[median])


@register.filter
def with_words(profile: Sequence[int]) -> list[tuple[Promise, int]]:
    """Return each word with how many gave it, the best first."""
    return list(zip(WORDS, profile, strict=True))[::-1]


@register.simple_tag
def merit_key() -> list[tuple[int, Promise]]:
    """Return the grades with their words, the best first."""
    return list(enumerate(WORDS))[::-1]


@register.simple_tag
def merit_profile(profile: Sequence[int]) -> SafeString:
    """Draw which part of the grades each is, the best first, with a line at the half: what it covers is the median."""
    return _merit([(str(word), count) for word, count in with_words(profile)])


@register.simple_tag
def merit_of(said: Sequence[tuple[str, int]]) -> SafeString:
    """Draw the same of a round of the jury: `said` are the words of its grades with how many gave each."""
    return _merit(said)


def _merit(said: Sequence[tuple[str, int]]) -> SafeString:
    told = ", ".join(f"{word} {count}" for word, count in said if count)
    steps = max(1, len(said) - 1)
    bars = [
        (round(WORST_TINT * (steps - number) / steps), at, width, HEIGHT - 12)
        for number, at, width in charts.stack([count for _word, count in said])
    ]
    return format_html(
        '<svg class="merit plot" height="{}" role="img" aria-label="{}">{}'
        '<line x1="50%" x2="50%" y1="0" y2="{}"></line></svg>',
        HEIGHT,
        told or _("no grade"),
        format_html_join("", '<rect class="g{}" x="{}" y="6" width="{}" height="{}"></rect>', bars),
        HEIGHT,
    )

"""How much jurors agree on the order: Kendall's W, and how many cards an order that holds would take."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from awards.counting.cards import Cards


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's coefficient of concordance, plain and with the correction for ties; 0 is chance, 1 one order.

    The p-values take the statistic m (n - 1) W to be chi-squared with n - 1 degrees of freedom, as the tables do.
    """

    kendall_w: float
    kendall_w_ties: float | None
    p_value: float
    p_value_ties: float | None


def agreement(cards: Cards) -> Agreement | None:
    """Return how much jurors agree, or None where not each marked everything, or there is but one of either."""
    entries = sorted(cards.by_entry)
    marks = {(card.juror, card.entry): card.mark for card in cards.cards}
    jurors = sorted({juror for juror, _ in marks})
    if len(marks) != len(entries) * len(jurors) or min(len(entries), len(jurors)) < 2:
        return None
    return concordance([[marks[juror, entry] for entry in entries] for juror in jurors])


def concordance(marks: Sequence[Sequence[Fraction]]) -> Agreement:
    """Return the agreement of complete marks: a row a juror, a column an entry; two of each at least."""
    m, n = len(marks), len(marks[0])
    ranked = [mid_ranks(row) for row in marks]
    sums = [sum((row[column] for row in ranked), Fraction()) for column in range(n)]
    middle = Fraction(m * (n + 1), 2)
    square = sum(((total - middle) ** 2 for total in sums), Fraction())
    ties = sum(count**3 - count for row in marks for count in Counter(row).values())
    most = Fraction(m**2 * (n**3 - n))
    plain = 12 * square / most
    left = most - m * ties
    corrected = 12 * square / left if left else None
    return Agreement(
        kendall_w=float(plain),
        kendall_w_ties=None if corrected is None else float(corrected),
        p_value=chi_squared_above(float(m * (n - 1) * plain), n - 1),
        p_value_ties=None if corrected is None else chi_squared_above(float(m * (n - 1) * corrected), n - 1),
    )


def mid_ranks(row: Sequence[Fraction]) -> list[Fraction]:
    """Return the rank of each value from the lowest, 1; equal ones share the middle of their ranks."""
    counts = Counter(row)
    below: Mapping[Fraction, int] = {
        value: sum(count for other, count in counts.items() if other < value) for value in counts
    }
    return [below[value] + Fraction(counts[value] + 1, 2) for value in row]


def reliability(entries: float, rest: float, cards: float) -> float:
    """Return how reliable the mean of so many cards is, from the variances of entries and of the rest; 1 is certain."""
    return entries / (entries + rest / cards)


def cards_for(entries: float, rest: float, wanted: float) -> int:
    """Return how many cards an entry needs for the reliability `wanted`, between 0 and 1, both excluded."""
    return max(1, math.ceil(wanted / (1 - wanted) * rest / entries - 1e-9))


def chi_squared_above(value: float, freedom: int) -> float:
    """Return the chance that a chi-squared variable of so many degrees of freedom exceeds `value`.

    The regularised upper incomplete gamma function, by its series below the mode and by its continued fraction above
    (Abramowitz and Stegun 6.5.29 and 6.5.31).
    """
    shape, half = freedom / 2, value / 2
    if half <= 0:
        return 1.0
    scale = math.exp(-half + shape * math.log(half) - math.lgamma(shape))
    if half < shape + 1:
        term = total = 1 / shape
        step = shape
        while abs(term) > abs(total) * 1e-16:
            step += 1
            term *= half / step
            total += term
        return 1 - scale * total
    return scale * _upper_fraction(shape, half)


def _upper_fraction(shape: float, half: float) -> float:
    """Evaluate the continued fraction by Lentz's method."""
    b = half + 1 - shape
    c, d = 1e300, 1 / b
    total = d
    number, ratio = 0, 0.0
    while abs(ratio - 1) >= 1e-15:
        number += 1
        a = -number * (number - shape)
        b += 2
        d, c = 1 / (a * d + b), b + a / c
        ratio = c * d
        total *= ratio
    return total

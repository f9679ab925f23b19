"""What is printed on a ticket, the same on the page, in the mail and in the PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from festival.models import Day
from tickets import qr, signing, tokens
from tickets.models import Order, Position


@dataclass(frozen=True, slots=True)
class Paper:
    """One ticket, ready to be shown. `rank` of `count` counts the tickets of the order."""

    position: Position
    token: str
    rank: int
    count: int

    @property
    def section(self) -> str:
        """The part of the week, which gives colour and shape."""
        return self.position.product.section.slug

    @property
    def days(self) -> list[Day]:
        """The days it is valid on."""
        return [self.position.day] if self.position.day else list(self.position.product.days.all())

    @property
    def day_numbers(self) -> str:
        """The day of the month, or the first and the last."""
        days = self.days
        ends = days if len(days) < 2 else [days[0], days[-1]]
        return "–".join(str(day.date.day) for day in ends)

    @property
    def short_code(self) -> str:
        """The code under the QR code, as it is printed."""
        return tokens.spell_short_code(self.position.short_code)

    @property
    def is_valid(self) -> bool:
        """Whether it opens the door: paid and not cancelled."""
        return self.position.cancelled_at is None and self.position.order.state == Order.State.PAID

    @property
    def qr_path(self) -> str:
        """SVG path data of the code, filled."""
        return qr.path(self.token)


def papers(positions: Sequence[Position]) -> list[Paper]:
    """Return the tickets of one order (from `queries.positions_of`) with their signed codes.

    Raises:
        KeySecretMissing: If the edition's key is missing or does not open.
    """
    count = len(positions)
    signed: Iterable[tuple[Position, str]] = zip(positions, signing.tokens_for(positions), strict=True)
    return [Paper(position, token, rank, count) for rank, (position, token) in enumerate(signed, start=1)]

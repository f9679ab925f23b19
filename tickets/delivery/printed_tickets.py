"""What is printed on a ticket, the same on the page, in the mail and in the PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from festival.models import Day
from festival.time import clock
from program.published.addresses import programme_path, release_at
from tickets.delivery import qr, signing, tokens
from tickets.models import Order, OrderLine, Product, Ticket


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """One ticket, ready to be shown. `rank` of `count` counts the tickets of the order."""

    ticket: Ticket
    token: str
    rank: int
    count: int

    @property
    def line(self) -> OrderLine:
        """What was sold."""
        return self.ticket.line

    @property
    def product(self) -> Product:
        """The product that was sold."""
        product = self.ticket.line.product
        if product is None:
            raise ValueError(f"ticket {self.ticket.pk} comes of a line without a product")
        return product

    @property
    def section(self) -> str:
        """The part of the week, which gives colour and shape."""
        return self.product.section.slug

    @property
    def days(self) -> list[Day]:
        """The days it is valid on; none for a ticket to one session."""
        if self.line.occurrence_id:
            return []
        return [self.line.day] if self.line.day else list(self.product.days.all())

    @property
    def dates(self) -> list[date]:
        """The festival days that it opens, as the door counts them: a session at 0:30 is on the day before."""
        if occurrence := self.line.occurrence:
            return [clock.festival_day_of(occurrence.starts_at, self.ticket.edition.day_starts_at)]
        return [day.date for day in self.days]

    @property
    def day_numbers(self) -> str:
        """The day of the month, or the first and the last."""
        dates = self.dates
        ends = dates if len(dates) < 2 else [dates[0], dates[-1]]
        return "–".join(str(one.day) for one in ends)

    @property
    def short_code(self) -> str:
        """The code under the QR code, as it is printed."""
        return tokens.spell_short_code(self.ticket.short_code)

    @property
    def is_valid(self) -> bool:
        """Whether it opens the door: paid and not cancelled."""
        return self.ticket.state == Ticket.State.VALID and self.line.order.state == Order.State.PAID

    @property
    def is_called_off(self) -> bool:
        """Whether it is for a session that does not take place."""
        occurrence = self.line.occurrence
        return occurrence is not None and bool(occurrence.cancelled_at or occurrence.session.cancelled_at)

    @property
    def qr_path(self) -> str:
        """SVG path data of the code, filled."""
        return qr.path(self.token)


def printed_tickets(tickets: Sequence[Ticket]) -> list[PrintedTicket]:
    """Return the tickets of one order (from `queries.tickets_of`) with their signed codes.

    Raises:
        KeySecretMissing: If the edition's key is missing or does not open.
    """
    count = len(tickets)
    signed = zip(tickets, signing.tokens_for(tickets), strict=True)
    return [PrintedTicket(ticket, token, rank, count) for rank, (ticket, token) in enumerate(signed, start=1)]


def programme_days(printed_tickets: Iterable[PrintedTicket]) -> list[tuple[date, str]]:
    """Return the dates that valid tickets are for, with the address of that day's programme where it is public."""
    valid = [printed for printed in printed_tickets if printed.is_valid]
    if not valid:
        return []
    release = release_at(valid[0].ticket.edition.number, clock.now())
    if release is None:
        return []
    public = {day.date for day in release.programme.days}
    dates = sorted({one for printed in valid for one in printed.dates} & public)
    archive = None if valid[0].ticket.edition.is_current else valid[0].ticket.edition.number
    return [(one, programme_path("program-day", one, edition=archive)) for one in dates]

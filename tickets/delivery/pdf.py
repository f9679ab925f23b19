"""Tickets as PDF. Fonts and style are read once; nothing outside our static files can be fetched."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from tickets.delivery import qr
from tickets.delivery.printed_tickets import Paper
from tickets.models import Order

# Addresses in our own templates begin with this; the host does not exist (RFC 6761).
BASE = "https://static.invalid"


class LockedFetcher(URLFetcher):
    """Fetches `data:` addresses and our own static files, nothing else, and follows no redirect (mistake M14)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the resource, or raise ValueError, which leaves it out of the document."""
        if not url.startswith(BASE + settings.STATIC_URL):
            return super().fetch(url, headers)
        name = urlsplit(url).path.removeprefix(settings.STATIC_URL)
        found = None if ".." in name else finders.find(name)
        if not found:
            raise ValueError(f"Not a static file: {name}")
        return URLFetcherResponse(url, Path(found).read_bytes())


def order_pdf(order: Order, tickets: Sequence[Paper]) -> bytes:
    """Return the PDF of the order's tickets, one A4 page each, in the order's language."""
    return tickets_pdf([(order, tickets)], language=order.language)


def tickets_pdf(orders: Sequence[tuple[Order, Sequence[Paper]]], *, language: str) -> bytes:
    """Return one document with the tickets of many orders; about half the cost of one document each."""
    style, fonts = _style()
    with override(language):
        html = render_to_string("tickets/delivery/pdf/tickets.html", {"orders": orders, "qr_size": qr.size()})
    document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_fetcher())
    return document.write_pdf(stylesheets=[style], font_config=fonts, optimize_images=False)


@lru_cache(maxsize=1)
def _style() -> tuple[weasyprint.CSS, FontConfiguration]:
    fonts = FontConfiguration()
    text = render_to_string("tickets/delivery/pdf/tickets.css", {"static": settings.STATIC_URL})
    return weasyprint.CSS(string=text, base_url=BASE, url_fetcher=_fetcher(), font_config=fonts), fonts


@lru_cache(maxsize=1)
def _fetcher() -> LockedFetcher:
    """Made once: the library reads the system's certificates for it, which takes longer than a ticket."""
    return LockedFetcher()

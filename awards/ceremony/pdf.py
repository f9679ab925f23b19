"""The running order on paper, for the host: who wins stands in it, so every page says that it is confidential."""

from django.template.loader import render_to_string

from awards.ceremony.queries import Show
from festival.documents.pdf import write_pdf


def running_order_pdf(show: Show) -> bytes:
    """Return the running order in the active language."""
    context = {"show": show, "call": show.call, "edition": show.call.edition}
    html = render_to_string("awards/ceremony/pdf/running_order.html", context)
    return write_pdf(html, styles="awards/ceremony/pdf/running_order.css")

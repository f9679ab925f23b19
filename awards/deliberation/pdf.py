"""The minutes of a deliberation, which write themselves: who was there, what was moved, what was decided."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from awards.deliberation.queries import PrizeLine, RoomView
from festival.documents.pdf import write_pdf


def minutes_pdf(view: RoomView, prizes: Sequence[PrizeLine]) -> bytes:
    """Return the minutes in the active language: a draft until they are signed off."""
    context = {"view": view, "room": view.room, "call": view.room.round.call, "prizes": prizes}
    context["edition"] = view.room.round.call.edition
    html = render_to_string("awards/deliberation/pdf/minutes.html", context)
    return write_pdf(html, styles="awards/deliberation/pdf/minutes.css")

"""What the page of a session shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from festival.pages.offers import admissions
from festival.text import typography
from program.published import day_plan
from program.published.snapshot import Programme


def session_context(source: Programme, session: Any, now: datetime, *, is_archived: bool = False) -> dict[str, Any]:
    """Return what the session page shows at `now`.

    `offers` are the admissions that open it, `on_sale` says whether any can be had. The shop sells for the current
    edition alone, so nothing of it is said of an archived one.
    """
    offers = [] if is_archived else admissions(session.products)
    occurrences = source.occurrences_by_session.get(session.slug, ())
    return {
        "programme": source,
        "session": session,
        "occurrences": [(o, day_plan.surroundings(source, o)) for o in occurrences],
        "now": now,
        "shows_recording": _shows_recording(session, [o.ends_at for o in occurrences], now),
        "offers": offers,
        "offer_names": typography.listed([offer.name for offer in offers]),
        "is_free": any(offer.is_free for offer in offers),
        "on_sale": any(offer.opens <= now <= offer.closes for offer in offers),
        "books": [book for book in source.books if session in book.sessions],
    }


def _shows_recording(session: Any, ends: Sequence[datetime], now: datetime) -> bool:
    """Return whether the recording can be watched: after the last time that it was on; a live stream until then."""
    if session.recording is None:
        return False
    is_over = bool(ends) and max(ends) <= now
    return not is_over if session.recording.is_live else is_over

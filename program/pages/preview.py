"""The page of a session that is not public yet, for its editors."""

from datetime import datetime
from typing import Any

from program.models import Session
from program.pages.session_page import session_context
from program.published.codec import programme
from program.release.compiling import (
    named_row,
    occurrence_row,
    session_row,
    sessions_to_compile,
    shop_facts,
    speaker_row,
)
from program.release.queries import working_rows


def session_preview(session: Session, now: datetime) -> dict[str, Any]:
    """Return the context of the session page for an unsaved or unpublished session."""
    data = working_rows(session.edition, now)
    kept = [row for row in data["sessions"] if row["slug"] != session.slug]
    known = {row["slug"] for row in data["speakers"]}
    billed = {b.speaker.slug: b.speaker for b in session.session_speakers.all()}
    stored = sessions_to_compile().filter(pk=session.pk).first()
    facts = shop_facts([stored] if stored else [])
    placed = [occurrence_row(o, session, facts) for o in stored.occurrences.all()] if stored else []
    uuids = {row["uuid"] for row in placed}
    for row in placed:
        row["revised_at"] = row["revised_at"] or data["release"]["published_at"]
    tag_slugs = {row["slug"] for row in data["tags"]}
    preview = programme(
        data
        | {
            "sessions": [*kept, session_row(session, facts)],
            "tags": data["tags"] + [named_row(t) for t in session.tags.all() if t.slug not in tag_slugs],
            "speakers": data["speakers"] + [speaker_row(s) for slug, s in billed.items() if slug not in known],
            "occurrences": [row for row in data["occurrences"] if row["uuid"] not in uuids] + placed,
        }
    )
    return session_context(preview, preview.session_by_slug[session.slug]) | {"is_preview": True}

"""The page of a session that is not public yet, for its editors."""

from datetime import datetime
from typing import Any

from program.models import Session, Speaker
from program.pages.session_page import session_context
from program.published import queries
from program.release.compiling import compile_session
from program.release.portraits import draw_portraits_of


def session_preview(session: Session, now: datetime) -> dict[str, Any]:
    """Return the context of the page of an unsaved or unpublished session, amid what is public of its edition."""
    on_stage = [row.speaker_id for row in session.session_speakers.all()]
    draw_portraits_of(Speaker.objects.filter(pk__in=on_stage))
    release = queries.current_release(now)
    into = release.programme if release and release.edition == session.edition.number else None
    preview, compiled = compile_session(session, now=now, into=into)
    return session_context(preview, compiled, now) | {"is_preview": True}

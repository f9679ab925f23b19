"""The page of a session that is not public yet, for its editors."""

from datetime import datetime
from typing import Any

from program.models import Session
from program.pages.session_page import session_context
from program.published import queries
from program.release.compiling import compile_session


def session_preview(session: Session, now: datetime) -> dict[str, Any]:
    """Return the context of the page of an unsaved or unpublished session, amid what is public of its edition."""
    release = queries.current_release(now)
    into = release.programme if release and release.edition == session.edition.number else None
    preview, compiled = compile_session(session, now=now, into=into)
    return session_context(preview, compiled, now) | {"is_preview": True}

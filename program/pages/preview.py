"""The page of a session that is not public yet, for its editors."""

from datetime import datetime
from typing import Any

from program.models import Session
from program.pages.session_page import session_context
from program.published import queries
from program.release.compiling import compile_session


def session_preview(session: Session, now: datetime) -> dict[str, Any]:
    """Return the context of the session page for an unsaved or unpublished session, amid what is public at `now`."""
    preview, compiled = compile_session(session, now=now, into=queries.current_programme(now))
    return session_context(preview, compiled) | {"is_preview": True}

"""What the page of a session shows."""

from typing import Any

from program.published import day_plan
from program.published.snapshot import Programme


def session_context(source: Programme, session: Any) -> dict[str, Any]:
    """Return what the session page shows."""
    occurrences = source.occurrences_by_session.get(session.slug, ())
    return {
        "programme": source,
        "session": session,
        "occurrences": [(o, day_plan.surroundings(source, o)) for o in occurrences],
        "books": [book for book in source.books if session in book.sessions],
    }

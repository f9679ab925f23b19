"""What scripts send: one JSON object (RFC 8259) of texts that can be stored."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError


class UnreadableBody(ValueError):
    """A body that is no JSON object, is cut off, too large, or holds half a surrogate pair. The answer is 400."""


def read_object(request: HttpRequest) -> dict[str, Any]:
    """Return the object in the body of a request whose content type is `application/json`.

    Raises:
        UnreadableBody: For anything else.
    """
    if request.content_type != "application/json":
        raise UnreadableBody(request.content_type)
    try:
        found = json.loads(request.body, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair can be escaped, but not stored
    except (ValueError, RecursionError, RequestDataTooBig, UnreadablePostError) as error:
        raise UnreadableBody from error
    if not isinstance(found, dict):
        raise UnreadableBody
    return found


def _refuse(name: str) -> None:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not know."""
    raise UnreadableBody(name)

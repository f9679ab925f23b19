"""Serves the pictures of the media library from disk, for installations without a file server in front.

Only renditions are served: they were re-encoded here. What was uploaded stays private.
"""

from mimetypes import guess_type

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
YEAR = 60 * 60 * 24 * 365


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the rendition `name`; its name changes with its content, so browsers may keep it."""
    kind, _encoding = guess_type(name)
    path = f"images/{name}"
    if kind not in TYPES or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=kind)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response

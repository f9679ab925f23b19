"""The programme for machines: the snapshot itself, and the style sheet that came with it."""

from functools import cache
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from festival.time import clock
from program.published import codec, queries

FOREVER = "public, max-age=31536000, immutable"
JSON = "application/json; charset=utf-8"


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Serve the current release's snapshot, byte for byte."""
    release = queries.current_release(clock.now())
    if release is None:
        raise Http404
    return _snapshot(request, release.snapshot, release.sha256, "public, max-age=60")


@require_safe
def schedule_version(request: HttpRequest, version: str) -> HttpResponse:
    """Serve the snapshot of one version; it never changes."""
    found = queries.snapshot_of_version(version, clock.now())
    if found is None:
        raise Http404
    return _snapshot(request, *found, FOREVER)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Serve the JSON schema of a snapshot."""
    text, digest = _schema()
    return _snapshot(request, text, digest, "public, max-age=3600")


@require_safe
def grid_css(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a generated style sheet under the name that is its hash."""
    sheet = queries.grid_sheet_by_hash(name)
    if sheet is None:
        raise Http404
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOREVER
    return response


@cache
def _schema() -> tuple[str, str]:
    text = codec.canonical(codec.schema())
    return text, sha256(text.encode()).hexdigest()


def _snapshot(request: HttpRequest, text: str, digest: str, cache_control: str) -> HttpResponse:
    etag = f'"{digest}"'
    response = HttpResponse(text, content_type=JSON)
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response) or response

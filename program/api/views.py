"""The programme for machines: the snapshot itself, and the style sheet that came with it."""

from functools import cache
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from festival.time import clock
from program.published import codec, queries
from program.published.addresses import at_current_address, release_at, to_archive
from program.published.queries import Published

FOREVER = "public, max-age=31536000, immutable"
JSON = "application/json; charset=utf-8"


@require_safe
@at_current_address
def schedule(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """Serve the snapshot of the current release, or of a past edition's last one, byte for byte."""
    release = release_at(edition, clock.now())
    if release is None:
        raise Http404
    return _snapshot(request, release.snapshot, release.sha256, "public, max-age=60")


@require_safe
def schedule_version(request: HttpRequest, version: str, edition: int | None = None) -> HttpResponse:
    """Serve the snapshot of one version; it never changes. Names are an edition's own, so archives have others."""
    now = clock.now()
    shown = release_at(edition, now)
    found = queries.snapshot_of_version(shown.edition, version, now) if shown else None
    if found is not None:
        return _snapshot(request, *found, FOREVER)
    if edition is not None:
        raise Http404

    def has(release: Published) -> bool:
        return queries.snapshot_of_version(release.edition, version, now) is not None

    return to_archive(request, "program-schedule-version", version, now=now, has=has)


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

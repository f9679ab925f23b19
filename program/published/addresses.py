"""Addresses of the programme: those of the current edition, and the same ones below an edition's number for an archive.

`/fr/2027/programme/` is reversed as `program-home` with the edition in front of its other arguments.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse

from program.published import queries
from program.published.queries import Published


def programme_path(name: str, *args: object, edition: int | None = None) -> str:
    """Return the path of a page, feed or export; with `edition` the one in that edition's archive."""
    return reverse(name, args=args if edition is None else (edition, *args))


def edition_in_address(request: HttpRequest | None) -> int | None:
    """Return the edition that the address of this very page names, so that its links stay there."""
    match = request.resolver_match if request else None
    return match.kwargs.get("edition") if match else None


def release_at(edition: int | None, now: datetime) -> Published | None:
    """Return what an address shows: the current release, or the last one of the edition that it names."""
    if edition is None or edition == queries.current_edition():
        return queries.current_release(now)
    return queries.archived_release(edition, now)


def to_archive(
    request: HttpRequest,
    name: str,
    *args: object,
    now: datetime,
    has: Callable[[Published], bool],
    for_good: bool = True,
) -> HttpResponsePermanentRedirect | HttpResponseRedirect:
    """Lead an address that the current edition does not have to the newest archive that has it.

    `for_good` says whether it will never have it; what a calendar remembers of such an answer, it does not ask again.
    Raises Http404 where there is none.
    """
    kind = HttpResponsePermanentRedirect if for_good else HttpResponseRedirect
    for release in queries.archived_releases(now):
        if has(release):
            return kind(_with_query(request, programme_path(name, *args, edition=release.edition)))
    raise Http404


def at_current_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer at its usual address for the edition that is current, never at an archive's as well."""

    @wraps(view)
    def answer(request: HttpRequest, *, edition: int | None = None, **kwargs: object) -> HttpResponse:
        if edition is not None and edition == queries.current_edition() and request.resolver_match:
            path = programme_path(request.resolver_match.url_name or "", *kwargs.values())
            return HttpResponseRedirect(_with_query(request, path))
        return view(request, edition=edition, **kwargs)

    return answer


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path

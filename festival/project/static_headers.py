"""Headers of static files. WhiteNoise answers before the policy middleware, and most files need no policy."""

from wsgiref.headers import Headers

from django.utils.csp import CSP, build_policy

from festival.web.areas import area_of


def add_headers(headers: Headers, path: str, url: str) -> None:
    """Give a file the policy of its area.

    The scanner's worker has one: a dedicated worker obeys its own response, not the page that started it.
    """
    if policy := area_of(url).policy:
        headers[CSP.HEADER_ENFORCE.value] = build_policy(policy)

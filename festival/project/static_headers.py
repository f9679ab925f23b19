"""Headers of static files. WhiteNoise answers before the policy middleware, and most files need no policy."""

from wsgiref.headers import Headers

from django.utils.csp import CSP, build_policy

from festival.web import policies


def add_headers(headers: Headers, path: str, url: str) -> None:
    """Give the scanner's worker its policy: a dedicated worker obeys its own response, not the page that started it."""
    if url.rpartition("/")[2].startswith("scan-worker."):
        headers[CSP.HEADER_ENFORCE.value] = build_policy(policies.SCAN_WORKER)

"""The content security policies: a strict one for everybody, looser ones for the editor and the scanner."""

from django.utils.csp import CSP

Policy = dict[str, list[str]]

PUBLIC: Policy = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "object-src": [CSP.NONE],
}


def paying_at(*origins: str) -> Policy:
    """Return the public policy of a site whose order form leads to a payment service: browsers check that way, too."""
    return PUBLIC | {"form-action": [CSP.SELF, *origins]}


# Wagtail's admin still prints inline scripts and styles, so it gets a policy of its own. No nonce in it: a nonce would
# make browsers ignore 'unsafe-inline'.
CMS: Policy = PUBLIC | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}
# The scanner compiles WebAssembly and shows the camera.
SCAN: Policy = PUBLIC | {
    "script-src": [CSP.SELF, CSP.WASM_UNSAFE_EVAL],
    "media-src": [CSP.SELF, "blob:"],
}
# Its worker obeys the policy of its own response: it decodes, fetches the decoder, and nothing else.
SCAN_WORKER: Policy = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.WASM_UNSAFE_EVAL],
    "connect-src": [CSP.SELF],
}

"""Serves pictures: those of the media library, the cards of social networks, the icons that browsers ask for.

The library is served from disk, for installations without a file server in front. Only its renditions are: they were
re-encoded here. What was uploaded stays private.
"""

import re
from mimetypes import guess_type

from django.core.files.storage import default_storage
from django.core.signing import BadSignature
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from festival.documents.images import icons, social_card
from festival.pages.navigation import site_facts
from festival.text.languages import main_language

TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
YEAR = 60 * 60 * 24 * 365
DAY = 60 * 60 * 24
TOUCH = 180  # pixels of Apple's icon
LARGEST = 512
_KIND = re.compile(r"(?:(?P<size>\d{2,3})x(?P=size))?(?:-?precomposed)?")


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


@require_safe
def card(request: HttpRequest, signed: str) -> HttpResponse:
    """Answer with the card that the address describes; 404 for an address that none of our pages has written."""
    try:
        wanted = social_card.read(signed)
    except BadSignature as error:
        raise Http404 from error
    return _picture(social_card.picture(wanted), "image/png", YEAR)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer with the icon that browsers ask for by themselves."""
    return _picture(icons.favicon(), "image/x-icon", DAY)


@require_safe
def touch_icon(request: HttpRequest, kind: str = "precomposed") -> HttpResponse:
    """Answer with the icon that Apple's devices ask for, in kinds such as `120x120-precomposed`."""
    asked = _KIND.fullmatch(kind)
    if asked is None:
        raise Http404
    return _icon(int(asked["size"] or TOUCH), maskable=False)


@require_safe
def app_icon(request: HttpRequest, size: int, *, maskable: bool = False) -> HttpResponse:
    """Answer with an icon of the manifest."""
    return _icon(size, maskable=maskable)


@require_safe
def webmanifest(request: HttpRequest) -> JsonResponse:
    """Answer with what a phone needs to put the site on its home screen (W3C Web Application Manifest)."""
    edition = site_facts().edition
    kinds = [(192, "any"), (512, "any"), (192, "maskable"), (512, "maskable")]
    names = {"any": "app-icon", "maskable": "app-icon-maskable"}
    response = JsonResponse(
        {
            "name": str(edition.name) if edition else "Kermesse",
            "lang": main_language(),
            "start_url": "/",
            "display": "browser",
            "background_color": "#fffdf8",
            "theme_color": "#fffdf8",
            "icons": [
                {
                    "src": reverse(names[purpose], args=[size]),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size, purpose in kinds
            ],
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _icon(size: int, *, maskable: bool) -> HttpResponse:
    if not 16 <= size <= LARGEST or size % 2:
        raise Http404
    return _picture(icons.png(size, maskable=maskable), "image/png", DAY)


def _picture(content: bytes, kind: str, seconds: int) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = f"public, max-age={seconds}" + (", immutable" if seconds == YEAR else "")
    response["X-Content-Type-Options"] = "nosniff"
    return response

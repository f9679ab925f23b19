"""The WSGI entry point, served by granian."""

import gc
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from festival.web.charset import readable_type

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "festival.project.settings")

_django = get_wsgi_application()
# What was made until now lives as long as the process: the search for garbage need not walk through it at every turn.
gc.collect()
gc.freeze()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer a request; a content type that Django could not read becomes one that it refuses with a page."""
    environ["CONTENT_TYPE"] = readable_type(environ.get("CONTENT_TYPE") or "")
    return _django(environ, start_response)

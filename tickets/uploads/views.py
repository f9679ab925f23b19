"""Files at the edge: what came with a form is kept, whatever else is wrong; what is kept is downloaded alone."""

from typing import Any, cast

from django import forms
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone

from festival.core.limits import Rate, count_all
from festival.time import clock
from festival.web import rate_limits
from tickets.models import SentFile
from tickets.uploads import filing
from tickets.uploads.forms import Sent, SentFileField

FILES_PER_NETWORK = Rate("sent-files", limit=40, seconds=3600)


def keep_files(request: HttpRequest, form: forms.Form) -> bool:
    """Look at a form, and keep the files that came with it, whatever else is wrong; return whether nothing is.

    Where it is shown again, they are there.

    Raises:
        RateLimited: If the network sends too many. None is kept then.
    """
    is_right = form.is_valid()
    new = [(form.fields[name], sent) for name, sent in form.cleaned_data.items() if _is_new(form, name, sent)]
    if not new:
        return is_right
    count_all(rate_limits.uses_by_network(FILES_PER_NETWORK, request, amount=len(new)), now=timezone.now())
    for field, sent in new:
        filing.keep(key=sent.key, content=sent.content, name=sent.name, ending=sent.ending, now=clock.now())
        cast("SentFileField", field).input.kept = sent
    return is_right


def as_download(row: SentFile | None) -> FileResponse:
    """Hand out a file as a download and nothing else: strangers have sent it. Raises Http404 when there is none."""
    if row is None or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    file: Any = row.file
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_new(form: forms.Form, name: str, sent: object) -> bool:
    return isinstance(sent, Sent) and bool(sent.content) and isinstance(form.fields.get(name), SentFileField)

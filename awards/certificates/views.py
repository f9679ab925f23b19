"""Certificates over HTTP: an applicant's own, all for the chair and the office, and the page that confirms a number."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.applying.access import Desk, for_entries
from awards.certificates.pdf import certificates_pdf
from awards.certificates.queries import Certificate, certificates_of, confirmed
from awards.certificates.rules import bounds_of
from awards.jury.access import Chair, for_the_chair
from awards.models import Entry
from awards.results.views import once_done
from festival.time import clock


@require_safe
@for_entries
def own(_request: HttpRequest, desk: Desk, entry: Entry) -> HttpResponse:
    """Send an applicant what their project is certified."""
    return _download(certificates_of(desk.call, clock.now(), entry=entry), f"certificate-{entry.slug}.pdf")


@require_safe
@for_the_chair
@once_done
def everybody(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Send all certificates of the call, a sheet each; before there are any, say when there will be."""
    found = certificates_of(chair.call, clock.now())
    if not found:
        messages.error(request, _("There are no certificates before the winners are public."))
        return redirect("jury-ceremony", chair.call.slug)
    return _download(found, f"certificates-{chair.call.slug}.pdf")


@require_safe
@never_cache
def confirm(request: HttpRequest, number: str = "") -> HttpResponse:
    """Say whether a number is that of a certificate of ours, and of what."""
    typed = request.GET.get("number", "").strip()[:60]
    if typed and bounds_of(typed):
        return redirect("awards-certificate", typed)
    number = number or typed
    found = confirmed(number, clock.now()) if number else None
    context: dict[str, Any] = {"number": number, "certificate": found, "breadcrumbs": []}
    context["error"] = _("No certificate of ours has this number. Look whether you typed it as it is printed.")
    status = 404 if number and found is None else 200
    return render(request, "awards/certificates/confirm.html", context, status=status)


def _download(certificates: list[Certificate], name: str) -> HttpResponse:
    if not certificates:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(certificates_pdf(certificates), content_type="application/pdf", headers=headers)

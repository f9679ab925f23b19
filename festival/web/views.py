"""Pages that belong to no app: language choice, health, errors, the style guide, the account's door."""

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_safe

from festival.roles import JURY
from festival.web import mail_codes
from festival.web.areas import Who, area_of, closed_prefixes


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send `/` to the visitor's language; the main one when the browser asks for none of the site's."""
    language = translation.get_language_from_request(request)
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        response = redirect("home")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the private areas, and out of a demonstration altogether."""
    lines = ["User-agent: *"]
    lines += ["Disallow: /"] if settings.DEMO else [f"Disallow: {prefix}" for prefix in closed_prefixes()]
    if not settings.DEMO:
        lines.append(f"Sitemap: {settings.BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_GET
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in both colour schemes, to staff."""
    return render(request, "festival/styleguide.html")


def cms_login(request: HttpRequest) -> HttpResponse:
    """Send Wagtail's sign-in to ours, which knows second factors; who is signed in already may not go there."""
    if request.user.is_authenticated:
        raise PermissionDenied
    target = (
        f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next') or reverse('wagtailadmin_home')})}"
    )
    return HttpResponseRedirect(target)


@login_required
def account_home(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person the areas that are theirs."""
    is_juror = request.user.groups.filter(name=JURY).exists()
    return render(request, "festival/account_home.html", {"is_juror": is_juror})


@login_required
def mail_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the account's address and take it; then lead on to what asked for it."""
    target = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = reverse("mfa_index")
    context: dict[str, object] = {"next": target}
    if request.method == "POST" and "code" not in request.POST:
        context["address"] = mail_codes.send_code(request)
    elif request.method == "POST":
        if mail_codes.enter_code(request, request.POST["code"]):
            return HttpResponseRedirect(target)  # what was typed is an address, never the name of one
        context |= {"address": getattr(request.user, "email", ""), "is_wrong": True}
    return render(request, "festival/mail_code.html", context, status=422 if "is_wrong" in context else 200)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token no longer fits, as after signing in anew in another window.

    In an area of people who are signed in, what they typed comes back on the page, to be sent again with one press. Not
    to what another site sent, and not where passwords are typed. Scripts get a problem (RFC 9457) that they can tell
    from every other refusal, ask for the present token and send again.
    """
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        body = {
            "title": "Forbidden",
            "status": 403,
            "code": "form_out_of_date",
            "detail": gettext("This form is out of date"),
        }
        return JsonResponse(body, status=403, content_type="application/problem+json")
    area = area_of(request.path)
    is_ours = area.who is Who.JURIES and request.user.is_authenticated and reason.startswith("CSRF")
    return render(request, "403_csrf.html", {"fields": typed_fields(request) if is_ours else []}, status=403)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent with a form, name and value, without what only the site knows."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "window", "turn"}
        for value in values
    ]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 in the site's voice."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in the site's voice."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the site's voice."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database."""
    return render(request, "500.html", status=500)

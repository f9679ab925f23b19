"""What the pages need besides themselves: a greeting before there is any, the style sheet of the parts of the week."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from festival.pages import queries
from festival.pages.navigation import site_facts

FOREVER = "public, max-age=31536000, immutable"


def home(request: HttpRequest) -> HttpResponse:
    """Serve the home page; a site that has none yet greets its organiser."""
    if site_facts().is_set_up:
        response: HttpResponse = serve(request, "")
        return response
    return render(request, "festival/greeting.html")


@require_safe
def week_css(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the sheet under the name that is its hash; an old name leads to the sheet of today."""
    sheet = queries.week_sheet()
    if sheet.name != name:
        return redirect("week-css", sheet.name)
    response = HttpResponse(sheet.css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOREVER
    return response

"""What the pages need besides themselves: the style sheet of the parts of the week."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from festival.pages import queries

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def week_css(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the sheet under the name that is its hash; an old name leads to the sheet of today."""
    sheet = queries.week_sheet()
    if sheet.name != name:
        return redirect("week-css", sheet.name)
    response = HttpResponse(sheet.css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOREVER
    return response

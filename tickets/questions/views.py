"""The office's totals of answers: what the caterer needs, on screen and as a spreadsheet."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from festival.cms.editions import chosen_edition
from festival.cms.recorded import actor_of
from festival.documents import spreadsheets
from festival.models import Day
from festival.text import typography
from festival.time import clock
from tickets.models import Order
from tickets.questions import answering, queries, sheets, totals as totals_of
from tickets.questions.faults import NotAnswerable
from tickets.questions.forms import AnswersForm
from tickets.questions.queries import SEE_HEALTH

CHANGE = "tickets.change_answer"


@require_safe
@permission_required("tickets.view_answer", raise_exception=True)
def totals(request: HttpRequest) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Show how often each thing was answered, by product and day; with `?export=csv` or `xlsx` as a file.

    Questions about health are counted for those who may see their answers.
    """
    edition = chosen_edition(request)
    may_see_health = request.user.has_perm(SEE_HEALTH)  # type: ignore[union-attr]
    found = totals_of.totals(edition, may_see_health=may_see_health) if edition else []
    heading = [_("Product"), _("Day"), _("Question"), _("Answer"), _("Count")]
    rows = [[one.product, one.day and one.day.date, one.question, one.answer, one.count] for one in found]
    match request.GET.get("export"):
        case "csv":
            lines = (line.encode() for line in spreadsheets.csv_lines(heading, rows))
            response = StreamingHttpResponse(lines, content_type=spreadsheets.CSV)
            response["Content-Disposition"] = 'attachment; filename="totals.csv"'
            return response
        case "xlsx":
            content = spreadsheets.workbook(heading, rows)
            answer = FileResponse([content], content_type=spreadsheets.WORKBOOK)
            answer["Content-Disposition"] = 'attachment; filename="totals.xlsx"'
            return answer
    groups: dict[tuple[str, str], list[totals_of.Total]] = {}
    for one in found:
        day = typography.plain_date(one.day.date) if one.day else ""
        groups.setdefault((one.product, day), []).append(one)
    context = {"edition": edition, "groups": groups.items(), "may_see_health": may_see_health}
    return render(request, "tickets/questions/office/totals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def order_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all questions of an order; POST keeps the answers, also after their time is over."""
    order = get_object_or_404(Order.objects.select_related("edition").filter(state__in=Order.STATES_HOLDING), pk=pk)
    may_see_health = request.user.has_perm(SEE_HEALTH)  # type: ignore[union-attr]
    asked = sheets.for_office(order, queries.lines_to_ask(order), may_see_health=may_see_health)
    form = AnswersForm(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given()
            answering.change(order=order, given=given, actor=actor_of(request), now=clock.now(), even_late=True)
        except NotAnswerable:
            form.add_error(None, _("This order has ended meanwhile."))
        else:
            messages.success(request, _("The answers are kept."))
            return redirect("order:inspect", pk)
    context = {"order": order, "form": form, "may_see_health": may_see_health}
    return render(request, "tickets/questions/office/answers.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(CHANGE, raise_exception=True)
def to_ask_at_door(request: HttpRequest) -> HttpResponse:
    """Show who has to be asked something at the door on one day, and where to fill it in."""
    edition = chosen_edition(request)
    days = list(edition.days.order_by("date")) if edition else []
    today = clock.today()
    wanted = {day.date.isoformat(): day for day in days}
    chosen = wanted.get(request.GET.get("day", "")) or _next(days, today)
    may_see_health = request.user.has_perm(SEE_HEALTH)  # type: ignore[union-attr]
    rows = totals_of.to_ask(chosen, may_see_health=may_see_health) if chosen else []
    context = {"edition": edition, "days": days, "chosen": chosen, "rows": rows}
    return render(request, "tickets/questions/office/to_ask.html", context)


def _next(days: list[Day], today: date) -> Day | None:
    """Return today, or the next day of the edition; the last one when it is over."""
    return next((day for day in days if day.date >= today), days[-1] if days else None)

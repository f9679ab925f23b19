"""What the office sees of answers: totals for the caterer, those of an order, who is asked at the door, files."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from festival.cms.editions import chosen_edition
from festival.cms.recorded import actor_of
from festival.core.limits import RateLimited
from festival.documents import spreadsheets
from festival.models import Day
from festival.text import typography
from festival.time import clock
from festival.web import rate_limits
from tickets.models import Answer, Order, Question, SentFile
from tickets.questions import answering, queries, sheets, totals as totals_of, wording
from tickets.questions.faults import NotAnswerable
from tickets.questions.forms import AnswersForm
from tickets.questions.queries import SEE_HEALTH
from tickets.uploads.faults import FileGone
from tickets.uploads.forms import forget_kept
from tickets.uploads.views import as_download, keep_files

CHANGE = "tickets.change_answer"
SEE_ANSWERS = "tickets.view_answer"


@require_safe
@permission_required(SEE_ANSWERS, raise_exception=True)
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
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswersForm(asked, *posted, key=order.secret)
    if form.is_bound and _keep(request, order, form):
        messages.success(request, _("The answers are kept."))
        return redirect("order:inspect", pk)
    context = {"order": order, "form": form, "may_see_health": may_see_health}
    return render(request, "tickets/questions/office/answers.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, order: Order, form: AnswersForm) -> bool:
    """Keep the answers of a form that is right, and its files in any case; return whether all is well."""
    try:
        if not keep_files(request, form):
            return False
        actor = actor_of(request)
        answering.change(order=order, given=form.given(), actor=actor, now=clock.now(), even_late=True)
    except RateLimited as error:
        form.add_error(None, rate_limits.slow_down(error, clock.now()))
    except NotAnswerable:
        form.add_error(None, _("This order has ended meanwhile."))
    except FileGone:
        forget_kept(form)
    return not form.errors


@require_safe
@permission_required(CHANGE, raise_exception=True)
def to_ask_at_door(request: HttpRequest) -> HttpResponse:
    """Show who has to be asked something at the door on one day, and where to fill it in."""
    edition = chosen_edition(request)
    days = list(edition.days.order_by("date")) if edition else []
    today = clock.festival_day_of(clock.now(), edition.day_starts_at) if edition else clock.today()
    wanted = {day.date.isoformat(): day for day in days}
    chosen = wanted.get(request.GET.get("day", "")) or _next(days, today)
    may_see_health = request.user.has_perm(SEE_HEALTH)  # type: ignore[union-attr]
    rows = totals_of.to_ask(chosen, may_see_health=may_see_health) if chosen else []
    context = {"edition": edition, "days": days, "chosen": chosen, "rows": rows}
    return render(request, "tickets/questions/office/to_ask.html", context)


@require_safe
@permission_required(SEE_ANSWERS, raise_exception=True)
def answered_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file that an answer is, as a download and nothing else; about health to those who may see it."""
    may_see_health = request.user.has_perm(SEE_HEALTH)  # type: ignore[union-attr]
    answer = get_object_or_404(queries.visible_answers(may_see_health=may_see_health), pk=pk)
    return as_download(SentFile.objects.filter(answer=answer).first())


def said(answer: Answer) -> str:
    """Return an answer in words; a file as a link that downloads it."""
    words = wording.answered(answer)[1]
    if answer.question.kind != Question.Kind.FILE:
        return words
    return format_html('<a href="{}" download>{}</a>', reverse("answers:file", args=[answer.pk]), words)


class AnswersOfOrder:
    """What the page of an order shows of its answers and guests."""

    object: Any
    request: Any

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name what is not a column of the order."""
        labels = {"answers": _("Answers"), "guests": _("Guests")}
        return str(labels.get(field_name) or super().get_field_label(field_name, field))  # type: ignore[misc]

    def get_answers_display_value(self) -> SafeString:
        """Return what was answered, one a line, to those who may see it."""
        user = self.request.user
        if not user.has_perm(SEE_ANSWERS):
            return mark_safe("")
        seen = queries.visible_answers(may_see_health=user.has_perm(SEE_HEALTH)).filter(order=self.object)
        rows = seen.select_related("question", "line").prefetch_related("question__options")
        told = ((f"{answer.line} · " if answer.line else "", answer.asked, said(answer)) for answer in rows)
        return format_html_join(mark_safe("<br>"), "{}{} {}", told)

    def get_guests_display_value(self) -> SafeString:
        """Return who fills in their own, one a line, and how far they are."""
        guests = self.object.guests.order_by("rank")
        rows = ((guest.rank, guest.name or _("still missing"), guest.email) for guest in guests)
        return format_html_join(mark_safe("<br>"), "{} · {} {}", rows)


def _next(days: list[Day], today: date) -> Day | None:
    """Return today, or the next day of the edition; the last one when it is over."""
    return next((day for day in days if day.date >= today), days[-1] if days else None)

"""The office's screens of bank statements: a file is taken in, its lines are reviewed, and each is decided once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from festival.cms.recorded import actor_of
from festival.text import typography
from festival.time import clock
from tickets.models import Order, StatementLine
from tickets.payments.settling import Outcome
from tickets.statements import crediting, queries, reading, receiving, wording
from tickets.statements.crediting import LineDecided, OrderChanged, OtherCurrency
from tickets.statements.entries import Statement
from tickets.statements.forms import AsideForm, CreditForm, UploadForm

CONFIRM = "tickets.confirm_payment"
PAGE = 100
FAULTS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CONFIRM, raise_exception=True)
def statements(request: HttpRequest) -> HttpResponse:
    """Show the lines that wait, oldest first; POST takes in a file."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        data = form.content()
        statement = reading.read(data, form.columns())
        if not statement.faults or (form.cleaned_data["leave_out"] and statement.entries):
            _take_in(request, statement, form.cleaned_data["file"].name, data)
            return redirect("statements:index")
        return _page(request, form, statement)
    return _page(request, form)


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def confirm(request: HttpRequest) -> HttpResponse:
    """Credit the lines that were ticked, each by itself: one that fails stops no other."""
    choices = CreditForm(request.POST).choices
    done = [_credit(request, *choice) for choice in choices]
    if paid := sum(outcome is Outcome.PAID for outcome in done):
        said = ngettext(
            "%(count)s order is paid; its tickets are on the way.",
            "%(count)s orders are paid; their tickets are on the way.",
            paid,
        )
        messages.success(request, said % {"count": typography.number(paid)})
    if not choices:
        messages.warning(request, _("Tick the lines that you confirm."))
    return redirect("statements:index")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CONFIRM, raise_exception=True)
def statement_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one line and the orders that it may pay; POST sets it aside, or takes it back."""
    line = get_object_or_404(StatementLine.objects.select_related("file", "payment__order"), pk=pk)
    form = AsideForm(request.POST) if request.method == "POST" else AsideForm()
    if request.method == "POST" and (response := _decided_otherwise(request, line, form)):
        return response
    words = request.GET.get("q", "")[:100]
    is_open = line.state == StatementLine.State.OPEN
    context = {
        "line": line,
        "form": form,
        "words": words,
        "is_open": is_open,
        "orders": queries.suggestions(line, words) if is_open else [],
    }
    return render(request, "tickets/statements/line.html", context, status=422 if form.errors else 200)


def _decided_otherwise(request: HttpRequest, line: StatementLine, form: AsideForm) -> HttpResponse | None:
    try:
        if "reopen" in request.POST:
            crediting.reopen(line=line, now=clock.now(), actor=actor_of(request))
            messages.success(request, _("The line is to be assigned again."))
        elif form.is_valid():
            reason = form.cleaned_data["reason"]
            crediting.set_aside(line=line, reason=reason, now=clock.now(), actor=actor_of(request))
            messages.success(request, _("The line is set aside."))
        else:
            return None
    except LineDecided:
        messages.warning(request, _("Somebody decided about this line meanwhile."))
    return redirect("statements:index")


def _take_in(request: HttpRequest, statement: Statement, name: str, data: bytes) -> None:
    file = receiving.receive(statement=statement, name=name, data=data, now=clock.now(), actor=actor_of(request))
    numbers = {"added": typography.number(file.added), "known": typography.number(file.known)}
    said = ngettext("%(added)s new credit.", "%(added)s new credits.", file.added)
    if file.known:
        known = ngettext("%(known)s was known already.", "%(known)s were known already.", file.known)
        said = f"{said} {known}"
    messages.success(request, said % numbers)
    if statement.faults:
        lines = ", ".join(str(fault.line) for fault in statement.faults[:FAULTS])
        messages.warning(request, _("Left out, because they cannot be read: lines %(lines)s.") % {"lines": lines})
    if statement.taken_back:
        lines = ", ".join(map(str, statement.taken_back[:FAULTS]))
        messages.warning(
            request, _("The bank took back what it had booked: look at lines %(lines)s of the file.") % {"lines": lines}
        )


def _credit(request: HttpRequest, pk: int, code: str, due: int) -> Outcome | None:
    line, order = StatementLine.objects.filter(pk=pk).first(), Order.objects.filter(code=code).first()
    if line is None or order is None:
        return None
    try:
        outcome = crediting.credit(line=line, order=order, due=due, now=clock.now(), actor=actor_of(request))
    except OtherCurrency as error:
        messages.warning(request, wording.other_currency(str(error)))
        return None
    except (LineDecided, OrderChanged):
        changed = _("Order %(code)s: something changed meanwhile. Look at the line again.")
        messages.warning(request, changed % {"code": code})
        return None
    if outcome is not Outcome.PAID:
        messages.warning(request, wording.outcome(outcome, code))
    return outcome


def _page(request: HttpRequest, form: UploadForm, statement: Statement | None = None) -> HttpResponse:
    waiting = StatementLine.objects.open().order_by("booked_on", "pk")
    page = Paginator(waiting, PAGE).get_page(request.GET.get("p"))
    decided = StatementLine.objects.exclude(state=StatementLine.State.OPEN).select_related("payment__order")
    faults = statement.faults if statement else []
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": [(one, wording.found(one), wording.consequence(one)) for one in queries.proposals(page)],
        "decided": Paginator(decided.order_by("-decided_at", "-pk"), PAGE).get_page(request.GET.get("d")),
        "faults": [(fault, wording.fault(fault)) for fault in faults[:FAULTS]],
        "more_faults": max(0, len(faults) - FAULTS),
        "readable": len(statement.entries) if statement else 0,
    }
    status = 422 if form.errors or faults else 200
    return render(request, "tickets/statements/review.html", context, status=status)


class _Item(MenuItem):
    """The menu's line, for those who may confirm payments."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(CONFIRM))


class StatementViewSet(ViewSet):
    """Bank statements."""

    name = url_prefix = "statements"
    icon = "download"
    menu_label = gettext_lazy("Bank statements")
    menu_item_class = _Item

    @property
    def menu_url(self) -> str:
        """The list of what waits."""
        return reverse("statements:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the three addresses."""
        return [
            path("", statements, name="index"),
            path("confirm/", confirm, name="confirm"),
            path("<int:pk>/", statement_line, name="line"),
        ]

"""The office's queue of what needs approval: who asks, the file that came along, accept or refuse."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms.columns import MomentColumn
from festival.cms.editions import chosen_edition
from festival.cms.recorded import EditionIndexView, actor_of
from festival.cms.records import RecordInspectView, RecordViewSet, record_policy
from festival.text import typography
from festival.time import clock
from tickets.approvals import deciding, queries, wording
from tickets.approvals.faults import NotWaiting
from tickets.approvals.forms import RefuseForm
from tickets.models import Approval, SentFile
from tickets.uploads.views import as_download

DECIDE = "tickets.decide_approval"


class ApprovalIndexView(EditionIndexView):
    """Who asks, newest first; how many wait stands above."""

    default_ordering = "-pk"
    export_headings: ClassVar[dict[str, Any]] = {"is_accepted": gettext_lazy("State")}

    def get_base_queryset(self) -> QuerySet[Approval]:
        """Read along what is asked for."""
        rows: QuerySet[Approval] = super().get_base_queryset()
        return rows.prefetch_related("order__lines")

    def to_row_dict(self, item: Approval) -> dict[str, Any]:
        """Return the cells of an export, the state in words."""
        return super().to_row_dict(item) | {"is_accepted": str(wording.STANDINGS[queries.standing(item)])}

    def get_page_subtitle(self) -> str:
        """Name the edition, and say how many wait."""
        edition = chosen_edition(self.request)
        count = queries.waiting(edition.pk) if edition else 0
        waiting = ngettext("%(count)s request waits", "%(count)s requests wait", count) % {"count": count}
        return f"{super().get_page_subtitle()} · {waiting}"


class StandingColumn(Column):
    """Where a request stands."""

    def get_value(self, instance: Any) -> str:
        """Return it in a word."""
        return str(wording.STANDINGS[queries.standing(instance)])


class WhatColumn(Column):
    """What is asked for."""

    def get_value(self, instance: Any) -> str:
        """Return the products."""
        return queries.names_of([instance])[instance.pk]


class ApprovalInspectView(RecordInspectView):
    """Shows a request with its file, and the two answers to it."""

    template_name = "tickets/approvals/office/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may decide now."""
        waits = queries.standing(self.object) == "waiting"
        context = {"may_decide": waits and self.request.user.has_perm(DECIDE), "form": RefuseForm()}
        context["total_cents"] = self.object.order.total_cents
        return super().get_context_data(**context, **kwargs)

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name what is not a column of the request."""
        labels = {"who": _("Who"), "what": _("What"), "document": _("Document"), "standing": _("State")}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_who_display_value(self) -> str:
        """Return name and address."""
        return f"{self.object.order.name}, {self.object.order.email}"

    def get_what_display_value(self) -> str:
        """Return what is asked for, and what it costs."""
        order = self.object.order
        return (
            f"{queries.names_of([self.object])[self.object.pk]} · {typography.price(order.total_cents, order.currency)}"
        )

    def get_document_display_value(self) -> str:
        """Return the name of the file, while there is one; to who may open it, a link that downloads it."""
        row = SentFile.objects.filter(approval=self.object).first()
        if row is None:
            return "–"
        if not self.request.user.has_perm(DECIDE):
            return row.name
        return format_html('<a href="{}" download>{}</a>', reverse("approvals:file", args=[self.object.pk]), row.name)

    def get_standing_display_value(self) -> str:
        """Return where it stands."""
        return str(wording.STANDINGS[queries.standing(self.object)])

    def get_order_display_value(self) -> str:
        """Return a link to the order."""
        order = self.object.order
        return format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[order.pk]), order)


class ApprovalViewSet(RecordViewSet):
    """Requests for what needs approval."""

    model = Approval
    name = "approvals"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Approvals")
    index_view_class = ApprovalIndexView
    inspect_view_class = ApprovalInspectView
    list_select_related = ("order__edition",)
    list_display = [
        TitleColumn("order.name", label=gettext_lazy("Name"), url_name="approvals:inspect"),
        WhatColumn("order", label=gettext_lazy("What")),
        StandingColumn("is_accepted", label=gettext_lazy("State")),
        MomentColumn("created_at", label=gettext_lazy("Asked at"), sort_key="created_at"),
        MomentColumn("decided_at", label=gettext_lazy("Decided at"), sort_key="decided_at"),
    ]
    list_filter = ["order__edition", "is_accepted"]
    search_fields = ["order__name", "order__email", "order__code", "word"]
    list_export = [
        "order.code",
        "order.name",
        "order.email",
        "word",
        "is_accepted",
        "reason",
        "created_at",
        "decided_at",
    ]
    export_filename = "approvals"
    inspect_view_fields = ["who", "what", "word", "document", "standing", "reason", "order", "created_at", "decided_at"]
    ordering = "-pk"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the two answers and the file."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/accept/", accept, name="accept"),
            path("<int:pk>/refuse/", refuse, name="refuse"),
            path("<int:pk>/file/", file, name="file"),
        ]


@require_POST
@permission_required(DECIDE, raise_exception=True)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a request."""
    found = get_object_or_404(Approval, pk=pk)
    try:
        order = deciding.accept(approval=found, actor=actor_of(request), now=clock.now())
    except NotWaiting:
        messages.error(request, wording.not_waiting())
    else:
        said = _("Accepted: the mail with the way to pay is on its way.")
        messages.success(request, said if order.total_cents else _("Accepted: the tickets are on their way."))
    return redirect("approvals:inspect", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(DECIDE, raise_exception=True)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason; a post refuses the request with it."""
    found = get_object_or_404(Approval.objects.select_related("order"), pk=pk)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.refuse(
                approval=found, reason=form.cleaned_data["reason"], actor=actor_of(request), now=clock.now()
            )
        except NotWaiting:
            messages.error(request, wording.not_waiting())
        else:
            messages.success(request, _("Refused: the places are free again, and the mail says why."))
        return redirect("approvals:inspect", pk)
    context = {"approval": found, "form": form}
    return render(request, "tickets/approvals/office/refuse.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(DECIDE, raise_exception=True)
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file of a request, as a download and nothing else: strangers have sent it."""
    return as_download(SentFile.objects.filter(approval=pk).first())


approval_policies = {Approval: record_policy(Approval)}

"""The office's screens of the pot: what it gives, who asks, and what went in and out."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms.columns import MomentColumn
from festival.cms.editions import EditionCreateMixin, chosen_edition
from festival.cms.recorded import EditionIndexView, RecordedCreateView, actor_of
from festival.cms.records import RecordInspectView, RecordViewSet, record_policy
from festival.cms.viewsets import PublicModelViewSet
from festival.text import typography
from festival.time import clock
from tickets.exceptions import SaleError
from tickets.models import LedgerEntry, Pot, PotRequest
from tickets.payments import ledger
from tickets.solidarity import granting, queries, wording
from tickets.solidarity.forms import PotForm, RefuseForm

DECIDE = "tickets.decide_potrequest"
RELATED = ("edition", "price__product", "day", "order")


class CentsColumn(Column):
    """Cents of the edition's currency as people write them."""

    def get_value(self, instance: Any) -> str:
        """Return the amount."""
        return typography.price(super().get_value(instance), instance.edition.currency)


class PotCreateView(EditionCreateMixin, RecordedCreateView):
    """Says what the pot of an edition gives."""


class PotViewSet(PublicModelViewSet):
    """What the pot of an edition gives, and how."""

    model = Pot
    name = "pots"
    icon = "group"
    menu_label = gettext_lazy("Solidarity pot")
    index_view_class = EditionIndexView
    add_view_class = PotCreateView
    list_select_related = ("edition",)
    list_display = [
        "edition",
        CentsColumn("balance_cents", label=gettext_lazy("In the pot")),
        "automatic_per_day",
        "most_per_request",
    ]
    list_filter = ["edition"]
    list_export = ["edition.number", "balance_cents", "automatic_per_day", "most_per_request"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "Gifts of the ticket office (products of the kind “donation”) go into the pot once they are paid. "
                    "Tickets are asked for without proof, and look like all others."
                )
            ),
            FieldPanel("name"),
            FieldPanel("description"),
            FieldPanel("prices", widget=CheckboxSelectMultiple),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("automatic_per_day"), FieldPanel("most_per_request")])],
                gettext_lazy("How tickets are given"),
            ),
            FieldPanel("edition"),
        ],
        base_form_class=PotForm,
    )


class RequestIndexView(EditionIndexView):
    """Who asks, newest first, with what is in the pot above."""

    default_ordering = "-pk"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what came in and went out."""
        edition = chosen_edition(self.request)
        account = queries.account_of(edition) if edition and not self.results_only else None
        return super().get_context_data(*args, **kwargs) | {"account": account, "edition": edition}


class RequestInspectView(RecordInspectView):
    """Shows a request, and the two answers to it."""

    template_name = "tickets/solidarity/office/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may answer it now."""
        is_open = self.object.state == PotRequest.State.WAITING
        may_decide = is_open and self.request.user.has_perm(DECIDE)
        account = queries.account_of(self.object.edition) if may_decide else None
        context = {"may_decide": may_decide, "form": RefuseForm(), "account": account}
        return super().get_context_data(**context, **kwargs)

    def get_order_display_value(self) -> str:
        """Return a link to the order."""
        order = self.object.order
        return format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[order.pk]), order) if order else "–"


class PotRequestViewSet(RecordViewSet):
    """Requests for tickets of the pot."""

    model = PotRequest
    name = "pot-requests"
    icon = "group"
    menu_label = gettext_lazy("Requests to the pot")
    index_view_class = RequestIndexView
    index_template_name = "tickets/solidarity/office/requests.html"
    inspect_view_class = RequestInspectView
    list_select_related = RELATED
    list_display = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="pot-requests:inspect", sort_key="name"),
        "email",
        Column("price.product", label=gettext_lazy("Ticket")),
        "places",
        "state",
        MomentColumn("created_at", label=gettext_lazy("Asked at"), sort_key="created_at"),
    ]
    list_filter = ["edition", "state", "by_hand"]
    search_fields = ["name", "email", "order__code"]
    list_export = [
        "name", "email", "price.product.slug", "day", "places", "price.cents", "state", "order",
        "created_at", "decided_at",
    ]  # fmt: skip
    export_filename = "requests-to-the-pot"
    inspect_view_fields = [
        "name", "email", "price", "day", "places", "word", "state", "by_hand", "order", "reason", "created_at",
        "decided_at",
    ]  # fmt: skip
    ordering = "-pk"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the two answers."""
        answers = [path("<int:pk>/grant/", grant, name="grant"), path("<int:pk>/refuse/", refuse, name="refuse")]
        return [*super().get_urlpatterns(), *answers]


class MovementIndexView(EditionIndexView):
    """What went into the pot and out of it, newest first."""

    page_title = gettext_lazy("In and out of the pot")
    default_ordering = "-pk"
    export_headings: ClassVar[dict[str, Any]] = {
        "transaction.at": gettext_lazy("When"),
        "transaction.order.code": gettext_lazy("Order"),
        "transaction.what": gettext_lazy("What"),
        "cents": gettext_lazy("Out of the pot"),
    }

    def get_base_queryset(self) -> QuerySet[LedgerEntry]:
        """Keep the entries of the pot."""
        entries: QuerySet[LedgerEntry] = super().get_base_queryset()
        return entries.filter(account=ledger.POT)


class MovedColumn(Column):
    """What an entry moves, as people write it: a plus for what goes in."""

    def get_value(self, instance: Any) -> str:
        """Return the amount with its sign."""
        amount = typography.price(-instance.cents, instance.transaction.currency)
        return f"+{amount}" if instance.cents < 0 else amount


class OrderColumn(Column):
    """The order of an entry; leads to it."""

    def get_value(self, instance: Any) -> str:
        """Return a link."""
        order = instance.transaction.order
        return format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[order.pk]), order.code)


class WhatColumn(Column):
    """What fact moved it."""

    def get_value(self, instance: Any) -> str:
        """Return it in words."""
        if instance.transaction.payment_id:
            return _("tickets given")
        if instance.transaction.refund_id:
            return _("tickets given back")
        return _("gift") if instance.cents < 0 else _("gift taken back")


class MovementViewSet(RecordViewSet):
    """What went into the pot and out of it."""

    model = LedgerEntry
    name = "pot-movements"
    icon = "list-ul"
    menu_label = gettext_lazy("In and out of the pot")
    index_view_class = MovementIndexView
    list_select_related = ("transaction__order",)
    list_display = [
        TitleColumn(
            "transaction.at",
            label=pgettext_lazy("ledger", "When"),
            accessor=lambda entry: typography.moment(entry.transaction.at),
            url_name="pot-movements:inspect",
            sort_key="transaction__at",
        ),
        WhatColumn("transaction.what", label=gettext_lazy("What")),
        OrderColumn("transaction.order", label=gettext_lazy("Order")),
        MovedColumn("cents", label=gettext_lazy("Amount"), sort_key="cents"),
    ]
    list_filter = ["transaction__order__edition"]
    search_fields = ["transaction__order__code"]
    list_export = ["transaction.at", "transaction.what", "transaction.order.code", "cents"]
    export_filename = "pot"
    inspect_view_fields = ["transaction", "account", "cents"]
    ordering = "-pk"


@require_POST
@permission_required(DECIDE, raise_exception=True)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the tickets of a request."""
    found = get_object_or_404(PotRequest.objects.select_related(*RELATED), pk=pk)
    try:
        granting.grant(request=found, actor=actor_of(request), now=clock.now())
    except SaleError as error:
        messages.error(request, wording.not_given(error, found.edition.currency))
    else:
        messages.success(request, wording.granted(found.places))
    return redirect("pot-requests:inspect", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(DECIDE, raise_exception=True)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a sentence; a post refuses the request with it."""
    found = get_object_or_404(PotRequest.objects.select_related(*RELATED), pk=pk)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            granting.refuse(request=found, reason=reason, actor=actor_of(request), now=clock.now())
        except SaleError as error:
            messages.error(request, wording.not_given(error, found.edition.currency))
        else:
            messages.success(request, _("Refused; the answer is on its way."))
        return redirect("pot-requests:inspect", pk)
    context = {"asked": found, "form": form}
    return render(request, "tickets/solidarity/office/refuse.html", context, status=422 if form.errors else 200)


pot_viewsets = (PotViewSet, PotRequestViewSet, MovementViewSet)
pot_policies = {model: record_policy(model) for model in (PotRequest, LedgerEntry)}

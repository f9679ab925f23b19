"""Admin screens of orders and tickets, which are read and exported, never edited."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms.audit_viewsets import act
from festival.cms.columns import MomentColumn, MomentDisplay
from festival.cms.editions import chosen_edition
from festival.cms.recorded import EditionIndexView
from festival.cms.records import RecordInspectView, RecordViewSet
from festival.models import OutgoingMail
from festival.text import typography
from tickets.models import Order, OrderLine, Ticket, Transfer, VoucherUse
from tickets.office import wording
from tickets.office.cancel_screen import CANCEL, cancel_orders
from tickets.orders.queries import found_by, totals_of
from tickets.questions.views import CHANGE as CHANGE_ANSWERS, AnswersOfOrder, order_answers
from tickets.returns import giving, queries as returns, views as return_views
from tickets.returns.forms import NoteForm
from tickets.returns.money_screens import CONFIRM, REFUND, receive, refund, refund_sent


class OrderIndexView(EditionIndexView):
    """Orders, newest first; those who may cancel tick which."""

    default_ordering = "-created_at"
    export_headings: ClassVar[dict[str, Any]] = {"total_cents": _("Total")}

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        """Find by code, names, address, or an amount, however they are typed."""
        return found_by(queryset, self.search_query) if self.is_searching else queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the orders of the list come to, on all its pages together."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows: Any = context["paginator"].object_list if context.get("paginator") else self.object_list
        return (
            context
            | {"totals": totals_of(rows), "may_refund": self.request.user.has_perm(REFUND)}
            | {"edition_currency": edition.currency if (edition := chosen_edition(self.request)) else "EUR"}
        )

    @cached_property
    def columns(self) -> list[Column]:
        """The columns, and the boxes for those who may."""
        columns: list[Column] = super().columns
        if self.request.user.has_perm(CANCEL):
            columns = [columns[0], SelectColumn("pk", label=_("Select")), *columns[1:]]
        return columns


class SelectColumn(Column):
    """A box to tick; all boxes belong to the form below the list."""

    cell_template_name = "tickets/office/select_cell.html"


class OrderInspectView(AnswersOfOrder, RecordInspectView):
    """Shows an order with its lines, its mails, the page that its buyer sees, and how to cancel it."""

    template_name = "tickets/office/order.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may cancel it."""
        order, user = self.object, self.request.user
        may = {
            "may_cancel": order.state in Order.STATES_HOLDING and user.has_perm(CANCEL),
            "may_confirm": bool(order.email) and user.has_perm(CONFIRM),
            "may_refund": order.state == Order.State.PAID and user.has_perm(REFUND),
            "may_answer": order.state in Order.STATES_HOLDING and user.has_perm(CHANGE_ANSWERS),
            "may_give": bool(user.has_perm(REFUND) and giving.left_to_give(order)),
            "may_note": user.has_perm(CONFIRM),
            "note_form": NoteForm(),
        }
        if user.has_perm(REFUND):
            waiting = (returns.to_send, returns.open_requests, returns.unclear)
            for name, rows in zip(("to_send", "asked", "unclear"), waiting, strict=True):
                may[name] = rows(order.edition_id).filter(order=order)
        return super().get_context_data(**may, **kwargs)

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Leave out what an order does not have: the page is read at the desk, with somebody waiting."""
        shown = [(one, one["value"]) for one in super().get_fields_context()]
        values = [(one, value.value if isinstance(value, MomentDisplay) else value) for one, value in shown]
        return [one for one, value in values if value and value != "–"]

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name what is not a column of the order."""
        labels = {
            "order_lines": _("Lines"),
            "total_cents": _("Total"),
            "money": _("Payments and refunds"),
            "transfers": _("Passed on"),
            "mails": _("Mails"),
            "extends": _("Bought for the order"),
            "timeline": _("What happened"),
            "page": _("Page of the order"),
        }
        return str(labels.get(field_name) or super().get_field_label(field_name, field))

    def get_total_cents_display_value(self) -> str:
        """Return the amount with its currency."""
        return typography.price(self.object.total_cents, self.object.currency)

    def get_order_lines_display_value(self) -> SafeString:
        """Return what was sold, one a line, with the code of the ticket that came of it."""
        lines = self.object.lines.select_related("day", "occurrence__session", "ticket")
        lines = lines.prefetch_related("voucher_uses__voucher")
        return format_html_join(mark_safe("<br>"), "{}", ((_described(line, self.object),) for line in lines))

    def get_money_display_value(self) -> SafeString:
        """Return what came and what goes back, one a line, with how far it is."""
        rows = [(_("Payment"), one) for one in self.object.payments.all()]
        rows += [(_("Refund"), one) for one in self.object.refunds.all()]
        described = (
            (
                what,
                typography.price(one.amount_cents, self.object.currency),
                one.get_provider_display(),
                one.get_state_display(),
                typography.moment(one.confirmed_at or one.created_at),
                one.reference,
            )
            for what, one in rows
        )
        return format_html_join(mark_safe("<br>"), "{} · {} · {} · {} · {} {}", described)

    def get_transfers_display_value(self) -> SafeString:
        """Return which tickets went from the order to another, or came to it, one a line."""
        both = Transfer.objects.filter(Q(giver=self.object) | Q(receiver=self.object))
        rows = both.select_related("ticket", "giver", "receiver")
        return format_html_join(mark_safe("<br>"), "{} · {} → {} · {}", (_passed_on(row) for row in rows))

    def get_mails_display_value(self) -> SafeString:
        """Return the mails about the order, its tickets and what was passed on from it, and how far they are."""
        mails = OutgoingMail.objects.about(self.object)
        for fact in (
            *self.object.payments.all(),
            *self.object.refunds.all(),
            *self.object.guests.all(),
            *Ticket.objects.filter(order=self.object),
            *Transfer.objects.filter(giver=self.object),
        ):
            mails |= OutgoingMail.objects.about(fact)
        rows = (
            (mail.to, mail.get_state_display(), typography.moment(mail.sent_at or mail.created_at)) for mail in mails
        )
        return format_html_join(mark_safe("<br>"), "{} · {} · {}", rows)

    def get_extends_display_value(self) -> SafeString | str:
        """Return links to the order that this one was bought for, and to those that were bought for this one."""
        first = self.object.extends
        others = [*([first] if first else []), *self.object.extensions.order_by("pk")]
        links = ((reverse("order:inspect", args=[one.pk]), one.code, one.get_state_display()) for one in others)
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> · {}', links)

    def get_timeline_display_value(self) -> SafeString:
        """Return what was done to the order, its tickets and its money, with the notes; the last first."""
        rows = (
            (typography.moment(one.at), act(one.entry) if one.entry else one.note, wording.by_whom(one.by))
            for one in returns.timeline(self.object)
        )
        return format_html_join(mark_safe("<br>"), "{} · {} · {}", rows)

    def get_language_display_value(self) -> str:
        """Return the name of the language, in the reader's."""
        return typography.language_name(self.object.language)

    def get_page_display_value(self) -> SafeString:
        """Return a link to the order's secret page, for helping somebody at the desk."""
        address = reverse("tickets-order", args=[self.object.code, self.object.secret])
        return format_html('<a href="{}">{}</a>', address, _("Open it as the buyer does"))


def _passed_on(transfer: Transfer) -> tuple[object, ...]:
    """Return the ticket, links to both orders, and when it was."""
    orders = [
        format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[order.pk]), order.code)
        for order in (transfer.giver, transfer.receiver)
    ]
    return (transfer.ticket, *orders, typography.moment(transfer.at))


def _described(line: OrderLine, order: Order) -> str:
    ticket = getattr(line, "ticket", None)
    parts = [
        str(ticket or ""),
        str(line.product_name),
        typography.plain_date(line.day.date) if line.day else str((line.occurrence and line.occurrence.session) or ""),
        typography.price(line.cents, order.currency),
        *(f"{use.voucher} ({typography.price(-use.cents, order.currency)})" for use in _uses(line)),
        str(_("cancelled")) if line.cancelled_at else "",
    ]
    return " · ".join(part for part in parts if part)


def _uses(line: OrderLine) -> list[VoucherUse]:
    """Return the code that a line was had with, once though it was given back and used anew; one or none."""
    return sorted(line.voucher_uses.all(), key=lambda use: use.pk)[-1:]


class PriceColumn(Column):
    """Cents as people write them."""

    def get_value(self, instance: Any) -> str:
        """Return the amount with its currency."""
        return typography.price(super().get_value(instance), instance.currency)


class OrderViewSet(RecordViewSet):
    """Orders and registrations."""

    model = Order
    icon = "form"
    menu_label = _("Orders")
    index_view_class = OrderIndexView
    index_template_name = "tickets/office/orders.html"
    list_select_related = ("edition",)
    inspect_view_class = OrderInspectView
    list_display = [
        TitleColumn(
            "code", label=_("Code"), url_name="order:inspect", sort_key="code", link_classname="w-whitespace-nowrap"
        ),
        "name",
        "email",
        "state",
        PriceColumn("total_cents", label=_("Total"), sort_key="total_cents"),
        MomentColumn("created_at", label=_("Ordered at"), sort_key="created_at"),
    ]
    list_filter = ["edition", "state", "language", "created_at"]
    search_fields = ["code", "name", "email"]
    list_export = ["code", "state", "name", "email", "language", "total_cents", "currency", "created_at"]
    inspect_view_fields = [
        "code",
        "edition",
        "state",
        "expires_at",
        "name",
        "email",
        "page",
        "order_lines",
        "total_cents",
        "money",
        "answers",
        "guests",
        "transfers",
        "created_at",
        "language",
        "confirmed_at",
        "terms",
        "terms_accepted_at",
        "cancel_reason",
        "extends",
        "mails",
        "timeline",
    ]
    ordering = "-created_at"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screens that cancel, those about money, and the answers."""
        return [
            *super().get_urlpatterns(),
            path("cancel/", cancel_orders, name="cancel"),
            path("received/<int:pk>/", receive, name="received"),
            path("refund/<int:pk>/", refund, name="refund"),
            path("refund-sent/<int:pk>/", refund_sent, name="refund_sent"),
            path("answers/<int:pk>/", order_answers, name="answers"),
            path("refunds/", return_views.refunds, name="refunds"),
            path("request/<int:pk>/", return_views.answer, name="request"),
            path("give/<int:pk>/", return_views.give, name="give"),
            path("clarify/<int:pk>/", return_views.clarify, name="clarify"),
            path("note/<int:pk>/", return_views.note, name="note"),
            path("resend/<int:pk>/", return_views.resend, name="resend"),
        ]

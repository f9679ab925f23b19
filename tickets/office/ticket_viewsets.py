"""Admin screens of tickets, which are read and exported, never edited."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms.columns import DayColumn
from festival.cms.recorded import EditionIndexView
from festival.cms.records import RecordViewSet, record_policy
from tickets.delivery import tokens
from tickets.exceptions import MalformedCode
from tickets.models import Order, Ticket


class TicketIndexView(EditionIndexView):
    """Tickets, newest first."""

    default_ordering = "-number"
    export_headings: ClassVar[dict[str, Any]] = {
        "line.product.slug": _("Product"),
        "line.day": _("Day"),
        "line.occurrence": pgettext_lazy("programme", "Session"),
        "line.cents": _("Price"),
        "order.code": _("Order"),
        "order.email": _("E-mail address"),
        "order.state": _("State of the order"),
    }

    @cached_property
    def search_query(self) -> str:
        """Return what is searched for; a short code may be typed in any way that the door takes too."""
        query = super().search_query
        try:
            return tokens.parse_short_code(query)
        except MalformedCode:
            return query


class TicketViewSet(RecordViewSet):
    """Tickets, as an émargement too: name, code, day."""

    model = Ticket
    icon = "list-ul"
    menu_label = pgettext_lazy("in a list", "Tickets")
    index_view_class = TicketIndexView
    list_select_related = ("order", "line__product", "line__day", "line__occurrence", "edition")
    list_display = [
        TitleColumn(
            "short_code",
            label=_("Short code"),
            accessor=str,
            url_name="ticket:inspect",
            sort_key="short_code",
            link_classname="w-whitespace-nowrap",
        ),
        "number",
        "holder",
        Column("line", label=_("What was sold")),
        DayColumn("line.day", label=_("Day"), sort_key="line__day"),
        Column("order", label=_("Order")),
        "state",
    ]
    list_filter = ["edition", "line__product", "line__day", "state"]
    search_fields = ["short_code", "holder", "order__code", "order__email"]
    list_export = [
        "number",
        "short_code",
        "holder",
        "line.product.slug",
        "line.day",
        "line.occurrence",
        "line.cents",
        "order.code",
        "order.email",
        "order.state",
        "state",
    ]
    inspect_view_fields = ["number", "edition", "issue", "short_code", "holder", "line", "state"]
    ordering = "-number"


record_policies = {model: record_policy(model) for model in (Order, Ticket)}

"""Admin screens of the shop: products with prices and quotas; orders and tickets, which are read and never edited."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from festival.cms.columns import MomentColumn
from festival.cms.viewsets import PlannedIndexView, PublicModelViewSet, in_both
from festival.text import typography
from tickets.delivery import tokens
from tickets.door.viewsets import door_viewsets
from tickets.exceptions import MalformedCode
from tickets.models import Order, Position, Product


class RecordPolicy(ModelPermissionPolicy):
    """What happened is not rewritten: whoever may view sees, nobody adds, changes or deletes by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Allow viewing to those who may view or change by Django's rights."""
        rights = {"view", "change"} if action == "view" else set()
        return any(super(RecordPolicy, self).user_has_permission(user, right) for right in rights)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Allow any of `actions` that is allowed alone."""
        return any(self.user_has_permission(user, action) for action in actions)


class OrderIndexView(PlannedIndexView):
    """Orders, newest first."""

    select_related = ("edition",)
    default_ordering = "-created_at"


class PositionIndexView(PlannedIndexView):
    """Tickets, newest first."""

    select_related = ("order", "product", "day")
    default_ordering = "-ticket"

    @cached_property
    def search_query(self) -> str:
        """Return what is searched for; a short code may be typed in any way that the door takes too."""
        query = super().search_query
        try:
            return tokens.parse_short_code(query)
        except MalformedCode:
            return query


class OrderInspectView(InspectView):
    """Shows an order with its tickets and the page that its buyer sees."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name what is not a column of the order."""
        labels = {"tickets": pgettext_lazy("in a list", "Tickets"), "page": _("Page of the order")}
        return str(labels.get(field_name) or super().get_field_label(field_name, field))

    def get_total_cents_display_value(self) -> str:
        """Return the amount with its currency."""
        return typography.price(self.object.total_cents, self.object.currency)

    def get_tickets_display_value(self) -> SafeString:
        """Return the tickets, one a line."""
        positions = self.object.positions.select_related("product", "day")
        return format_html_join(
            mark_safe("<br>"),
            "{} · {} {}",
            ((tokens.spell_short_code(one.short_code), one.product, one.day or "") for one in positions),
        )

    def get_page_display_value(self) -> SafeString:
        """Return a link to the order's secret page, for helping somebody at the desk."""
        address = reverse("tickets-order", args=[self.object.code, self.object.secret])
        return format_html('<a href="{}">{}</a>', address, _("Open it as the buyer does"))


class PriceColumn(Column):
    """Cents as people write them."""

    def get_value(self, instance: Any) -> str:
        """Return the amount with its currency."""
        currency = instance.currency if isinstance(instance, Order) else instance.order.currency
        return typography.price(super().get_value(instance), currency)


class ProductViewSet(PublicModelViewSet):
    """What is sold or given."""

    model = Product
    icon = "tag"
    menu_label = _("Products")
    sort_order_field = "sort_order"
    list_display = [
        "name",
        "section",
        "kind",
        MomentColumn("sale_opens", label=_("On sale from"), sort_key="sale_opens"),
        MomentColumn("sale_closes", label=_("On sale until"), sort_key="sale_closes"),
        BooleanColumn("is_listed", label=_("Listed"), sort_key="is_listed"),
    ]
    list_filter = ["edition", "section", "kind", "is_listed"]
    list_export = ["number", "slug", "name_fr", "name_en", "section", "kind", "sale_opens", "sale_closes", "is_listed"]
    search_fields = ["name_fr", "name_en", "slug"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    in_both("name"),
                    in_both("description"),
                    in_both("place"),
                    in_both("proof"),
                    FieldPanel("is_listed"),
                ],
                heading=_("Product"),
            ),
            ObjectList(
                [
                    HelpPanel(_("Amounts are in cents. A highest amount lets the buyer choose.")),
                    InlinePanel(
                        "prices",
                        [
                            FieldRowPanel([FieldPanel("cents"), FieldPanel("max_cents"), FieldPanel("is_default")]),
                            in_both("name"),
                            in_both("help"),
                            FieldPanel("slug"),
                        ],
                        label=_("price"),
                        heading=_("Prices"),
                        min_num=1,
                    ),
                    FieldRowPanel([FieldPanel("currency"), FieldPanel("vat_rate")]),
                    in_both("vat_note"),
                ],
                heading=_("Prices"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "A quota without a day limits all tickets of the product. Without any quota the product "
                            "is not limited."
                        )
                    ),
                    InlinePanel(
                        "quotas",
                        [FieldRowPanel([FieldPanel("day"), FieldPanel("size")])],
                        label=_("quota"),
                        heading=_("Quotas"),
                    ),
                    FieldRowPanel([FieldPanel("sale_opens"), FieldPanel("sale_closes")]),
                    FieldRowPanel([FieldPanel("max_per_order"), FieldPanel("refundable_until")]),
                ],
                heading=_("Places and sale"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("edition"), FieldPanel("section")]),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("admission")]),
                    FieldPanel("days"),
                    MultiFieldPanel(
                        [FieldPanel("requires_approval"), FieldPanel("named"), FieldPanel("transferable")], _("Rules")
                    ),
                    HelpPanel(_("The number stands in every ticket: never change it once tickets exist.")),
                    FieldRowPanel([FieldPanel("number"), FieldPanel("slug")]),
                ],
                heading=_("Settings"),
            ),
        ]
    )


class RecordViewSet(ModelViewSet):
    """A list, a search, an export, a page for each record; no form."""

    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    list_per_page = 50


class OrderViewSet(RecordViewSet):
    """Orders and registrations."""

    model = Order
    icon = "form"
    menu_label = _("Orders")
    index_view_class = OrderIndexView
    inspect_view_class = OrderInspectView
    list_display = [
        "code",
        "name",
        "email",
        "state",
        PriceColumn("total_cents", label=_("Total"), sort_key="total_cents"),
        MomentColumn("created_at", label=_("Ordered at"), sort_key="created_at"),
        MomentColumn("mailed_at", label=_("Mailed at"), sort_key="mailed_at"),
    ]
    list_filter = ["state", "language", "created_at"]
    search_fields = ["code", "name", "email"]
    list_export = ["code", "state", "name", "email", "language", "total_cents", "currency", "created_at", "mailed_at"]
    inspect_view_fields = [
        "code",
        "state",
        "name",
        "email",
        "tickets",
        "total_cents",
        "created_at",
        "mailed_at",
        "language",
        "page",
    ]
    ordering = "-created_at"


class PositionViewSet(RecordViewSet):
    """Tickets, as an émargement too: name, code, day."""

    model = Position
    icon = "list-ul"
    menu_label = pgettext_lazy("in a list", "Tickets")
    index_view_class = PositionIndexView
    list_display = [
        "short_code",
        "ticket",
        "attendee_name",
        "product",
        "day",
        "order",
        MomentColumn("cancelled_at", label=_("Cancelled at"), sort_key="cancelled_at"),
    ]
    list_filter = ["product", "day"]
    search_fields = ["short_code", "attendee_name", "order__code", "order__email"]
    list_export = [
        "ticket",
        "short_code",
        "attendee_name",
        "product.slug",
        "day",
        "cents",
        "order.code",
        "order.email",
        "order.state",
        "cancelled_at",
    ]
    inspect_view_fields = [
        "ticket",
        "issue",
        "short_code",
        "attendee_name",
        "product",
        "day",
        "cents",
        "order",
        "cancelled_at",
    ]
    ordering = "-ticket"


class TicketsViewSetGroup(ModelViewSetGroup):
    """The shop and the door in one menu."""

    items = (ProductViewSet, OrderViewSet, PositionViewSet, *door_viewsets)
    menu_label = _("Tickets")
    menu_icon = "tag"
    menu_order = 300

"""Admin screens of what is sold: products with their prices, quotas."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic

from festival.cms.columns import DayColumn, MomentColumn
from festival.cms.editions import EditionCreateMixin, chosen_edition
from festival.cms.in_use import GuardedDeleteView
from festival.cms.recorded import EditionIndexView, EditionReorderView, RecordedDeleteView, actor_of
from festival.cms.viewsets import PublicModelViewSet
from festival.text.translated_listing import language_columns
from festival.time import clock
from tickets.catalogue import stocking
from tickets.exceptions import PlacesInUse, StockError
from tickets.models import Product, Quota
from tickets.office import panels, wording
from tickets.office.forms import QuotaForm
from tickets.orders import readiness


class ProductIndexView(EditionIndexView):
    """Products of an edition with how many wait for each, and above them what is missing before they can be had."""

    def get_base_queryset(self) -> QuerySet[Product]:
        """Count along who asked to be told when the sale opens."""
        waiting = Q(alerts__confirmed_at__isnull=False, alerts__told_at=None)
        return (
            super()
            .get_base_queryset()
            .annotate(
                waiting=Count("alerts", filter=waiting),
                unconfirmed=Count("alerts", filter=Q(alerts__confirmed_at=None)),
            )
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sentences to the list."""
        edition = chosen_edition(self.request)
        missing = readiness.gaps(edition) if edition and not self.results_only else []
        sentences = [gettext(gap.what.value) % gap.names for gap in missing]
        return super().get_context_data(*args, **kwargs) | {"missing": sentences}


class _RefusableMixin:
    """A change that the stock does not allow is an error of the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say why not."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except StockError as error:
            form.add_error(None, wording.refusal(error))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class _ProductMixin(_RefusableMixin):
    """Saving goes through the action, which keeps the counters right."""

    def save_instance(self) -> Product:
        """Save the product with prices and days."""
        save = super().save_instance  # type: ignore[misc]
        return stocking.save_product(
            product=self.form.instance,  # type: ignore[attr-defined]
            save=save,
            actor=actor_of(self.request),  # type: ignore[attr-defined]
            now=clock.now(),
        )


class ProductCreateView(_ProductMixin, EditionCreateMixin, generic.CreateView):
    """Adds a product."""


class ProductEditView(_ProductMixin, generic.EditView):
    """Changes a product."""


class _QuotaMixin(_RefusableMixin):
    """Saving goes through the action, which counts what is taken."""

    def save_instance(self) -> Quota:
        """Save the quota with its products."""
        form = self.form  # type: ignore[attr-defined]
        quota: Quota = form.save(commit=False)
        products = form.cleaned_data["products"]
        stocking.save_quota(quota=quota, products=products, actor=actor_of(self.request), now=clock.now())  # type: ignore[attr-defined]
        return quota


class QuotaCreateView(_QuotaMixin, EditionCreateMixin, generic.CreateView):
    """Adds a quota."""


class QuotaEditView(_QuotaMixin, generic.EditView):
    """Changes a quota."""


class QuotaDeleteView(GuardedDeleteView):
    """Deletes a quota that nobody has a place of."""

    def refusal(self) -> str:
        """Say how many places are taken, or what else holds on to it."""
        quota: Quota = self.object
        taken = wording.refusal(PlacesInUse(name=str(quota), taken=quota.taken)) if quota.taken else ""
        return taken or super().refusal()

    def delete_action(self) -> None:
        """Delete by the action."""
        stocking.delete_quota(quota=self.object, actor=actor_of(self.request), now=clock.now())


class WaitingColumn(Column):
    """How many wait for the opening of a sale; no address."""

    def get_value(self, instance: Any) -> str:
        """Return the number of those whose address is confirmed, and of the others if there are some."""
        return wording.waiting(instance.waiting, instance.unconfirmed)


class ProductViewSet(PublicModelViewSet):
    """What is sold or given."""

    model = Product
    icon = "tag"
    menu_label = _("Products")
    sort_order_field = "sort_order"
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    edit_view_class = ProductEditView
    delete_view_class = RecordedDeleteView
    reorder_view_class = EditionReorderView
    index_template_name = "tickets/office/products.html"
    list_select_related = ("section", "edition")
    list_display = [
        "name",
        "section",
        "kind",
        MomentColumn("sale_opens", label=_("On sale from"), sort_key="sale_opens"),
        MomentColumn("sale_closes", label=_("On sale until"), sort_key="sale_closes"),
        WaitingColumn("waiting", label=_("Wait for the opening")),
        BooleanColumn("is_listed", label=_("Listed"), sort_key="is_listed"),
    ]
    list_filter = ["edition", "section", "kind", "is_listed"]
    list_export = [
        "number",
        "slug",
        *language_columns("name"),
        "section",
        "kind",
        "sale_opens",
        "sale_closes",
        "is_listed",
    ]
    search_fields = ["name", "slug"]
    edit_handler = panels.PRODUCT


class QuotaViewSet(PublicModelViewSet):
    """How many places there are."""

    model = Quota
    name = "quotas"
    icon = "group"
    menu_label = _("Quotas")
    index_view_class = EditionIndexView
    add_view_class = QuotaCreateView
    edit_view_class = QuotaEditView
    delete_view_class = QuotaDeleteView
    list_select_related = ("day", "occurrence__session", "edition")
    list_display = [
        "name",
        DayColumn("day", label=_("Only this day"), sort_key="day"),
        Column("occurrence.session", label=_("Only this session")),
        "size",
        "taken",
        "reserved",
    ]
    list_filter = ["edition", "day", "products"]
    list_export = [*language_columns("name"), "day", "occurrence", "size", "taken", "reserved", "edition.number"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            HelpPanel(
                _(
                    "The products share these places. With a day the quota limits that day alone, also for passes over "
                    "several days; with a session, the places in that session."
                )
            ),
            FieldPanel("products", widget=CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("size"), FieldPanel("day")]),
            FieldPanel("occurrence", widget=Select),
            FieldPanel("edition"),
        ],
        base_form_class=QuotaForm,
    )

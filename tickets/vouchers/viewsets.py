"""Admin screens of codes, and of who used them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from festival.cms.columns import MomentColumn
from festival.cms.editions import EditionCreateMixin
from festival.cms.in_use import GuardedDeleteView
from festival.cms.recorded import EditionIndexView, actor_of
from festival.cms.records import RecordViewSet, record_policy
from festival.cms.viewsets import PublicModelViewSet
from festival.text import typography
from festival.text.translated_listing import language_columns
from festival.time import clock
from tickets.exceptions import SizeBelowTaken
from tickets.models import Voucher, VoucherUse
from tickets.vouchers import making, wording
from tickets.vouchers.faults import VoucherUsed
from tickets.vouchers.forms import VoucherForm
from tickets.vouchers.views import make_many


class _SavedByAction:
    """Saving goes through the action; what was used and would change is an error of the form."""

    def save_instance(self) -> Voucher:
        """Save the code with its products."""
        form = self.form  # type: ignore[attr-defined]
        voucher: Voucher = form.save(commit=False)
        return making.save(
            voucher=voucher,
            products=list(form.cleaned_data["products"]),
            quotas=list(form.cleaned_data["quotas"]),
            actor=actor_of(self.request),  # type: ignore[attr-defined]
            now=clock.now(),
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say why not."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except (VoucherUsed, SizeBelowTaken) as error:
            form.add_error(*wording.refused_change(error))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class VoucherIndexView(EditionIndexView):
    """Codes, with what they keep back."""

    def get_base_queryset(self) -> QuerySet[Voucher]:
        """Fetch along what they keep."""
        return super().get_base_queryset().prefetch_related("reserves")


class VoucherCreateView(_SavedByAction, EditionCreateMixin, generic.CreateView):
    """Adds a code."""


class VoucherEditView(_SavedByAction, generic.EditView):
    """Changes a code."""


class VoucherDeleteView(GuardedDeleteView):
    """Deletes a code that was never used."""

    def delete_action(self) -> None:
        """Delete by the action."""
        making.delete(voucher=self.object, actor=actor_of(self.request), now=clock.now())


class EffectColumn(Column):
    """What a code takes off."""

    def get_value(self, instance: Any) -> str:
        """Return it in words."""
        return capfirst(wording.effect(instance))


class UsedColumn(Column):
    """How many places were had with it, of how many; leads to their orders."""

    def get_value(self, instance: Any) -> str:
        """Return both numbers; only the first without a limit."""
        used = instance.used + instance.used_before
        shown = str(used) if instance.max_uses is None else f"{used} / {instance.max_uses}"
        if not instance.used:
            return shown
        address = f"{reverse('voucher-uses:index')}?voucher__edition={instance.edition_id}&voucher={instance.pk}"
        return format_html('<a href="{}">{}</a>', address, shown)


class KeptColumn(Column):
    """How many places a code keeps back still; of several quotas, where the fewest are left."""

    def get_value(self, instance: Any) -> str:
        """Return the number, of how many; nothing for one that keeps none."""
        left = [reserve.left for reserve in instance.reserves.all()]
        return f"{min(left)} / {instance.keeps}" if left else ""


class SpentColumn(Column):
    """How much a code has taken off, of how much."""

    def get_value(self, instance: Any) -> str:
        """Return both amounts; only the first without a budget."""
        currency = instance.edition.currency
        shown = [instance.spent_cents, *([] if instance.budget_cents is None else [instance.budget_cents])]
        return " / ".join(typography.price(cents, currency) for cents in shown)


class VoucherViewSet(PublicModelViewSet):
    """Codes that make something cheaper, or open what is not listed."""

    model = Voucher
    name = "vouchers"
    icon = "key"
    menu_label = _("Codes")
    index_view_class = VoucherIndexView
    index_template_name = "tickets/office/codes.html"
    add_view_class = VoucherCreateView
    edit_view_class = VoucherEditView
    delete_view_class = VoucherDeleteView
    list_select_related = ("edition",)
    list_display = [
        "code",
        "label",
        "tag",
        EffectColumn("effect", label=_("Effect")),
        UsedColumn("used", label=_("Used"), sort_key="used"),
        KeptColumn("keeps", label=_("Kept back")),
        SpentColumn("spent_cents", label=_("Taken off"), sort_key="spent_cents"),
        MomentColumn("valid_until", label=_("Valid until"), sort_key="valid_until"),
    ]
    list_filter = ["edition", "tag", "effect", "products"]
    list_export = [
        "code",
        *language_columns("label"),
        "tag",
        "effect",
        "value",
        "max_uses",
        "used_before",
        "used",
        "keeps",
        "budget_cents",
        "spent_cents",
        "valid_from",
        "valid_until",
    ]
    export_filename = "codes"
    search_fields = ["code", "folded", "tag"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("tag")]),
            FieldPanel("label"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("effect"), FieldPanel("value")]),
                    FieldPanel("products", widget=CheckboxSelectMultiple),
                    FieldPanel("reveals"),
                ],
                _("What it does"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(_("Once a place was had with it, its spelling and what it takes off stay as they are.")),
                    FieldRowPanel([FieldPanel("max_uses"), FieldPanel("used_before")]),
                    FieldPanel("budget_cents"),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                ],
                _("How often, how long"),
            ),
            MultiFieldPanel(
                [FieldPanel("keeps"), FieldPanel("quotas", widget=CheckboxSelectMultiple)],
                _("Places kept back"),
            ),
            FieldPanel("edition"),
        ],
        base_form_class=VoucherForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screen that makes many at once."""
        return [*super().get_urlpatterns(), path("many/", make_many, name="many")]


class UseIndexView(EditionIndexView):
    """Who used which code, newest first."""

    default_ordering = "-pk"
    export_headings: ClassVar[dict[str, Any]] = {
        "line.order.code": _("Order"),
        "line.product.slug": _("Product"),
        "cents": _("Taken off"),
    }


class OrderColumn(Column):
    """The order of a line; leads to it."""

    def get_value(self, instance: Any) -> str:
        """Return a link."""
        order = instance.line.order
        return format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[order.pk]), order.code)


class OffColumn(Column):
    """Cents as people write them."""

    def get_value(self, instance: Any) -> str:
        """Return the amount with its currency."""
        return typography.price(instance.cents, instance.line.order.currency)


class VoucherUseViewSet(RecordViewSet):
    """Places that were had with a code."""

    model = VoucherUse
    name = "voucher-uses"
    icon = "list-ul"
    menu_label = _("Uses of codes")
    index_view_class = UseIndexView
    list_select_related = ("voucher", "line__order", "line__product")
    list_display = [
        "voucher",
        OrderColumn("line.order", label=_("Order")),
        Column("line", label=_("What was sold")),
        OffColumn("cents", label=_("Taken off"), sort_key="cents"),
        MomentColumn("used_at", label=_("Used at"), sort_key="used_at"),
        MomentColumn("released_at", label=_("Given back at"), sort_key="released_at"),
    ]
    list_filter = ["voucher__edition", "voucher"]
    search_fields = ["voucher__code", "voucher__tag", "line__order__code"]
    list_export = ["voucher", "line.order.code", "line.product.slug", "cents", "used_at", "released_at"]
    export_filename = "uses-of-codes"
    inspect_view_fields = ["voucher", "line", "cents", "used_at", "released_at"]
    ordering = "-pk"


voucher_policies = {VoucherUse: record_policy(VoucherUse)}

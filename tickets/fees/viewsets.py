"""The admin screen of fees."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from festival.cms.editions import EditionCreateMixin, EditionForm
from festival.cms.recorded import EditionIndexView, RecordedCreateView
from festival.cms.viewsets import PublicModelViewSet
from festival.text.translated_listing import language_columns
from tickets.fees import wording
from tickets.models import Fee


class FeeCreateView(EditionCreateMixin, RecordedCreateView):
    """Adds a fee."""


class AmountColumn(Column):
    """How much, of what."""

    def get_value(self, instance: Fee) -> str:
        """Return it in words."""
        return capfirst(wording.amount(instance, instance.edition.currency))


class FeeViewSet(PublicModelViewSet):
    """What orders cost besides what is sold."""

    model = Fee
    name = "fees"
    icon = "plus-inverse"
    menu_label = _("Fees")
    index_view_class = EditionIndexView
    add_view_class = FeeCreateView
    list_select_related = ("edition",)
    list_display = [
        "name",
        AmountColumn("cents", label=_("Amount"), sort_key="cents"),
        "basis",
        BooleanColumn("goes_back", label=_("Goes back"), sort_key="goes_back"),
    ]
    list_filter = ["edition", "basis"]
    list_export = [*language_columns("name"), "basis", "cents", "percent", "vat_rate", "on_free", "goes_back"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "A fee stands beside every price from the start. It belongs to the order or the place: the law "
                    "forbids to charge for paying by card. What was ordered keeps the fee of its day."
                )
            ),
            FieldPanel("name"),
            FieldPanel("basis"),
            FieldRowPanel([FieldPanel("cents"), FieldPanel("percent")]),
            FieldPanel("vat_rate"),
            FieldPanel("on_free"),
            FieldPanel("goes_back"),
            FieldPanel("edition"),
        ],
        base_form_class=EditionForm,
    )

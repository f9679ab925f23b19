"""The admin screen of how an edition takes money."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from festival.cms.editions import EditionCreateMixin
from festival.cms.recorded import EditionIndexView, RecordedCreateView
from festival.cms.viewsets import PublicModelViewSet
from tickets.models import PaymentSettings
from tickets.office.forms import PaymentSettingsForm


class PaymentSettingsCreateView(EditionCreateMixin, RecordedCreateView):
    """Says for an edition how it takes money."""


class PaymentSettingsViewSet(PublicModelViewSet):
    """By which ways an edition takes money, and on which terms."""

    model = PaymentSettings
    name = "payment-settings"
    icon = "form"
    menu_label = _("Ways to pay")
    index_view_class = EditionIndexView
    add_view_class = PaymentSettingsCreateView
    list_select_related = ("edition", "terms_page")
    list_display = [
        "edition",
        "account_holder",
        "iban",
        BooleanColumn("takes_card", label=_("Paid by card"), sort_key="takes_card"),
        BooleanColumn("takes_onsite", label=_("Paid on site"), sort_key="takes_onsite"),
        "terms_page",
    ]
    list_filter = ["edition"]
    list_export = ["edition.number", "account_holder", "iban", "bic", "transfer_days", "takes_card", "takes_onsite"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _("What has a price is on sale as soon as there is a way to pay it, and terms of sale to agree to.")
            ),
            FieldPanel("terms_page"),
            MultiFieldPanel(
                [
                    FieldPanel("account_holder"),
                    FieldRowPanel([FieldPanel("iban"), FieldPanel("bic")]),
                    FieldPanel("transfer_days"),
                ],
                _("By bank transfer"),
            ),
            FieldPanel("takes_card"),
            MultiFieldPanel([FieldPanel("takes_onsite"), FieldPanel("onsite_help")], _("On site")),
            FieldPanel("edition"),
        ],
        base_form_class=PaymentSettingsForm,
    )

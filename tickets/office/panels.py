"""The form of a product, tab by tab."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from festival.cms.panels import NamePanel
from tickets.office.forms import ProductForm

PRODUCT = TabbedInterface(
    [
        ObjectList(
            [
                NamePanel("name"),
                FieldPanel("description"),
                FieldPanel("place"),
                FieldPanel("proof"),
                FieldPanel("is_listed"),
            ],
            heading=_("Product"),
        ),
        ObjectList(
            [
                HelpPanel(_("A highest amount lets the buyer choose.")),
                InlinePanel(
                    "prices",
                    [
                        FieldRowPanel([FieldPanel("cents"), FieldPanel("max_cents"), FieldPanel("is_default")]),
                        FieldPanel("name"),
                        FieldPanel("help"),
                        FieldRowPanel([FieldPanel("vat_rate"), FieldPanel("slug")]),
                    ],
                    label=_("price"),
                    heading=_("Prices"),
                    min_num=1,
                ),
                FieldPanel("vat_note"),
            ],
            heading=_("Prices"),
        ),
        ObjectList(
            [
                HelpPanel(
                    _(
                        "For a set of other products: what it brings, and what each of them has of its price, for the "
                        "tax. Places are those of the parts; a set in a quota of its own is limited besides."
                    )
                ),
                InlinePanel(
                    "parts",
                    [
                        FieldRowPanel([FieldPanel("part"), FieldPanel("count")]),
                        FieldRowPanel([FieldPanel("cents"), FieldPanel("vat_rate")]),
                    ],
                    label=_("part"),
                    heading=_("What it brings"),
                ),
            ],
            heading=_("Set"),
        ),
        ObjectList(
            [
                HelpPanel(_("How many places there are is set in “Quotas”. A product in none is not limited.")),
                FieldRowPanel([FieldPanel("sale_opens"), FieldPanel("sale_closes")]),
                FieldRowPanel([FieldPanel("max_per_order"), FieldPanel("max_per_person")]),
                MultiFieldPanel(
                    [
                        FieldPanel("confirmation", widget=RadioSelect),
                        FieldRowPanel([FieldPanel("filling_percent"), FieldPanel("hold_minutes")]),
                        FieldPanel("places_per_network"),
                    ],
                    _("Against invented registrations"),
                ),
            ],
            heading=_("Sale"),
        ),
        ObjectList(
            [
                HelpPanel(_("How much goes back until when. Buyers read it before they order. No rule: nothing.")),
                InlinePanel(
                    "refund_steps",
                    [FieldRowPanel([FieldPanel("percent"), FieldPanel("days_before"), FieldPanel("until")])],
                    label=_("rule"),
                    heading=_("Rules"),
                ),
                FieldPanel("refund_fee_cents"),
                FieldPanel("refund_needs_approval"),
                FieldPanel("parts_go_back"),
            ],
            heading=_("Refunds"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("edition"), FieldPanel("section")]),
                FieldPanel("kind"),
                FieldPanel("admission", widget=RadioSelect),  # its sentences are wider than a phone's list
                FieldPanel("days", widget=CheckboxSelectMultiple),
                FieldPanel("sessions"),
                MultiFieldPanel(
                    [
                        FieldPanel("requires_approval"),
                        FieldPanel("file_asked"),
                        FieldPanel("named"),
                        FieldPanel("transferable"),
                    ],
                    _("Rules"),
                ),
                HelpPanel(_("The number stands in every ticket: never change it once tickets exist.")),
                FieldRowPanel([FieldPanel("number"), FieldPanel("slug")]),
            ],
            heading=_("Settings"),
        ),
    ],
    base_form_class=ProductForm,
)

"""Admin screens: calls with their rubric, projects. Nobody edits what jurors wrote."""

from django.urls import URLPattern, path
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
from wagtail.admin.viewsets.model import ModelViewSetGroup

from awards.care.urls import of_calls
from awards.models import Call, Entry, Rubric
from awards.office.base import OfficeViewSet, TiedCreateView, TiedEditView
from awards.office.forms import EntryForm, RubricForm
from awards.office.jury_viewsets import AssignmentViewSet, JurorViewSet
from awards.office.office_forms import CallForm
from awards.presenting import views as presenting
from awards.screening import views as screening
from awards.scrutiny import views as scrutiny
from awards.seats import member_views as seats
from awards.staging import views as staging
from awards.staging.viewsets import CallQuestionViewSet, ExtensionViewSet
from festival.cms.columns import MomentColumn

ROUND_PANELS = [
    FieldRowPanel([FieldPanel("order"), FieldPanel("kind"), FieldPanel("mode")]),
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    FieldPanel("announced_at"),
    FieldPanel("told_hours_before"),
    FieldRowPanel([FieldPanel("rubric"), FieldPanel("follows")]),
    FieldPanel("is_blind"),
    FieldRowPanel([FieldPanel("readers_per_entry"), FieldPanel("finalists_per_category")]),
    FieldPanel("tally_method"),
    FieldPanel("pools_earlier"),
    FieldRowPanel([FieldPanel("peers_visible"), FieldPanel("calibration_entry")]),
    FieldRowPanel([FieldPanel("most_approved"), FieldPanel("least_views")]),
    FieldPanel("voters"),
]


class CallViewSet(OfficeViewSet):
    """A call with its categories and rounds."""

    model = Call
    icon = "date"
    menu_label = _("Calls for projects")
    list_display = [
        "name",
        "edition",
        MomentColumn("opens", label=_("Applications from"), sort_key="opens"),
        MomentColumn("closes", label=_("Until"), sort_key="closes"),
        "rules_version",
    ]
    list_select_related = ("edition",)
    list_filter = ["edition"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(template="awards/staging/call_links.html"),
                    FieldRowPanel([FieldPanel("edition"), FieldPanel("section")]),
                    FieldPanel("name"),
                    FieldPanel("slug"),
                    FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
                    FieldRowPanel([FieldPanel("grace_minutes"), FieldPanel("resubmit_until")]),
                    FieldPanel("languages"),
                    FieldRowPanel([FieldPanel("entries_per_applicant"), FieldPanel("quorum_percent")]),
                    FieldPanel("retention_until"),
                ],
                heading=_("Call"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "categories",
                        [
                            FieldRowPanel([FieldPanel("slug"), FieldPanel("by_public_vote"), FieldPanel("is_closed")]),
                            FieldPanel("name"),
                            FieldPanel("description"),
                            FieldPanel("prize"),
                        ],
                        label=_("Category"),
                        heading=_("Categories"),
                    ),
                    InlinePanel(
                        "prizes",
                        [
                            FieldRowPanel([FieldPanel("slug"), FieldPanel("category"), FieldPanel("winners")]),
                            FieldPanel("name"),
                            FieldPanel("description"),
                        ],
                        label=_("Prize"),
                        heading=_("Prizes"),
                    ),
                ],
                heading=_("Categories"),
            ),
            ObjectList(
                [
                    HelpPanel(_("Save the call first, then make its rubric; a round of marks needs one.")),
                    InlinePanel("rounds", ROUND_PANELS, label=_("Round"), heading=_("Rounds")),
                    FieldPanel("reason"),
                ],
                heading=_("Rounds"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("rules_version"), FieldPanel("funding_ceiling")]),
                    FieldPanel("rules"),
                    FieldPanel("jury_terms_version"),
                    FieldPanel("jury_terms"),
                ],
                heading=_("Rules"),
            ),
        ],
        base_form_class=CallForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the list of what is missing, and the usual rounds."""
        return [
            *super().get_urlpatterns(),
            *of_calls,
            path("<int:pk>/screening/", screening.screen, name="screen"),
            path("<int:pk>/jury/", seats.jury, name="jury"),
            path("<int:pk>/ballots/", scrutiny.ballots, name="ballots"),
            path("<int:pk>/ready/", staging.ready, name="ready"),
            path("<int:pk>/preview/", presenting.preview, name="preview"),
            path("<int:pk>/usual-rounds/", staging.usual_rounds, name="usual_rounds"),
        ]


class RubricViewSet(OfficeViewSet):
    """The criteria and scales by which rounds are scored."""

    model = Rubric
    icon = "form"
    menu_label = _("Rubrics")
    list_display = ["name", "call", "version"]
    list_select_related = ("call",)
    list_filter = ["call__edition", "call"]
    edit_handler = ObjectList(
        [
            HelpPanel(_("Once a scorecard is in, only the words of a rubric can be changed.")),
            FieldPanel("call"),
            FieldPanel("name"),
            FieldPanel("needs_comment"),
            InlinePanel(
                "criteria",
                [
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("weight"), FieldPanel("tie_break")]),
                    FieldPanel("name"),
                    FieldPanel("question"),
                    FieldPanel("levels"),
                    FieldRowPanel([FieldPanel("is_optional"), FieldPanel("categories")]),
                ],
                label=_("Criterion"),
                heading=_("Criteria"),
            ),
            InlinePanel("scale", [FieldPanel("value"), FieldPanel("label")], label=_("Level"), heading=_("Scale")),
        ],
        base_form_class=RubricForm,
    )


class EntryViewSet(OfficeViewSet):
    """The projects. State and reason come first: they are what is changed most."""

    model = Entry
    add_view_class = TiedCreateView
    edit_view_class = TiedEditView
    icon = "pick"
    menu_label = _("Projects")
    list_display = ["title", "category", "holder", "city", "state"]
    list_select_related = ("category",)
    list_filter = ["call__edition", "call", "category", "state", "language"]
    search_fields = ["title", "holder", "city", "tags"]
    ordering = ["category__sort_order", "slug"]
    list_export = [
        "slug",
        "category",
        "state",
        "title",
        "holder",
        "legal_form",
        "city",
        "country",
        "founded",
        "funding_received",
        "community_size",
        "website",
        "licence",
        "language",
    ]
    export_filename = "projects"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("call"), FieldPanel("category"), FieldPanel("reason")]),
                    MultiFieldPanel([FieldPanel("state"), FieldPanel("state_reason")], _("Where it stands")),
                    FieldPanel("title"),
                    FieldPanel("pitch"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("language"), FieldPanel("tags")]),
                ],
                heading=_("Project"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("holder"), FieldPanel("legal_form")]),
                    FieldRowPanel([FieldPanel("city"), FieldPanel("country"), FieldPanel("founded")]),
                    FieldRowPanel([FieldPanel("funding_received"), FieldPanel("community_size")]),
                ],
                heading=_("Project holder"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("website"), FieldPanel("video"), FieldPanel("licence")]),
                    MultiFieldPanel(
                        [
                            FieldPanel("crowdfunding_url"),
                            FieldRowPanel(
                                [
                                    FieldPanel("crowdfunding_goal"),
                                    FieldPanel("crowdfunding_raised"),
                                    FieldPanel("crowdfunding_asked_on"),
                                    FieldPanel("crowdfunding_ends"),
                                ]
                            ),
                        ],
                        _("Crowdfunding"),
                    ),
                ],
                heading=_("Links"),
            ),
        ],
        base_form_class=EntryForm,
    )


class AwardsViewSetGroup(ModelViewSetGroup):
    """One menu for the awards."""

    items = (
        EntryViewSet,
        JurorViewSet,
        AssignmentViewSet,
        CallViewSet,
        CallQuestionViewSet,
        ExtensionViewSet,
        RubricViewSet,
    )
    menu_label = _("Awards")
    menu_icon = "pick"
    menu_order = 400

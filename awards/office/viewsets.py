"""Admin screens: calls with their rubric, projects, jurors, assignments. Nobody edits what jurors wrote."""

from typing import Any

from django.core.exceptions import PermissionDenied
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
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from awards.models import Assignment, Call, Entry, Juror
from awards.office.forms import CallForm
from festival.cms.viewsets import PublicDeleteView, PublicModelViewSet, in_both


class KeptPolicy(ModelPermissionPolicy):
    """Rows that are never deleted, whoever asks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer as Django does, but never allow to delete."""
        return action != "delete" and bool(super().user_has_permission(user, action))


class AssignmentPolicy(ModelPermissionPolicy):
    """A pair is never changed into another one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer as Django does, but never allow to change."""
        return action != "change" and bool(super().user_has_permission(user, action))


class AssignmentDeleteView(PublicDeleteView):
    """Takes back a pair that the juror has not touched; any other stays."""

    def delete_action(self) -> None:
        """Delete an untouched pair only."""
        if self.object.state != Assignment.State.OPEN or hasattr(self.object, "scorecard"):
            raise PermissionDenied
        super().delete_action()


class CallViewSet(PublicModelViewSet):
    """A call with its categories, criteria and scale."""

    model = Call
    icon = "date"
    menu_label = _("Calls for projects")
    list_display = ["name", "edition", "entry_phase", "judging_phase", "rules_version"]
    list_filter = ["edition"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
                    in_both("name"),
                    HelpPanel(_("Dates are those of the edition’s phases.")),
                    FieldRowPanel([FieldPanel("entry_phase"), FieldPanel("judging_phase")]),
                    FieldRowPanel([FieldPanel("finalists_phase"), FieldPanel("vote_phase")]),
                    FieldPanel("vote_hidden_until"),
                ],
                heading=_("Call"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "categories",
                        [
                            FieldRowPanel([FieldPanel("slug"), FieldPanel("by_public_vote")]),
                            in_both("name"),
                            in_both("description"),
                            in_both("prize"),
                        ],
                        label=_("Category"),
                        heading=_("Categories"),
                    ),
                    FieldPanel("finalists_per_category"),
                ],
                heading=_("Categories"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "criteria",
                        [
                            FieldRowPanel([FieldPanel("slug"), FieldPanel("weight"), FieldPanel("tie_break")]),
                            in_both("name"),
                            in_both("question"),
                        ],
                        label=_("Criterion"),
                        heading=_("Criteria"),
                    ),
                    InlinePanel(
                        "scale", [FieldPanel("value"), in_both("label")], label=_("Level"), heading=_("Scale, 0 to 5")
                    ),
                    FieldPanel("readers_per_entry"),
                ],
                heading=_("Scorecard"),
            ),
            ObjectList(
                [FieldRowPanel([FieldPanel("rules_version"), FieldPanel("funding_ceiling")]), in_both("rules")],
                heading=_("Rules"),
            ),
        ],
        base_form_class=CallForm,
    )


class EntryViewSet(PublicModelViewSet):
    """The projects. State and reason come first: they are what is changed most."""

    model = Entry
    icon = "pick"
    menu_label = _("Projects")
    list_display = ["title", "category", "holder", "city", "state"]
    list_filter = ["call", "category", "state", "language"]
    search_fields = ["title_fr", "title_en", "holder", "city", "tags"]
    ordering = ["category__sort_order", "slug"]
    list_export = [
        "slug",
        "category",
        "state",
        "title_fr",
        "title_en",
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
                    FieldRowPanel([FieldPanel("call"), FieldPanel("category")]),
                    MultiFieldPanel([FieldPanel("state"), in_both("state_reason")], _("Where it stands")),
                    in_both("title"),
                    in_both("pitch"),
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
                                    FieldPanel("crowdfunding_ends"),
                                ]
                            ),
                        ],
                        _("Crowdfunding"),
                    ),
                ],
                heading=_("Links"),
            ),
        ]
    )


class JurorViewSet(PublicModelViewSet):
    """The members of the jury."""

    model = Juror
    icon = "group"
    menu_label = _("Jury")
    list_display = ["name", "role", "organisation", "languages", BooleanColumn("is_chair", label=_("Chair")), "user"]
    list_filter = ["call", "is_chair"]
    search_fields = ["name", "organisation", "email"]
    list_export = ["slug", "name", "sort_name", "email", "organisation", "city", "country", "languages", "is_chair"]
    export_filename = "jury"
    panels = [
        FieldRowPanel([FieldPanel("call"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("sort_name"), FieldPanel("is_chair")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("user")]),
        in_both("role"),
        in_both("bio"),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("languages")]),
        FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
    ]


class AssignmentViewSet(PublicModelViewSet):
    """Who reads what."""

    model = Assignment
    delete_view_class = AssignmentDeleteView
    icon = "list-ul"
    menu_label = _("Assignments")
    list_display = ["juror", "entry", "state"]
    list_filter = ["juror", "entry__category", "state"]
    search_fields = ["juror__name", "entry__title_fr", "entry__title_en"]
    list_export = ["juror", "entry", "state"]
    export_filename = "assignments"
    panels = [FieldRowPanel([FieldPanel("juror"), FieldPanel("entry")])]


class AwardsViewSetGroup(ModelViewSetGroup):
    """One menu for the awards."""

    items = (EntryViewSet, JurorViewSet, AssignmentViewSet, CallViewSet)
    menu_label = _("Awards")
    menu_icon = "pick"
    menu_order = 400

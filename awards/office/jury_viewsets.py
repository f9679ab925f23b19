"""Admin screens of the jury: who sits in it, who reads what."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic

from awards.models import Assignment, Juror
from awards.office.base import AssignmentDeleteView, OfficeViewSet, TiedCreateView, TiedEditView
from awards.office.forms import AssignmentForm, JurorForm


class JurorViewSet(OfficeViewSet):
    """The members of the jury."""

    model = Juror
    add_view_class = TiedCreateView
    edit_view_class = TiedEditView
    icon = "group"
    menu_label = _("Jury")
    list_display = ["name", "role", "organisation", "languages", BooleanColumn("is_chair", label=_("Chair")), "user"]
    list_filter = ["call__edition", "call", "is_chair"]
    search_fields = ["name", "organisation", "email"]
    list_export = ["slug", "name", "sort_name", "email", "organisation", "city", "country", "languages", "is_chair"]
    export_filename = "jury"
    list_select_related = ("user",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("call"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("name"), FieldPanel("sort_name"), FieldPanel("is_chair")]),
            FieldRowPanel([FieldPanel("email"), FieldPanel("user"), FieldPanel("reason")]),
            FieldPanel("role"),
            FieldPanel("bio"),
            FieldRowPanel([FieldPanel("organisation"), FieldPanel("mail_language")]),
            FieldRowPanel(
                [
                    FieldPanel("capacity"),
                    FieldPanel("languages"),
                    FieldPanel("categories", widget=CheckboxSelectMultiple),
                ]
            ),
            FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
        ],
        base_form_class=JurorForm,
    )


class AssignmentViewSet(OfficeViewSet):
    """Who reads what."""

    model = Assignment
    add_view_class = generic.CreateView  # the action records
    delete_view_class = AssignmentDeleteView
    icon = "list-ul"
    menu_label = _("Assignments")
    list_display = ["juror", "entry", "round", "state"]
    list_select_related = ("juror", "entry", "round__call")
    list_filter = ["round__call__edition", "round__call", "round", "juror", "entry__category", "state"]
    search_fields = ["juror__name", "entry__title"]
    list_export = ["round", "juror", "entry", "state"]
    export_filename = "assignments"
    edit_handler = ObjectList(
        [
            HelpPanel(
                _("Jurors and projects are those of the round’s call; choose another round, save, choose again.")
            ),
            FieldPanel("round"),
            FieldRowPanel([FieldPanel("juror"), FieldPanel("entry")]),
        ],
        base_form_class=AssignmentForm,
    )

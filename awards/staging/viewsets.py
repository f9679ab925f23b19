"""Admin screens of a call's form and of the extensions it grants."""

from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from awards.models import Extension, Question
from awards.staging import views
from awards.staging.office_forms import OfOneCallForm, QuestionForm
from festival.cms.columns import MomentColumn
from festival.cms.panels import NamePanel
from festival.cms.recorded import EditionIndexView
from festival.cms.viewsets import PublicModelViewSet


class QuestionIndexView(EditionIndexView):
    """Questions in the order in which they are asked."""

    default_ordering = ("sort_order", "pk")


class CallQuestionViewSet(PublicModelViewSet):
    """The form of a call."""

    model = Question
    name = "call-questions"
    icon = "form"
    menu_label = _("Questions of the form")
    sort_order_field = "sort_order"
    index_view_class = QuestionIndexView
    list_select_related = ("call__edition",)
    list_display = [
        "label",
        "kind",
        "version",
        BooleanColumn("is_current", label=_("asked now")),
        BooleanColumn("is_required", label=_("must be answered")),
        "audience",
    ]
    list_filter = ["call__edition", "call", "is_current", "kind", "audience"]
    search_fields = ["label", "slug"]
    edit_handler = ObjectList(
        [
            HelpPanel(template="awards/staging/question_links.html"),
            FieldPanel("call"),
            NamePanel("label"),
            FieldPanel("help"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required"), FieldPanel("is_current")]),
            InlinePanel(
                "options",
                [
                    FieldPanel("label"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("excludes")]),
                    FieldPanel("exclusion"),
                ],
                label=_("Option"),
                heading=_("Options to choose from"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("limit"), FieldPanel("limit_unit")]),
                    FieldRowPanel([FieldPanel("least"), FieldPanel("most")]),
                    FieldPanel("file_kinds"),
                    FieldRowPanel([FieldPanel("max_megabytes"), FieldPanel("max_files")]),
                ],
                _("Limits of a text, a number, a file"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("heading"),
                    FieldPanel("categories", widget=CheckboxSelectMultiple),
                    FieldRowPanel([FieldPanel("depends_on"), FieldPanel("depends_options")]),
                ],
                _("Where it stands, and who is asked"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("audience"), FieldPanel("hidden_when_blind")])], _("Who reads it")
            ),
            FieldPanel("slug"),
        ],
        base_form_class=QuestionForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screen that makes a new version."""
        return [*super().get_urlpatterns(), path("<int:pk>/new-version/", views.renew, name="renew")]


class ExtensionViewSet(PublicModelViewSet):
    """More time for single applicants."""

    model = Extension
    name = "extensions"
    icon = "time"
    menu_label = _("Extensions")
    index_view_class = EditionIndexView
    list_select_related = ("call__edition",)
    list_display = ["email", "call", MomentColumn("until", label=_("Until"), sort_key="until"), "reason"]
    list_filter = ["call__edition", "call"]
    search_fields = ["email", "reason"]
    edit_handler = ObjectList(
        [FieldPanel("call"), FieldPanel("email"), FieldPanel("until"), FieldPanel("reason")],
        base_form_class=OfOneCallForm,
    )

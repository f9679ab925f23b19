"""Admin screens of questions and of what was answered."""

from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic

from festival.cms.columns import MomentColumn
from festival.cms.editions import EditionCreateMixin
from festival.cms.panels import NamePanel
from festival.cms.recorded import EditionIndexView, EditionReorderView, RecordedDeleteView, actor_of
from festival.cms.records import RecordInspectView, RecordViewSet, record_policy
from festival.cms.viewsets import PublicModelViewSet
from festival.text import typography
from festival.text.translated_listing import language_columns
from festival.time import clock
from tickets.models import Answer, Question
from tickets.questions import making, queries, views, wording
from tickets.questions.faults import AnswersInTheWay, GoesInCircles, NeverAsked
from tickets.questions.office_forms import QuestionForm
from tickets.questions.queries import SEE_HEALTH


class _SavedByAction:
    """Saving goes through the action; what answers keep from changing is an error of the form."""

    def save_instance(self) -> Question:
        """Save the question with its options and products."""
        form = self.form  # type: ignore[attr-defined]
        return making.save_question(
            question=form.instance,
            save=super().save_instance,  # type: ignore[misc]
            is_wording_only=form.cleaned_data["same_meaning"],
            actor=actor_of(self.request),  # type: ignore[attr-defined]
            now=clock.now(),
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or say why not."""
        is_new = form.instance.pk is None
        try:
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except AnswersInTheWay as error:
            form.add_error(None, wording.refusal(error))
        except GoesInCircles:
            form.add_error("condition", wording.goes_in_circles())
        except NeverAsked:
            form.add_error(None, wording.never_asked())
        if is_new:
            form.instance.pk, form.instance._state.adding = None, True  # noqa: SLF001 -- nothing was stored
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]


class QuestionCreateView(_SavedByAction, EditionCreateMixin, generic.CreateView):
    """Adds a question."""


class QuestionEditView(_SavedByAction, generic.EditView):
    """Changes a question."""


class QuestionIndexView(EditionIndexView):
    """Questions in the order in which they are asked, each with how many have answered."""

    default_ordering = ("sort_order", "pk")  # not the field alone, which would put handles before the links

    def get_base_queryset(self) -> QuerySet[Question]:
        """Count the answers along."""
        return super().get_base_queryset().annotate(answered=Count("answers"))


class QuestionViewSet(PublicModelViewSet):
    """What buyers and holders are asked."""

    model = Question
    name = "questions"
    icon = "help"
    menu_label = _("Questions")
    sort_order_field = "sort_order"
    index_view_class = QuestionIndexView
    index_template_name = "tickets/questions/office/questions.html"
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = RecordedDeleteView
    reorder_view_class = EditionReorderView
    list_select_related = ("edition",)
    list_display = [
        "text",
        "kind",
        "subject",
        "asked",
        BooleanColumn("is_required", label=_("Has to be answered"), sort_key="is_required"),
        BooleanColumn("is_health", label=_("Health"), sort_key="is_health"),
        BooleanColumn("is_retired", label=_("Not asked any more"), sort_key="is_retired"),
        Column("answered", label=_("Answers")),
    ]
    list_filter = ["edition", "products", "kind", "asked", "is_health", "is_retired"]
    list_export = ["slug", *language_columns("text"), "kind", "subject", "asked", "is_required", "is_health"]
    export_filename = "questions"
    search_fields = ["text", "slug"]
    edit_handler = ObjectList(
        [
            NamePanel("text"),
            FieldPanel("help"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required")]),
            InlinePanel(
                "options",
                [FieldPanel("label"), FieldRowPanel([FieldPanel("slug"), FieldPanel("is_offered")])],
                label=_("possible answer"),
                heading=_("Answers to choose from"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("products", widget=CheckboxSelectMultiple),
                    FieldRowPanel([FieldPanel("subject", widget=RadioSelect), FieldPanel("asked", widget=RadioSelect)]),
                    FieldPanel("condition"),
                ],
                _("Who is asked, and when"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("lowest"), FieldPanel("highest")]),
                    FieldPanel("changeable_until"),
                    FieldPanel("is_health"),
                ],
                _("Limits"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(
                        _(
                            "What was answered keeps its sense: once there are answers, how it is answered and what it "
                            "is asked for stay, and an answer that somebody chose can be withdrawn, not deleted."
                        )
                    ),
                    FieldPanel("same_meaning"),
                    FieldPanel("is_retired"),
                ],
                _("Once it has answers"),
            ),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("edition")]),
        ],
        base_form_class=QuestionForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screens of the totals, and of what is to be asked at the door."""
        return [
            *super().get_urlpatterns(),
            path("totals/", views.totals, name="totals"),
            path("to-ask/", views.to_ask_at_door, name="to_ask"),
        ]


class AnswerIndexView(EditionIndexView):
    """What was answered, newest first; answers about health only for those who may see them."""

    default_ordering = "-pk"
    export_headings: ClassVar[dict[str, Any]] = {
        "order": _("Order"),
        "state": _("State of the order"),
        "ticket": _("Ticket"),
        "person": _("Name"),
        "product": _("Product"),
        "day": _("Day"),
        "question": _("Question"),
        "asked": _("As it was asked"),
        "said": _("Answer"),
    }

    def get_base_queryset(self) -> QuerySet[Answer]:
        """Keep what this person may see."""
        may = self.request.user.has_perm(SEE_HEALTH)
        seen = queries.visible_answers(may_see_health=may).values("pk")
        return super().get_base_queryset().filter(pk__in=seen).prefetch_related("question__options")

    def to_row_dict(self, item: Answer) -> dict[str, Any]:
        """Return the cells of an export, the answer in words."""
        line, (asked, said) = item.line, wording.answered(item)
        return {
            "order": item.order.code,
            "state": item.order.get_state_display(),
            "ticket": str(getattr(line, "ticket", "")),
            "person": queries.name_of(line, item.order),
            "product": line.product.slug if line and line.product else "",
            "day": line.day.date if line and line.day else None,
            "question": item.question.slug,
            "asked": asked,
            "said": said,
        }


class AnswerInspectView(RecordInspectView):
    """Shows one answer; one about health only to those who may see it."""

    def get_object(self, queryset: Any = None) -> Answer:
        """Return it. Raises Http404 for what this person may not see."""
        may = self.request.user.has_perm(SEE_HEALTH)
        return get_object_or_404(queries.visible_answers(may_see_health=may), pk=super().get_object(queryset).pk)

    def get_value_display_value(self) -> str:
        """Return it in words; a file as a link that downloads it."""
        return views.said(self.object)


class SaidColumn(Column):
    """An answer in words."""

    def get_value(self, instance: Any) -> str:
        return wording.answered(instance)[1]


def _person(answer: Answer) -> str:
    return queries.name_of(answer.line, answer.order)


class AnsweredOrderColumn(Column):
    """The order of an answer; leads to it."""

    def get_value(self, instance: Any) -> str:
        return format_html('<a href="{}">{}</a>', reverse("order:inspect", args=[instance.order_id]), instance.order)


class AnswerDayColumn(Column):
    """The day of the line."""

    def get_value(self, instance: Any) -> str:
        day = instance.line and instance.line.day
        return typography.plain_date(day.date) if day else ""


class AnswerViewSet(RecordViewSet):
    """What was answered."""

    model = Answer
    name = "answers"
    icon = "list-ul"
    menu_label = _("Answers")
    index_view_class = AnswerIndexView
    inspect_view_class = AnswerInspectView
    list_select_related = ("question", "order", "line__product", "line__day", "line__ticket", "line__guest")
    list_display = [
        TitleColumn("person", label=_("Name"), url_name="answers:inspect", accessor=_person),
        AnsweredOrderColumn("order", label=_("Order")),
        Column("line", label=_("What was sold")),
        AnswerDayColumn("day", label=_("Day"), sort_key="line__day"),
        Column("asked", label=_("Question")),
        SaidColumn("value", label=_("Answer")),
        MomentColumn("given_at", label=_("answered at"), sort_key="given_at"),
    ]
    list_filter = ["question__edition", "question", "line__product", "line__day"]
    search_fields = ["order__code", "order__name", "line__ticket__holder"]
    list_export = list(AnswerIndexView.export_headings)
    export_filename = "answers"
    inspect_view_fields = ["question", "asked", "value", "order", "line", "version", "given_at"]
    ordering = "-pk"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the files."""
        return [*super().get_urlpatterns(), path("<int:pk>/file/", views.answered_file, name="file")]


answer_policies = {Answer: record_policy(Answer)}

"""What the programme's screens have in common."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import CreateView, IndexView, ReorderView, SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from festival.cms.editions import EditionCreateMixin, EditionForm, EditionIndexMixin, EditionReorderMixin
from festival.text.spreadsheets import CELLS
from festival.text.translated_listing import TranslatedListing


class ProgramIndexView(TranslatedListing, IndexView):
    """A list exported without formulas, whose texts are ordered as the reader sees them."""

    custom_value_preprocess = IndexView.custom_value_preprocess | CELLS


class OfEditionIndexView(EditionIndexMixin, ProgramIndexView):
    """A list of one edition's rows."""


class OfEditionCreateView(EditionCreateMixin, CreateView):
    """Adds a row to the edition that is worked on."""


class OfEditionReorderView(EditionReorderMixin, ReorderView):
    """Moves a row within its edition."""


class FormlessCreateView(SnippetCreateView):
    """Adds nothing: Wagtail gives every chooser this address, also those without a form, and would fail there."""

    def can_create(self) -> bool:
        """Return that nobody may: rows are added on their own screen."""
        return False


class ProgramChooserViewSet(SnippetChooserViewSet):
    """A chooser that offers what there is."""

    create_view_class = FormlessCreateView


class OfEditionChooserViewSet(ProgramChooserViewSet):
    """A chooser that offers one edition's rows where the form has a field `edition`."""

    url_filter_parameters = ["edition"]
    preserve_url_parameters = [*SnippetChooserViewSet.preserve_url_parameters, "edition"]


class ProgramViewSet(SnippetViewSet):
    """Lists of fifty rows that read those named in `list_relations` along."""

    index_view_class = ProgramIndexView
    chooser_viewset_class = ProgramChooserViewSet
    list_per_page = 50
    copy_view_enabled = False
    list_relations: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """Return the rows with their relations; None leaves the choice to Wagtail."""
        if not self.list_relations:
            return None
        rows: QuerySet[Any] = self.model.objects.select_related(*self.list_relations)
        return rows


class OfEditionViewSet(ProgramViewSet):
    """Screens of a table whose rows belong to an edition: one edition at a time. `list_filter` names `edition`."""

    base_form_class: ClassVar[type[EditionForm]] = EditionForm
    index_view_class = OfEditionIndexView
    add_view_class = OfEditionCreateView
    reorder_view_class = OfEditionReorderView
    chooser_viewset_class = OfEditionChooserViewSet

    def get_edit_handler(self) -> Panel | None:
        """Return the panels over a form that keeps the row in its edition."""
        handler: Panel | None = super().get_edit_handler()
        if handler is not None:
            handler.base_form_class = self.base_form_class
        return handler


def chooser_of_edition(model: type[Model]) -> AdminSnippetChooser:
    """Return the widget that chooses one of `model` among those of the edition in the same form."""
    return AdminSnippetChooser(model, linked_fields={"edition": "#id_edition"})


class SaidColumn(Column):
    """Prints `word` where something is true; a red cross for "not cancelled" would alarm for nothing."""

    def __init__(self, name: str, *, label: Any, word: Any) -> None:
        super().__init__(name, label=label)
        self.word = word

    def get_value(self, instance: Any) -> str:
        """Return the word or nothing."""
        return str(self.word) if super().get_value(instance) else ""

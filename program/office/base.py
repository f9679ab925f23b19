"""What the programme's screens have in common: one edition at a time, and a line in the audit log for each change."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    ReorderView,
    SnippetViewSet,
    UnpublishView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from festival.cms.editions import EditionCreateMixin, EditionForm, EditionIndexMixin, EditionReorderMixin
from festival.cms.recorded import (
    RecordedCreateMixin,
    RecordedDeleteMixin,
    RecordedEditMixin,
    RecordedMixin,
    RecordedReorderMixin,
    actor_of,
    record_change,
)
from festival.core.writing import writing
from festival.text.translated_listing import TranslatedListing
from festival.time import clock
from festival.typed.keys import is_key


class ProgramIndexView(TranslatedListing, IndexView):
    """A list whose texts are ordered as the reader sees them."""


class OfEditionIndexView(EditionIndexMixin, ProgramIndexView):
    """A list of one edition's rows."""


class _WorkingTable(RecordedMixin):
    """The public sees nothing of it before the next release."""

    is_public = False


class _PublishingMixin(_WorkingTable):
    """Approves a draft, and records it."""

    object: Any

    def publish_action(self) -> Any:
        """Publish and record."""
        with writing(public=False):
            response = super().publish_action()  # type: ignore[misc]
            self.record(self.object, "published")
        return response


class ProgramCreateView(_PublishingMixin, RecordedCreateMixin, CreateView):
    """Adds a row."""


class ProgramEditView(_PublishingMixin, RecordedEditMixin, EditView):
    """Changes a row or its draft."""


class _RevertMixin(RevisionsRevertMixin):
    """Puts an earlier version in place of the latest one."""

    form: Any
    saving_as_draft: bool

    def save_instance(self) -> Any:
        """Save as Wagtail does; but a draft may lack what only publishing needs, here as on the page of the edit."""
        saved = self.form.save(commit=not self.object.live)
        self.has_content_changes = self.form.has_changed()
        self.new_revision = saved.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.revision, clean=not self.saving_as_draft
        )
        return saved


class ProgramRevertView(_PublishingMixin, RecordedEditMixin, _RevertMixin, EditView):
    """Goes back to an earlier version of a row."""

    view_name = "revisions_revert"


class ProgramCopyView(_PublishingMixin, RecordedCreateMixin, CopyView):
    """Adds a row like another one."""


class ProgramDeleteView(_WorkingTable, RecordedDeleteMixin, DeleteView):
    """Deletes a row."""


class ProgramUnpublishView(_WorkingTable, UnpublishView):
    """Takes the approval back, and records it."""

    def unpublish(self) -> Any:
        """Unpublish and record."""
        with writing(public=False):
            response = super().unpublish()
            self.record(self.object, "unpublished")
        return response


class ProgramBulkDelete(DeleteBulkAction):
    """Deletes the rows that were ticked, and records each of them."""

    @classmethod
    def execute_action(cls, objects: list[Model], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Record and delete; return how many rows, and none below them."""
        with writing(public=False):
            for row in objects:
                record_change(row, "deleted", actor=actor_of(kwargs["self"].request), at=clock.now())
            counts: tuple[int, int] = super().execute_action(objects, user=user, **kwargs)
        return counts


class OfEditionCreateView(EditionCreateMixin, ProgramCreateView):
    """Adds a row to the edition that is worked on."""


class OfEditionReorderView(_WorkingTable, RecordedReorderMixin, EditionReorderMixin, ReorderView):
    """Moves a row within its edition."""


class FormlessCreateView(SnippetCreateView):
    """Adds nothing: Wagtail gives every chooser this address, also those without a form, and would fail there."""

    def can_create(self) -> bool:
        """Return that nobody may: rows are added on their own screen."""
        return False


class _ForgivingList:
    """A chooser's list: what names no row in the address finds none. Wagtail would hand it to the database."""

    request: HttpRequest
    url_filter_parameters: ClassVar[list[str]]

    def filter_object_list(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that the address asks for."""
        asked = [self.request.GET[name] for name in self.url_filter_parameters if name in self.request.GET]
        if not all(map(is_key, asked)):
            return objects.none()
        found: QuerySet[Any] = super().filter_object_list(objects)  # type: ignore[misc]
        return found


class ProgramChooseView(_ForgivingList, ChooseView):
    """The chooser."""


class ProgramChooseResultsView(_ForgivingList, ChooseResultsView):
    """The chooser's list alone."""


class ProgramChosenView(SnippetChosenView):
    """What was chosen."""

    def get_object(self, pk: str) -> Any:
        """Return the row. Raises Http404 for what is no number of one."""
        if not is_key(pk):
            raise Http404
        return super().get_object(pk)


class ProgramChosenMultipleView(SnippetChosenMultipleView):
    """What was chosen, more than one."""

    def get_objects(self, pks: list[str]) -> Any:
        """Return the rows; what is no number of one is left out."""
        return super().get_objects([pk for pk in pks if is_key(pk)])


class ProgramChooserViewSet(SnippetChooserViewSet):
    """A chooser that offers what there is, and takes any address."""

    choose_view_class = ProgramChooseView
    choose_results_view_class = ProgramChooseResultsView
    chosen_view_class = ProgramChosenView
    chosen_multiple_view_class = ProgramChosenMultipleView
    create_view_class = FormlessCreateView


class OfEditionChooserViewSet(ProgramChooserViewSet):
    """A chooser that offers one edition's rows where the form has a field `edition`."""

    url_filter_parameters = ["edition"]
    preserve_url_parameters = [*SnippetChooserViewSet.preserve_url_parameters, "edition"]


class ProgramViewSet(SnippetViewSet):
    """Lists of fifty rows that read those named in `list_relations` along."""

    index_view_class = ProgramIndexView
    chooser_viewset_class = ProgramChooserViewSet
    add_view_class = ProgramCreateView
    edit_view_class = ProgramEditView
    revisions_revert_view_class = ProgramRevertView
    copy_view_class = ProgramCopyView
    delete_view_class = ProgramDeleteView
    unpublish_view_class = ProgramUnpublishView
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

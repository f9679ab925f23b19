"""What the screens of the jury office share: a record of what is done, in the transaction of what it checked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from awards.exceptions import AssignmentInUse
from awards.jury.assigning import is_untouched, take_back
from awards.ties.finding import find
from awards.wording import plain_sentence
from festival.cms.in_use import GuardedDeleteView
from festival.cms.recorded import EditionIndexView, RecordedCreateView, RecordedEditView
from festival.cms.viewsets import PublicModelViewSet
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.time import clock


class HeldEditView(RecordedEditView):
    """Changes a row; the whole request is one transaction, so that what a form has held stays so until it is saved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check and save in one transaction."""
        with writing(public=False):
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def facts(self) -> dict[str, Fact]:
        """Return how many cards hang on what changes, and why it changes."""
        cards = getattr(self.form, "cards_concerned", 0)
        return {"cards": cards, "reason": self.form.cleaned_data["reason"]} if cards else {}


class TiedMixin:
    """Saves a juror or a project, and looks at once for conflicts that their papers show."""

    def save_instance(self) -> Any:
        """Save, then compare."""
        with writing(public=False):
            saved = super().save_instance()  # type: ignore[misc]
            find(call_id=saved.call_id, now=clock.now())
        return saved


class TiedCreateView(TiedMixin, RecordedCreateView):
    """Adds a juror or a project."""


class TiedEditView(TiedMixin, HeldEditView):
    """Changes a juror or a project."""


class OfficeViewSet(PublicModelViewSet):
    """A screen of the jury office: one edition at a time; what is saved is seen at once, and recorded."""

    index_view_class = EditionIndexView
    edit_view_class = HeldEditView


class AssignmentDeleteView(GuardedDeleteView):
    """Takes back a pair that the juror has not touched; any other stays, and says why."""

    def refusal(self) -> str:
        """Return why the pair stays, empty when it can go."""
        return "" if is_untouched(self.object) else plain_sentence(AssignmentInUse())

    def delete_action(self) -> None:
        """Take the pair back, as the action does it."""
        try:
            take_back(assignment_id=self.object.pk, actor=Actor.of_user(self.request.user), now=clock.now())
        except AssignmentInUse as error:
            raise PermissionDenied from error

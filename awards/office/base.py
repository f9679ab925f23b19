"""What the screens of the jury office share: a record of what is done, in the transaction of what it checked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views import generic

from awards.exceptions import AssignmentInUse
from awards.jury.assigning import take_back
from festival.cms.recorded import EditionIndexView, RecordedEditView
from festival.cms.viewsets import PublicModelViewSet
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.time import clock


class HeldEditView(RecordedEditView):
    """Changes a row; the whole request is one transaction, so that what a form has held stays so until it is saved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check and save in one transaction."""
        with writing(public=False):
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class OfficeViewSet(PublicModelViewSet):
    """A screen of the jury office: one edition at a time; what is saved is seen at once, and recorded."""

    index_view_class = EditionIndexView
    edit_view_class = HeldEditView


class AssignmentDeleteView(generic.DeleteView):
    """Takes back a pair that the juror has not touched; any other stays."""

    def delete_action(self) -> None:
        """Take the pair back, as the action does it."""
        try:
            take_back(assignment_id=self.object.pk, actor=Actor.of_user(self.request.user), now=clock.now())
        except AssignmentInUse as error:
            raise PermissionDenied from error

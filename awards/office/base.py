"""What the screens of the jury office share: who may do what to which row, and a record of what is done."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy

from awards.exceptions import AssignmentInUse
from awards.jury.assigning import is_untouched, take_back
from awards.models import Call
from awards.wording import plain_sentence
from festival.cms.in_use import GuardedDeleteView
from festival.cms.viewsets import PublicCreateView, PublicEditView, PublicModelViewSet
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.time import clock


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


class RecordedCreateView(PublicCreateView):
    """Adds a row and says so in the audit log."""

    def save_instance(self) -> Any:
        """Save, and record who did it."""
        saved = super().save_instance()
        _record("added", saved, self.request.user)
        return saved


class RecordedEditView(PublicEditView):
    """Changes a row and says in the audit log what was changed, not into what.

    The whole request is one transaction, so that what a form has held stays as it was until the row is saved.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check and save in one transaction."""
        with writing(public=False):
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def save_instance(self) -> Any:
        """Save, and record who changed which fields."""
        relations = sorted(getattr(self.form, "formsets", {}))
        before = _stored(self.form.instance, relations)
        saved = super().save_instance()
        after = _stored(saved, relations)
        facts: dict[str, Any] = {"fields": [name for name in after if after[name] != before[name]]}
        if cards := getattr(self.form, "cards_concerned", 0):
            facts |= {"cards": cards, "reason": self.form.cleaned_data["reason"]}
        _record("changed", saved, self.request.user, **facts)
        return saved


def _stored(row: Any, relations: list[str]) -> dict[str, Any]:
    """Return the row's columns and the rows below it as the database has them."""
    stored = type(row).objects.get(pk=row.pk)
    columns = {field.name: field.value_from_object(stored) for field in stored._meta.concrete_fields}
    return columns | {name: list(getattr(stored, name).values()) for name in relations}


def _record(verb: str, row: Any, user: Any, **facts: Any) -> None:
    call = row if isinstance(row, Call) else row.call
    name = row._meta.model_name
    audit.record(f"{name}.{verb}", row, actor=Actor.of_user(user), at=clock.now(), facts=facts, edition=call.edition)


class OfficeViewSet(PublicModelViewSet):
    """A screen of the jury office: what is saved is seen at once, and recorded."""

    add_view_class = RecordedCreateView
    edit_view_class = RecordedEditView


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

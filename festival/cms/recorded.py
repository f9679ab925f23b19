"""Screens whose changes stand in the audit log, with who made them; lists of one edition at a time."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.views import generic

from festival.cms.editions import EditionIndexMixin, EditionReorderMixin
from festival.cms.in_use import GuardedDeleteView
from festival.cms.viewsets import PlannedIndexView, PublicReorderView
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Edition, User
from festival.time import clock


def actor_of(request: HttpRequest) -> Actor:
    """Return who works in the CMS."""
    assert isinstance(request.user, User)  # noqa: S101 -- nobody else gets here
    return Actor.of_user(request.user)


class EditionIndexView(EditionIndexMixin, PlannedIndexView):
    """A list of the rows of the edition that is worked on; `list_filter` names `edition`."""


class EditionReorderView(EditionReorderMixin, PublicReorderView):
    """Moves a row within its edition."""


class RecordedCreateView(generic.CreateView):
    """Adds a row that the public may see, and records it."""

    def save_instance(self) -> Any:
        """Save and record."""
        with writing(public=True):
            saved = super().save_instance()
            _record(self.request, saved, "created")
        return saved


class RecordedEditView(generic.EditView):
    """Changes a row that the public may see, and records which fields."""

    def save_instance(self) -> Any:
        """Save and record."""
        with writing(public=True):
            saved = super().save_instance()
            _record(self.request, saved, "changed", sorted(self.form.changed_data))
        return saved


class RecordedDeleteView(GuardedDeleteView):
    """Deletes a row that nothing uses, and records it."""

    def delete_action(self) -> None:
        """Record and delete."""
        with writing(public=True):
            _record(self.request, self.object, "deleted")
            super().delete_action()


def _record(request: HttpRequest, row: Model, verb: str, fields: list[str] | None = None) -> None:
    edition = getattr(row, "edition", None)
    audit.record(
        f"{row._meta.model_name}.{verb}",
        row,
        actor=actor_of(request),
        at=clock.now(),
        facts={"fields": tuple(fields)} if fields else None,
        edition=edition if isinstance(edition, Edition) else None,
    )

"""Screens whose changes stand in the audit log, with who made them; lists of one edition at a time."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from modelcluster.models import get_all_child_relations
from wagtail.admin.views import generic
from wagtail.models import DraftStateMixin

from festival.cms.columns import PlannedIndexView
from festival.cms.editions import EditionIndexMixin, EditionReorderMixin
from festival.cms.in_use import GuardedDeleteView
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


class RecordedMixin:
    """A view whose change stands in the audit log, in the same transaction; for Wagtail's models and its snippets."""

    is_public: ClassVar[bool] = True  # whether visitors see at once what is saved
    request: HttpRequest

    def record(self, row: Model, verb: str, **facts: audit.Fact) -> None:
        """Write the line: `verb` is what was done, such as `created`."""
        record_change(row, verb, actor=actor_of(self.request), at=clock.now(), **facts)


class RecordedCreateMixin(RecordedMixin):
    """Adds a row, and records it."""

    def save_instance(self) -> Any:
        """Save and record."""
        with writing(public=self.is_public):
            saved = super().save_instance()  # type: ignore[misc]
            self.record(saved, "created")
        return saved


class RecordedEditMixin(RecordedMixin):
    """Changes a row, and records which fields, not into what."""

    form: Any
    expects_json_response: bool

    def save_instance(self) -> Any:
        """Save and record. A draft that saves itself while somebody types is one line, not one for each pause."""
        is_draft = isinstance(self.form.instance, DraftStateMixin)
        with writing(public=self.is_public):
            before = {} if is_draft else _stored(self.form.instance)
            saved = super().save_instance()  # type: ignore[misc]
            if not (self.expects_json_response and getattr(self, "overwrite_revision", None)):
                fields = _typed(self.form) if is_draft else _differing(before, _stored(saved))
                self.record(saved, "changed", fields=fields)
        return saved


class RecordedDeleteMixin(RecordedMixin):
    """Deletes a row, and records it."""

    object: Any

    def delete_action(self) -> None:
        """Record and delete."""
        with writing(public=self.is_public):
            self.record(self.object, "deleted")
            super().delete_action()  # type: ignore[misc]


class RecordedReorderMixin(RecordedMixin):
    """Moves a row among others, and records that it was moved."""

    model: type[Model]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move and record."""
        with writing(public=self.is_public):
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            self.record(self.model._default_manager.get(pk=kwargs["pk"]), "moved")
        return response


class RecordedCreateView(RecordedCreateMixin, generic.CreateView):
    """Adds a row that the public may see."""


class RecordedEditView(RecordedEditMixin, generic.EditView):
    """Changes a row that the public may see."""


class RecordedDeleteView(RecordedDeleteMixin, GuardedDeleteView):
    """Deletes a row that nothing uses."""


class RecordedReorderView(RecordedReorderMixin, generic.ReorderView):
    """Moves a row; the public sees the new order at once."""


class EditionReorderView(RecordedReorderMixin, EditionReorderMixin, generic.ReorderView):
    """Moves a row within its edition; the public sees the new order at once."""


def record_change(row: Model, verb: str, *, actor: Actor, at: datetime, **facts: audit.Fact) -> None:
    """Record that `row` was `verb`, such as `created`, under the row's edition where it has one."""
    audit.record(f"{row._meta.model_name}.{verb}", row, actor=actor, at=at, facts=facts, edition=_edition_of(row))


def _edition_of(row: Model) -> Edition | None:
    if isinstance(row, Edition):
        return row
    found = getattr(row, "edition", None) or getattr(getattr(row, "call", None), "edition", None)
    return found if isinstance(found, Edition) else None


def _stored(row: Any) -> dict[str, Any]:
    """Return what the database has of a row: its columns, what it refers to, the rows that are edited below it."""
    stored = type(row)._default_manager.get(pk=row.pk)
    found = {field.name: field.value_from_object(stored) for field in stored._meta.concrete_fields}
    for field in stored._meta.many_to_many:
        found[field.name] = sorted(getattr(stored, field.name).values_list("pk", flat=True))
    for relation in get_all_child_relations(type(row)):
        name = relation.get_accessor_name()
        found[name] = [
            _stored(below) for below in relation.related_model.objects.filter(**{relation.field.name: row.pk})
        ]
    return found


def _differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in after if after[name] != before[name])


def _typed(form: Any) -> tuple[str, ...]:
    """Return the fields and rows of a form that were changed in it; what a draft holds stands in no column yet."""
    return tuple(sorted({*form.changed_data, *(name for name, rows in form.formsets.items() if rows.has_changed())}))

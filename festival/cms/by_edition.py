"""Lists and forms that show one edition: what belongs to another is not listed, not offered and not accepted."""

from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from festival.cms.viewsets import PlannedIndexView
from festival.models import Edition


class EditionIndexView(PlannedIndexView):
    """A list and its export that begin with the current edition; `edition_path` is the filter that names it."""

    edition_path: ClassVar[str] = "edition"

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Choose the current edition unless another one was chosen."""
        kwargs: dict[str, Any] = super().get_filterset_kwargs()
        data = kwargs["data"].copy()
        if not any(data.getlist(self.edition_path)) and (edition := Edition.objects.current()):
            data.setlist(self.edition_path, [str(edition.pk)])
        return kwargs | {"data": data}

    @cached_property
    def filters(self) -> Any:
        """The filters, which offer the days, products and lists of the chosen edition."""
        filterset = super().filters
        if filterset is not None:
            chosen = [pk for pk in filterset.data.getlist(self.edition_path) if pk.isdigit()]
            for name, field in filterset.form.fields.items():
                if name != self.edition_path and _belongs_to_editions(field):
                    field.queryset = field.queryset.filter(edition__in=chosen)
        return filterset


class EditionForm(WagtailAdminModelForm):
    """Offers and accepts rows of the edition that its own row belongs to; that edition never changes afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self._edition_id()
        edition = self.fields.get("edition")
        if edition is not None:
            edition.initial = chosen
            edition.disabled = self.instance.pk is not None
            if not edition.disabled:
                edition.help_text = _("What belongs to it can be chosen once this is saved, or sent.")
        for name, field in self.fields.items():
            if name != "edition" and _belongs_to_editions(field):
                field.queryset = field.queryset.filter(edition=chosen)  # type: ignore[attr-defined]

    def _edition_id(self) -> int | None:
        if self.instance.edition_id is not None:
            return int(self.instance.edition_id)
        posted = str(self.data.get(self.add_prefix("edition"), ""))
        if posted.isdigit():
            return int(posted)
        current = Edition.objects.current()
        return current.pk if current else None


def _belongs_to_editions(field: Any) -> bool:
    queryset: QuerySet[Model] | None = getattr(field, "queryset", None)
    if queryset is None:
        return False
    try:
        queryset.model._meta.get_field("edition")
    except FieldDoesNotExist:
        return False
    return True

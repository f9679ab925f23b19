"""Forms of the shop's screens."""

from typing import Any

from festival.cms.editions import EditionForm
from festival.cms.in_use import refusal
from festival.text import typography
from program.models import Occurrence


class ProductForm(EditionForm):
    """A product with its prices. A price that stands on order lines stays."""

    def is_valid(self) -> bool:
        """Look at the prices that would go, too."""
        valid: bool = super().is_valid()
        if not valid:
            return False
        going = [form.instance for form in self.formsets["prices"].deleted_forms if form.instance.pk]
        for sentence in filter(None, map(refusal, going)):
            self.add_error(None, sentence)
        return not self.errors


class QuotaForm(EditionForm):
    """A quota; sessions are named by title and time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["occurrence"]
        sessions.queryset = sessions.queryset.select_related("session").order_by("starts_at")
        sessions.label_from_instance = _title_and_time


def _title_and_time(occurrence: Occurrence) -> str:
    return f"{occurrence.session}, {typography.moment(occurrence.starts_at)}"

"""Checks of what the jury office types."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class CallForm(WagtailAdminModelForm):
    """Checks of a call that concern several of its rows."""

    def clean(self) -> dict[str, Any]:
        """Ask that weights make 100, and keep rows that projects or scores hang on."""
        cleaned: dict[str, Any] = super().clean()
        weights = [row.get("weight") or 0 for row in self._rows("criteria") if not row.get("DELETE")]
        if weights and sum(weights) != 100:
            total = sum(weights)
            message = _("The weights of the criteria must make 100 together; they make %(total)s.")
            self.add_error(None, message % {"total": total})
        for formset, relation in (("criteria", "scores"), ("categories", "entries")):
            for row in self._rows(formset):
                kept = row.get("id")
                if row.get("DELETE") and kept and getattr(kept, relation).exists():
                    self.add_error(None, _("“%(name)s” is in use and must stay.") % {"name": kept})
        return cleaned

    def _rows(self, name: str) -> list[dict[str, Any]]:
        formset = self.formsets.get(name)
        return [form.cleaned_data for form in formset.forms if form.is_valid()] if formset else []

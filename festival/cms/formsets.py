"""Rows that are edited inside the form of what they belong to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

from festival.cms.in_use import refusal
from festival.models import Day, Section


class FormsetPanel(InlinePanel):
    """Wagtail's inline rows, with a formset class of one's own."""

    def __init__(self, *args: Any, formset: type[BaseChildFormSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what another panel of the same kind is made of."""
        return super().clone_kwargs() | {"formset": self.formset, "heading": self.heading}

    def get_form_options(self) -> dict[str, Any]:
        """Add the formset class to what Wagtail hands to the form."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options


class KeptFormSet(BaseChildFormSet):
    """Refuses to delete a row that something else holds on to, instead of failing when it is saved."""

    def clean(self) -> None:
        """Name the rows that must stay."""
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and (sentence := refusal(form.instance)):
                raise ValidationError(sentence)


class DayFormSet(KeptFormSet):
    """The days of an edition; a new row knows its edition at once, so that its hours can offer the parts.

    A day is its date: to tickets, quotas and lists of the door that name it, another date would be another day.
    """

    def clean(self) -> None:
        """Refuse another date for a day that is in use, and dates outside of the edition."""
        super().clean()
        first, last = self.instance.start_date, self.instance.end_date
        for form in self.forms:
            date = form.cleaned_data.get("date") if hasattr(form, "cleaned_data") else None
            if date is None or form in self.deleted_forms:
                continue
            if first and last and not first <= date <= last:
                form.add_error("date", _("This is not between the edition’s first and last day."))
            elif form.instance.pk and "date" in form.changed_data and (uses := _uses_of_day(form)):
                form.add_error("date", uses)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Start new rows as days of this edition; those that were saved show what they hold."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        is_new = index is None or index >= self.initial_form_count()
        return kwargs | {"instance": Day(edition=self.instance)} if is_new else kwargs


def _uses_of_day(form: Any) -> str:
    return refusal(Day(pk=form.instance.pk, edition=form.instance.edition, date=form.initial["date"]))


class HoursFormSet(BaseChildFormSet):
    """The opening hours of a day; only the parts of the day's own edition are offered."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Limit the choice of parts."""
        super().add_fields(form, index)
        form.fields["section"].queryset = Section.objects.filter(edition=self.instance.edition_id)

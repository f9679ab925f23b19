"""The forms of the office in which a question and an extension are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from awards.models import Call, Category, Question
from awards.staging.making import answers_to
from awards.staging.wording import kept_by_answers
from festival.typed.keys import is_key

WITH_OPTIONS = (Question.Kind.CHOICE, Question.Kind.CHOICES)
# What an answer was given by; words, order and audience may change.
MEANING = ("kind", "is_required", "limit", "limit_unit", "least", "most", "file_kinds", "depends_on", "depends_options")


class OfOneCallForm(WagtailAdminModelForm):
    """A row of a call that never moves to another; a new one is first offered the call that the site shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            field: Any = self.fields["call"]
            field.disabled, field.queryset = True, Call.objects.filter(pk=self.instance.call_id)
        elif "call" not in self.initial:
            self.initial["call"] = current.pk if (current := Call.objects.current()) else None

    @property
    def call_id(self) -> Any:
        """The call that the choices are limited to: the row's, the one just typed, the site's newest."""
        typed = self.data.get(self.add_prefix("call"), "")
        return self.instance.call_id or (int(typed) if is_key(str(typed)) else self.initial.get("call"))


class QuestionForm(OfOneCallForm):
    """A question with its options; once it is answered, only its words may be mended."""

    file_kinds = forms.MultipleChoiceField(
        label=_("kinds of files"),
        choices=Question.FileKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of these."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = Category.objects.filter(  # type: ignore[attr-defined]
            call=self.call_id, by_public_vote=False
        )
        self.initial["file_kinds"] = [kind for kind in self.instance.file_kinds.split(", ") if kind]

    def clean_file_kinds(self) -> str:
        """Return the kinds as they are stored."""
        return ", ".join(self.cleaned_data["file_kinds"])

    def clean(self) -> dict[str, Any]:
        """Keep the meaning of what was answered."""
        cleaned: dict[str, Any] = super().clean()
        count = answers_to(self.instance) if self.instance.pk else 0
        if count and self._changes_meaning(cleaned):
            self.add_error(None, kept_by_answers(count))
        return cleaned

    def is_valid(self) -> bool:
        """Count the options, too, which are forms of their own."""
        valid: bool = super().is_valid()
        if valid and "options" in self.formsets:
            kept = [form for form in self.formsets["options"].forms if _is_kept(form)]
            if bool(kept) != (self.cleaned_data["kind"] in WITH_OPTIONS):
                self.add_error("kind", _("A choice has options to choose from; no other question has."))
                valid = False
        return valid

    def _changes_meaning(self, cleaned: dict[str, Any]) -> bool:
        stored = Question.objects.get(pk=self.instance.pk)
        slugs = {option.pk: (option.slug, option.excludes) for option in stored.options.all()}
        typed = {
            form.instance.pk: (form.cleaned_data.get("slug"), form.cleaned_data.get("excludes"))
            for form in (self.formsets["options"].forms if "options" in self.formsets else ())
            if form.is_valid() and _is_kept(form)
        }
        categories = {row.pk for row in cleaned.get("categories") or ()}
        return (
            any(cleaned.get(name, getattr(stored, name)) != getattr(stored, name) for name in MEANING)
            or any(typed.get(key) != value for key, value in slugs.items())
            or categories != set(stored.categories.values_list("pk", flat=True))
        )


def _is_kept(form: Any) -> bool:
    return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE")

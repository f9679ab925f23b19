"""The form of the office in which a question is made."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from festival.cms.editions import EditionForm
from festival.typed.keys import is_key
from tickets.models import Question
from tickets.questions import rules

Kind = Question.Kind
_WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES)
_WITH_LIMITS = (Kind.NUMBER, Kind.AGE)


class QuestionForm(EditionForm):
    """A question; on what it depends is chosen in one list, of the answers to the others."""

    condition = forms.MultipleChoiceField(
        label=_("Asked only if one of these was answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Answers to one other question, which is asked of the same products. None: it is always asked."),
    )
    same_meaning = forms.BooleanField(
        label=_("Only the wording changes: it means the same"),
        required=False,
        help_text=_("For a question that has answers. Who has answered is not asked again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question: Question = self.instance
        if "products" in self.fields:
            self.fields["products"].required = True
        if "condition" in self.fields:
            field: Any = self.fields["condition"]
            field.choices = list(_conditions(question))
            field.initial = [f"{question.depends_on_id}:{value}" for value in question.depends_values]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together: limits to numbers, options to choices, conditions to one other question."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") not in _WITH_LIMITS:
            data["lowest"] = data["highest"] = None
        self._read_condition(data)
        return data

    def is_valid(self) -> bool:
        """Count the options, too, which are forms of their own."""
        valid: bool = super().is_valid()
        kind = self.cleaned_data.get("kind") if valid else None
        if kind and "options" in self.formsets:
            offered = [form for form in self.formsets["options"].forms if self._stays(form)]
            if kind in _WITH_OPTIONS and len(offered) < 2:
                self.add_error("kind", _("Write at least two answers to choose from, below."))
            if kind not in _WITH_OPTIONS and offered:
                self.add_error("kind", _("Such a question has no answers to choose from: take them out, below."))
        return not self.errors and valid

    def _stays(self, form: Any) -> bool:
        return form not in self.formsets["options"].deleted_forms and (form.has_changed() or bool(form.instance.pk))

    def _read_condition(self, data: dict[str, Any]) -> None:
        if "condition" not in self.fields:
            return
        chosen = [one.partition(":") for one in data.get("condition") or ()]
        parents = {parent for parent, _colon, _value in chosen}
        if len(parents) > 1:
            self.add_error("condition", _("Choose answers to one question only."))
            return
        parent = next(iter(parents), "")
        self.instance.depends_on_id = int(parent) if is_key(parent) and parent else None
        self.instance.depends_values = [value for _parent, _colon, value in chosen]


def _conditions(question: Question) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the other questions that the edition asks, with their answers."""
    others = Question.objects.filter(edition=question.edition_id, kind__in=Question.CONDITIONAL).exclude(pk=question.pk)
    offered = others.filter(Q(is_retired=False) | Q(pk=question.depends_on_id))
    for other in offered.prefetch_related("options"):
        if other.kind == Kind.YES_NO:
            answers = [(rules.YES, gettext("yes")), (rules.NO, gettext("no"))]
        else:
            answers = [(option.slug, str(option.label)) for option in other.options.all()]
        yield str(other.text), [(f"{other.pk}:{value}", label) for value, label in answers]

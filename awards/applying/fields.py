"""One form field for each kind of question. What it gives is what `awards.application.rules` takes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from awards.application.answering import asked
from awards.application.rules import Fault, fault_of, length
from awards.models import Question
from festival.typed.amounts import parse_amount

BUDGET_LINES = 8
LONGEST_LINE = 120
LABELS = {
    "category": (_("Category"), _("One project competes in one category.")),
    "title": (_("Title of the project"), ""),
    "pitch": (
        _("The project in a few sentences"),
        _("The jury reads this first. An example says more than a promise."),
    ),
    "website": (_("Website"), ""),
    "video": (_("Video"), _("The address of a film, if there is one.")),
    "licence": (_("Licence of what you share"), _("For example CC BY-SA, GPL, or how else others may use it.")),
    "tags": (_("Tags"), _("A few words, separated by commas.")),
    "holder": (_("Who carries the project"), _("A collective, an association, a person. Hidden in a blind round.")),
    "legal_form": (_("Legal form"), ""),
    "city": (_("Town"), ""),
    "country": (_("Country"), ""),
    "founded": (_("Year of the beginning"), ""),
    "funding_received": (_("Funding received so far"), _("In whole euros or the festival’s currency; 0 for none.")),
    "community_size": (_("People in the community"), _("About how many take part.")),
    "language": (_("Language of this application"), ""),
}
_SHORT = {"words": 20, "characters": 150}  # a text of at most so much needs one line only
_NUMBER = _("A number only, for example 400. Words about it go into another answer.")
_TOO_LONG = {
    "words": ngettext_lazy("%(count)d word; at most %(limit)d.", "%(count)d words; at most %(limit)d.", "count"),
    "characters": ngettext_lazy(
        "%(count)d character; at most %(limit)d.", "%(count)d characters; at most %(limit)d.", "count"
    ),
}


class TextAnswerField(forms.CharField):
    """A text, with its limit counted as the rules count."""

    def __init__(self, question: Question, **options: Any) -> None:
        self.question = question
        is_short = question.limit is not None and question.limit <= _SHORT[question.limit_unit]
        widget = forms.TextInput() if is_short else forms.Textarea(attrs={"rows": 6})
        super().__init__(widget=widget, **options)
        if question.limit:
            self.widget.attrs |= {"data-limit": question.limit, "data-unit": question.limit_unit}

    def clean(self, value: Any) -> str:
        """Return the text. Raises ValidationError with how long it is."""
        text = str(super().clean(value))
        if fault_of(text, asked(self.question)) is Fault.TOO_LONG:
            unit, limit = self.question.limit_unit, self.question.limit
            raise ValidationError(_TOO_LONG[unit], "too_long", {"count": length(text, unit), "limit": limit})
        return text


class BudgetWidget(forms.Widget):
    """Lines of words and an amount; what was typed stays as it was typed."""

    template_name = "awards/applying/parts/budget.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[list[str]]:
        """Return the lines that hold anything."""
        lines = [
            [str(data.get(f"{name}-{what}-{row}", "")).strip() for what in ("label", "amount")]
            for row in range(BUDGET_LINES)
        ]
        return [line for line in lines if any(line)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the template all lines, those that are empty too."""
        lines = [*(value or []), *([["", ""]] * BUDGET_LINES)][:BUDGET_LINES]
        return super().get_context(name, None, attrs) | {
            "rows": [{"number": row, "label": line[0], "amount": line[1]} for row, line in enumerate(lines)],
            "name": name,
        }

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return its HTML; the template is one of the site's."""
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))  # noqa: S308 -- a template escapes


class BudgetField(forms.Field):
    """A budget table; spending is negative."""

    widget = BudgetWidget

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Return the lines with their cents. Raises ValidationError naming the line that is wrong."""
        lines = []
        for row, (label, amount) in enumerate(value or [], start=1):
            is_spent = amount[:1] in {"-", "\N{MINUS SIGN}", "\N{EN DASH}"}
            cents = parse_amount(amount[1:].strip() if is_spent else amount)
            if not label or cents is None:
                raise ValidationError(
                    _("Line %(row)d needs words and an amount, for example 1200 or -350.50."), "line", {"row": row}
                )
            lines.append({"label": label[:LONGEST_LINE], "cents": -cents if is_spent else cents})
        if self.required and not lines:
            raise ValidationError(self.error_messages["required"], "required")
        return lines


class DateAnswerField(forms.DateField):
    """A date, as the JSON of an answer holds it."""

    def clean(self, value: Any) -> str:
        """Return `YYYY-MM-DD`, empty for none."""
        found = super().clean(value)
        return found.isoformat() if found else ""


def field_of(question: Question, *, is_required: bool) -> forms.Field:
    """Return the field of a question that is not answered with a file."""
    common: dict[str, Any] = {
        "label": str(question.label),
        "help_text": str(question.help),
        "required": is_required,
        "error_messages": {"required": _("This answer is needed.")},
    }
    options = [(option.slug, str(option.label)) for option in question.options.all()]
    match question.kind:
        case Question.Kind.NUMBER:
            attrs = {"inputmode": "numeric", "autocomplete": "off"}
            common["error_messages"] |= {"invalid": _NUMBER}
            limits: dict[str, Any] = {"min_value": question.least, "max_value": question.most}
            return forms.IntegerField(widget=forms.TextInput(attrs=attrs), **limits, **common)
        case Question.Kind.CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case Question.Kind.CHOICES:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case Question.Kind.DATE:
            return DateAnswerField(widget=forms.DateInput(attrs={"type": "date"}), **common)
        case Question.Kind.LINK | Question.Kind.VIDEO:
            return forms.URLField(assume_scheme="https", **common)
        case Question.Kind.BUDGET:
            return BudgetField(**common)
    return TextAnswerField(question, **common)


def typed_value(field: forms.Field, data: Mapping[str, Any], name: str) -> Any:
    """Return what is typed in a field as it is kept in a draft: a text, or a list of texts."""
    return field.widget.value_from_datadict(data, {}, name)

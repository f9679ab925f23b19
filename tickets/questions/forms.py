"""The fields of questions, in whatever form asks them. The server alone checks what depends on another answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy as _

from festival.text.collation import countries
from tickets.models import OrderLine, Question
from tickets.models.questions import LARGEST
from tickets.questions import rules, wording
from tickets.questions.queries import Given, QuestionFacts
from tickets.uploads.forms import Sent, SentFileField

Kind = Question.Kind
DRAWN_AS_LIST = 7  # more options than these are a list that opens


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of one place, or of the order: `key` tells the fields of one from those of another.

    `stored` are the answers given so far, by question; `before` those to questions that this form does not ask.
    """

    key: str
    title: str
    questions: Sequence[QuestionFacts]
    line: OrderLine | None = None
    stored: Mapping[int, str] = field(default_factory=dict)
    before: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its field, as the page shows it; `followers` stand below it, each under its sentence.

    `opens` are the answers that make all its followers apply; empty when they differ in that.
    """

    question: QuestionFacts
    field: forms.BoundField
    condition: str = ""
    followers: tuple["Entry", ...] = ()
    opens: frozenset[str] = frozenset()

    @property
    def is_group(self) -> bool:
        """Whether it is drawn as a group of boxes or circles, with a legend."""
        return isinstance(self.field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))

    def all_fields(self) -> Iterator[forms.BoundField]:
        """Yield its field and those below it."""
        yield self.field
        for follower in self.followers:
            yield from follower.all_fields()

    def choices(self) -> Iterator[tuple[str, str, bool, bool]]:
        """Yield value, label, whether it is chosen, and whether it opens what follows."""
        chosen = self.field.value() or ()
        chosen = {chosen} if isinstance(chosen, str) else set(chosen)
        for value, label in self.field.field.choices:  # type: ignore[attr-defined]
            yield value, label, value in chosen, value in self.opens


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet as the page shows it."""

    sheet: Sheet
    entries: tuple[Entry, ...]

    @property
    def fields(self) -> list[forms.BoundField]:
        """All fields, those that depend on others after them."""
        return [bound for entry in self.entries for bound in entry.all_fields()]


class AskingForm(forms.Form):
    """A form that asks questions besides its own fields: give it sheets, and it gives back what counts."""

    sheets: Sequence[Sheet] = ()

    def ask(self, sheets: Sequence[Sheet], *, key: str) -> None:
        """Add the fields of the sheets; `key` is what this form alone knows: the keys of its files are made of it."""
        self.sheets = [sheet for sheet in sheets if sheet.questions]
        for sheet in self.sheets:
            for question in sheet.questions:
                name = field_name(question, sheet)
                self.fields[name] = form_field(question, sheet.stored.get(question.pk, ""), form=f"{key}:{name}")
                if question.pk in sheet.stored:
                    self.initial.setdefault(name, _initial(question, sheet.stored[question.pk]))

    def sheet_rows(self) -> list[SheetRow]:
        """Return what is asked, as the page shows it."""
        return [SheetRow(sheet, tuple(self._entries(sheet, None))) for sheet in self.sheets]

    def check_sheets(self, *, skip: Collection[str] = ()) -> None:
        """Forget what does not apply, and ask for what is missing; call it in `clean`.

        Sheets whose keys are in `skip` are not looked at: what they say is left open.
        """
        self._given: list[Given] = []
        for sheet in self.sheets:
            if sheet.key in skip:
                self._leave_open(sheet)
                continue
            typed = {one.pk: _canonical(self.cleaned_data.get(field_name(one, sheet))) for one in sheet.questions}
            kept = rules.kept(sheet.questions, typed, sheet.before)
            missing = rules.missing(sheet.questions, kept, sheet.before)
            for question in sheet.questions:
                self._settle(question, sheet, kept, is_missing=question.pk in missing)

    def focus_first_error(self) -> None:
        """Let the browser put the cursor into the first field that needs mending."""
        broken = [name for name, field in self.fields.items() if name in self.errors and not field.widget.is_hidden]
        if broken:
            self.fields[broken[0]].widget.attrs["autofocus"] = True

    def tell_only(self, names: Collection[str]) -> None:
        """Check the form, and tell what is wrong with these fields only: somebody is still at the others."""
        self.is_valid()
        for name in set(self.errors) - set(names):
            del self.errors[name]

    def given(self) -> list[Given]:
        """Return what a valid form says, "" for what is left open."""
        return self._given

    def _leave_open(self, sheet: Sheet) -> None:
        for question in sheet.questions:
            self.errors.pop(field_name(question, sheet), None)
            self._given.append(Given(question, sheet.line, "", sheet.key))

    def _settle(self, question: QuestionFacts, sheet: Sheet, kept: Mapping[int, str], *, is_missing: bool) -> None:
        name = field_name(question, sheet)
        if not rules.applies(question, {**sheet.before, **kept}):
            self.errors.pop(name, None)
        elif is_missing and not question.is_at_door and name not in self.errors:
            self.add_error(name, _("Please answer this."))
        self._given.append(Given(question, sheet.line, kept.get(question.pk, ""), sheet.key))

    def _entries(self, sheet: Sheet, parent: QuestionFacts | None) -> Iterator[Entry]:
        known = {one.pk for one in sheet.questions}
        for one in sheet.questions:
            if (one.parent if one.parent in known else None) != (parent.pk if parent else None):
                continue
            wanted = {other.values for other in sheet.questions if other.parent == one.pk}
            yield Entry(
                question=one,
                field=self[field_name(one, sheet)],
                condition=wording.condition(one, parent) if parent else "",
                followers=tuple(self._entries(sheet, one)),
                opens=next(iter(wanted)) if len(wanted) == 1 else frozenset(),
            )


class AnswersForm(AskingForm):
    """Nothing but questions."""

    def __init__(self, sheets: Sequence[Sheet], data: Any = None, files: Any = None, *, key: str) -> None:
        super().__init__(data, files, label_suffix="", initial={})
        self.ask(sheets, key=key)

    def clean(self) -> dict[str, Any]:
        """Check the answers."""
        self.check_sheets()
        return self.cleaned_data


def field_name(question: QuestionFacts, sheet: Sheet) -> str:
    """Return the name of the field of a question on a sheet."""
    return f"q{question.pk}-{sheet.key}"


def form_field(question: QuestionFacts, stored: str = "", *, form: str) -> forms.Field:
    """Return the field of a question; whether it has to be filled in, the form decides.

    What is `stored` can still be chosen though it is withdrawn. `form` is as for `SentFileField`.
    """
    if question.kind == Kind.FILE:
        return _file(question, stored, form)
    common: dict[str, Any] = {"label": question.text, "required": False, "help_text": wording.hint(question)}
    if question.kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.COUNTRY}:
        return _of_list(question, stored, common)
    match question.kind:
        case Kind.NUMBER | Kind.AGE:
            return _number(question, common)
        case Kind.DATE:
            return forms.DateField(**common, widget=forms.DateInput(attrs={"type": "date"}))
        case Kind.PHONE:
            return PhoneField(**common, max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
        case Kind.TEXT:
            return forms.CharField(**common, max_length=rules.LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    return forms.CharField(**common, max_length=rules.LONGEST_LINE)


def _of_list(question: QuestionFacts, stored: str, common: dict[str, Any]) -> forms.Field:
    """Return the field of a question whose answer is chosen."""
    offered = _offered(question, stored)
    match question.kind:
        case Kind.YES_NO:
            both = [(rules.YES, capfirst(gettext("yes"))), (rules.NO, capfirst(gettext("no")))]
            return _choice(both, common, forms.RadioSelect)
        case Kind.COUNTRY:
            widget = forms.Select(attrs={"autocomplete": "country"})
            return _choice([("", ""), *countries(get_language() or "en")], common, widget)
        case Kind.CHOICES:
            errors = {"invalid_choice": _("Choose from the list."), "invalid_list": _("Choose from the list.")}
            return forms.MultipleChoiceField(
                **common, choices=offered, widget=forms.CheckboxSelectMultiple, error_messages=errors
            )
    is_long = len(offered) > DRAWN_AS_LIST
    return _choice([("", ""), *offered] if is_long else offered, common, forms.Select if is_long else forms.RadioSelect)


class PhoneField(forms.CharField):
    """A phone number in any spelling, kept as it is dialled."""

    def clean(self, value: Any) -> str:
        """Return the number. Raises ValidationError for what cannot be one."""
        typed = super().clean(value)
        number = rules.phone(typed) if typed else ""
        if number is None:
            raise ValidationError(_("This is no phone number: write it with its digits, such as +33 6 12 34 56 78."))
        return number


def _number(question: QuestionFacts, common: dict[str, Any]) -> forms.Field:
    lowest, highest = question.lowest, question.highest
    if question.kind == Kind.AGE:
        lowest = max(lowest or 0, 0)
        highest = rules.OLDEST if highest is None else min(highest, rules.OLDEST)
    wrong = _("Write a whole number in digits.")
    outside = wording.limits(question)
    errors = {"invalid": wrong, "min_value": outside or wrong, "max_value": outside or wrong}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
    most = LARGEST if highest is None else highest
    return forms.IntegerField(
        **common,
        min_value=-LARGEST if lowest is None else lowest,
        max_value=most,
        error_messages=errors,
        widget=widget,
    )


def _file(question: QuestionFacts, stored: str, form: str) -> forms.Field:
    field = SentFileField(form=form, is_optional=not question.is_required, label=question.text)
    field.help_text = wording.hint(question)
    if stored:
        field.input.kept = Sent(UUID(rules.file_key(stored)), rules.file_name(stored))
    return field


def _choice(choices: Sequence[tuple[Any, Any]], common: dict[str, Any], widget: Any) -> forms.Field:
    wrong = {"invalid_choice": _("Choose from the list.")}
    return forms.ChoiceField(**common, choices=choices, widget=widget, error_messages=wrong)


def _offered(question: QuestionFacts, stored: str) -> list[tuple[str, str]]:
    kept = rules.parts(stored)
    return [(option.slug, option.label) for option in question.options if option.is_offered or option.slug in kept]


def _canonical(value: Any) -> str:
    """Return a clean value as it is stored."""
    match value:
        case None:
            return ""
        case list():
            return " ".join(value)
        case date():
            return value.isoformat()
        case Sent():
            return rules.file_answer(value.key.hex, value.name)
    return str(value)


def _initial(question: QuestionFacts, stored: str) -> Any:
    return rules.parts(stored) if question.kind == Kind.CHOICES else stored

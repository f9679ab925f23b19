"""What applicants type: an address, a code, a title, a whole application, whom they invite."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from awards.application.answering import exclusions, shown_of
from awards.applying.fields import LABELS, field_of, typed_value
from awards.applying.wording import only_if
from awards.entering.rules import Window
from awards.entering.submitting import FACTS, NEEDED, Sending
from awards.models import Call, Category, Entry, Question
from festival.text.collation import countries
from festival.text.languages import installed_languages
from festival.typed import cleaning
from festival.typed.forms import AddressField, NameField

LONGEST_PITCH = 2000
_ABOUT = ("category", "title", "pitch", "website", "video", "licence", "tags")
_WHO = ("holder", "legal_form", "city", "country", "founded", "funding_received", "community_size", "language")
_NEEDED = {*NEEDED, "category", "city", "country"}
_MISSING = _("This answer is needed.")


class Plain(forms.Form):
    """A form without colons, whose first wrong field gets the cursor."""

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, label_suffix="", **options)


class SignInForm(Plain):
    """The address to send a code to."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send a code to it. There is no password to think of."),
        error_messages={"required": _("The address is missing: the code goes there.")},
    )


class StartForm(Plain):
    """What begins a project."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=LABELS["title"][0], max_length=160, error_messages={"required": _MISSING})
    category = forms.ChoiceField(
        label=LABELS["category"][0], widget=forms.RadioSelect, error_messages={"required": _MISSING}
    )

    def __init__(self, call: Call, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})
        self.categories = categories_of(call)
        _field(self, "category").choices = [(one.slug, str(one.name)) for one in self.categories]

    @property
    def chosen(self) -> Category:
        """The category that was chosen."""
        return next(one for one in self.categories if one.slug == self.cleaned_data["category"])


class NameForm(Plain):
    """What an applicant is called in mails."""

    name = NameField(label=_("Your name"), error_messages={"required": _("Your name is missing.")})


class InviteForm(Plain):
    """Who is to write along."""

    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("The address is missing: the invitation goes there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of the application: its heading, its fields, how many of them hold something."""

    key: str
    heading: Any
    fields: Sequence[forms.BoundField]
    filled: int


class EntryForm(Plain):
    """A whole application: the facts that every project has, and what the call asks. `sends` asks for what is needed.

    Shown with what is typed in the draft; what is typed is kept as it is, whatever is wrong with it.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    window = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    turn = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    accepts = forms.BooleanField(
        label=_("Rules and sending"), required=False, error_messages={"required": _("Without this we cannot take it.")}
    )

    def __init__(
        self,
        entry: Entry,
        questions: Sequence[Question],
        data: Any = None,
        *,
        typed: Mapping[str, Any] | None = None,
        version: int = 0,
        sends: bool = False,
    ) -> None:
        super().__init__(data, initial={**(typed or {}), "version": version, "window": "", "turn": 0})
        self.entry, self.sends = entry, sends
        self.categories = categories_of(entry.call, entry)
        self.all_questions = questions
        self.questions = [question for question in questions if question.kind != Question.Kind.FILE]
        languages = entry.call.language_list
        for name in (*_ABOUT, *_WHO):
            self.fields[name] = _fact_field(name, self.categories, languages, is_required=sends and name in _NEEDED)
        for question in self.questions:
            required = sends and question.is_required
            self.fields[name_of(question)] = one = field_of(question, is_required=required)
            one.help_text = " ".join(filter(None, (only_if(question, questions), str(one.help_text))))
            one.question = question  # type: ignore[attr-defined]  # for the template: when it is asked, and its limit
        needed = _NEEDED | {name_of(question) for question in self.questions if question.is_required}
        for name, one in self.fields.items():
            one.is_needed = name in needed  # type: ignore[attr-defined]  # for the template: also in a draft
        self.fields["accepts"].required = sends

    def clean_funding_received(self) -> int:
        """Refuse at once what the rules exclude."""
        value, ceiling = self.cleaned_data["funding_received"] or 0, self.entry.call.funding_ceiling
        if ceiling is not None and value > ceiling:
            sentence = _(
                "The rules exclude projects that received more than %(ceiling)s, so this one cannot be sent in."
            )
            raise forms.ValidationError(sentence, "excluded", {"ceiling": ceiling})
        return int(value)

    def clean(self) -> dict[str, Any]:
        """Ask nothing of a question that is not asked of who answers so."""
        data = super().clean() or {}
        for question in self.questions:
            if question.slug not in self.shown:
                self.errors.pop(name_of(question), None)
                data[name_of(question)] = None
        return data

    @property
    def shown(self) -> set[str]:
        """The short names of the questions that are asked, by what stands in the form."""
        return shown_of(self.all_questions, self._answers, self._category)

    @property
    def exclusions(self) -> list[str]:
        """Why what stands in the form excludes the project; it can be sent in all the same, and is looked at."""
        return exclusions(self.all_questions, self._answers, self._category)

    @property
    def _answers(self) -> dict[str, Any]:
        typed = self.typed() if self.is_bound else self.initial
        return {question.slug: typed.get(name_of(question)) for question in self.questions}

    @property
    def _category(self) -> str:
        typed = self.typed() if self.is_bound else self.initial
        return str(typed.get("category") or self.entry.category.slug)

    @property
    def saved_window(self) -> Window:
        """The page that sends this form."""
        data = self.cleaned_data
        return Window(data.get("window") or "", data.get("turn") or 0)

    def typed(self) -> dict[str, Any]:
        """Return what is typed, field by field, right or wrong, without what holds nothing."""
        names = [*_ABOUT, *_WHO, *map(name_of, self.questions)]
        found = {name: typed_value(self.fields[name], self.data, name) for name in names}
        return {name: _legible(value) for name, value in found.items() if value}

    def sending(self) -> Sending:
        """Return what is sent in, once the form is right."""
        data = self.cleaned_data
        category = next(one for one in self.categories if one.slug == data["category"])
        facts = {name: data.get(name) for name in FACTS}
        answers = {question.pk: data.get(name_of(question)) for question in self.questions}
        rules_version = str(self.data.get("rules_version", ""))
        return Sending(category, facts, answers, rules_version, data.get("version") or 0)

    def sections(self) -> list[FormSection]:
        """Return the fields in their parts."""
        parts: list[tuple[str, Any, list[str]]] = [
            ("project", _("The project"), [*_ABOUT]),
            ("who", _("Who carries it"), [*_WHO]),
        ]
        for number, question in enumerate(self.questions):
            if number == 0 or str(question.heading):
                heading = str(question.heading) or _("The questions of this call")
                parts.append((f"questions-{number}" if number else "questions", heading, []))
            parts[-1][2].append(name_of(question))
        return [self._section(key, heading, names) for key, heading, names in parts]

    def _section(self, key: str, heading: Any, names: Sequence[str]) -> FormSection:
        shown = self.typed() if self.is_bound else self.initial
        return FormSection(key, heading, [self[name] for name in names], sum(bool(shown.get(name)) for name in names))

    def faults(self) -> dict[str, str]:
        """Return what is wrong beside each field, as plain sentences."""
        return {self[name].auto_id: str(errors[0]) for name, errors in self.errors.items() if name in self.fields}


def name_of(question: Question) -> str:
    """Return the name of a question's field."""
    return f"q-{question.slug}"


def categories_of(call: Call, entry: Entry | None = None) -> list[Category]:
    """Return the categories that still take projects, and that of the `entry`, which stays in it."""
    found = Category.objects.filter(call=call, by_public_vote=False)
    return [one for one in found if not one.is_closed or (entry is not None and one.pk == entry.category_id)]


def _fact_field(
    name: str, categories: Sequence[Category], languages: Sequence[str], *, is_required: bool
) -> forms.Field:
    label, help_text = LABELS[name]
    common: dict[str, Any] = {
        "label": label,
        "help_text": help_text,
        "required": is_required,
        "error_messages": {"required": _MISSING},
    }
    nothing = [("", _("Please choose"))]
    match name:
        case "category":
            return forms.ChoiceField(choices=[(one.slug, str(one.name)) for one in categories], **common)
        case "legal_form":
            return forms.ChoiceField(choices=[*nothing, *Entry.LegalForm.choices], **common)
        case "country":
            return forms.ChoiceField(choices=[*nothing, *countries(get_language() or "en")], **common)
        case "language":
            known = installed_languages().items()
            choices = [(code, named) for code, named in known if not languages or code in languages]
            return forms.ChoiceField(choices=choices, **common)
        case "website" | "video":
            return forms.URLField(assume_scheme="https", max_length=200, **common)
        case "founded" | "funding_received" | "community_size":
            common["error_messages"] |= {"invalid": _("A whole number only, for example 2019.")}
            highest = 9999 if name == "founded" else 1_000_000_000
            widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
            return forms.IntegerField(min_value=0, max_value=highest, widget=widget, **common)
        case "pitch":
            widget_attrs = {"rows": 6, "data-limit": LONGEST_PITCH, "data-unit": "characters"}
            return forms.CharField(max_length=LONGEST_PITCH, widget=forms.Textarea(attrs=widget_attrs), **common)
    field: Any = Entry._meta.get_field(name)
    return forms.CharField(max_length=field.max_length, **common)


def _field(form: forms.Form, name: str) -> Any:
    return form.fields[name]


def _legible(value: Any) -> Any:
    return [_legible(one) for one in value] if isinstance(value, list) else cleaning.legible(str(value))

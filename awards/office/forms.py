"""Checks of what the jury office types, and choices that stay within one call."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from awards.exceptions import EntryWasRead, RubricInUse
from awards.jury.assigning import assign
from awards.jury.rounds import entries_of
from awards.models import Assignment, Call, Category, Entry, Juror, Round, Rubric, Scorecard
from awards.wording import plain_sentence
from festival.cms.in_use import refusal
from festival.core.audit import Actor
from festival.time import clock
from festival.typed.keys import is_key


class RowsForm(WagtailAdminModelForm):
    """A form with rows below it."""

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return what was typed in the rows that are right in themselves."""
        formset = self.formsets.get(name)
        return [form.cleaned_data for form in formset.forms if form.is_valid()] if formset else []

    def keep_used(self, name: str) -> None:
        """Refuse to remove rows of `name` that others hang on, and say what they are."""
        for row in self.rows(name):
            kept = row.get("id")
            if row.get("DELETE") and kept and (sentence := refusal(kept)):
                self.add_error(None, sentence)


class ReasonedForm(WagtailAdminModelForm):
    """A form whose changes of rules need a reason once scorecards hang on them; it stands in the audit log."""

    reason = forms.CharField(
        label=_("Why the rules change"),
        help_text=_("Needed only when scorecards exist already that hang on what is changed. The audit log keeps it."),
        max_length=500,
        required=False,
    )
    cards_concerned = 0

    def ask_for_a_reason(self, cards: int) -> None:
        """Refuse the change of what `cards` scorecards hang on, unless a reason is given."""
        self.cards_concerned = cards
        if cards and not self.cleaned_data.get("reason", "").strip():
            sentence = ngettext(
                "%(cards)d scorecard hangs on what you change. Say why it changes.",
                "%(cards)d scorecards hang on what you change. Say why it changes.",
                cards,
            )
            self.add_error("reason", sentence % {"cards": cards})


def keep_call(form: WagtailAdminModelForm) -> None:
    """Show the call of a stored row, which never moves to another, and offer none beside it."""
    field = form.fields["call"]
    field.disabled, field.queryset = True, Call.objects.filter(pk=form.instance.call_id)


def limit_to_call(formset: Any, choices: dict[str, Any]) -> None:
    """Offer in the rows of a call, those still to be added too, only what is given: querysets by field."""
    add_fields = formset.add_fields

    def add_limited_fields(form: Any, index: int | None) -> None:
        add_fields(form, index)
        for name, rows in choices.items():
            form.fields[name].queryset = rows

    formset.add_fields = add_limited_fields


class RubricForm(RowsForm):
    """A rubric with its criteria and its scale. Once a card is in, only its words may be mended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            keep_call(self)
        if criteria := self.formsets.get("criteria"):
            limit_to_call(criteria, {"categories": Category.objects.filter(call=self.instance.call_id or 0)})

    def clean(self) -> dict[str, Any]:
        """Ask that weights make 100, that there is a scale, and that nothing changes that cards were scored by."""
        cleaned: dict[str, Any] = super().clean()
        total = sum(row.get("weight") or 0 for row in self.rows("criteria") if not row.get("DELETE"))
        if total != 100:
            message = _("The weights of the criteria must make 100 together; they make %(total)s.")
            self.add_error(None, message % {"total": total})
        for row in self.rows("criteria"):
            if not row.get("DELETE") and row.get("weight") and row.get("categories"):
                self.add_error(None, _("A criterion with a weight is asked in all categories: the weights make 100."))
        if max((row.get("value") or 0 for row in self.rows("scale") if not row.get("DELETE")), default=0) == 0:
            self.add_error(None, _("The scale needs a mark above zero."))
        if self.instance.pk and self._changes_what_counts():
            self._refuse_with_cards()
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Give a new rubric the next version of its call."""
        if self.instance.pk is None:
            versions = Rubric.objects.filter(call=self.instance.call_id).values_list("version", flat=True)
            self.instance.version = max(versions, default=0) + 1
        return super().save(commit)

    def _changes_what_counts(self) -> bool:
        criteria = {
            item.pk: (item.weight, item.tie_break)
            for item in self.instance.criteria.model.objects.filter(rubric=self.instance.pk)
        }
        scale = dict(self.instance.scale.model.objects.filter(rubric=self.instance.pk).values_list("pk", "value"))
        typed = [row for row in self.rows("criteria") if row and not row.get("DELETE")]
        levels = [row for row in self.rows("scale") if row and not row.get("DELETE")]
        return criteria != {_key(row): (row.get("weight"), row.get("tie_break")) for row in typed} or scale != {
            _key(row): row.get("value") for row in levels
        }

    def _refuse_with_cards(self) -> None:
        """Hold the rounds, so that no card comes in until the rubric is saved: the view owns the transaction."""
        rounds = Round.objects.select_for_update(no_key=True).filter(rubric=self.instance.pk).order_by("pk")
        held = [judged.pk for judged in rounds]
        if cards := Scorecard.objects.with_marks().filter(assignment__round__in=held).count():
            self.add_error(None, plain_sentence(RubricInUse(cards)))


def _key(row: dict[str, Any]) -> int | None:
    kept = row.get("id")
    return kept.pk if kept else None


class OfCallForm(WagtailAdminModelForm):
    """A row of a call that never moves to another; while it is made, the call is the one that was chosen last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            keep_call(self)
        elif "call" not in self.initial:
            self.initial["call"] = current.pk if (current := Call.objects.current()) else None

    @property
    def call_id(self) -> Any:
        """The call that the choices are limited to: the row's, the one just typed, the site's newest."""
        typed = self.data.get(self.add_prefix("call"), "")
        return self.instance.call_id or (int(typed) if is_key(str(typed)) else self.initial.get("call"))


class EntryForm(ReasonedForm, OfCallForm):
    """A project: categories of its own call, and the site's languages."""

    OUT = (Entry.State.INELIGIBLE, Entry.State.WITHDRAWN, Entry.State.DISQUALIFIED)

    language = forms.ChoiceField(label=_("language of the application"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(call=self.call_id, by_public_vote=False)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        self.fields["language"].choices = languages_to_choose([self.instance.language])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask why a project leaves the contest or changes its prize; one that was read stays in the books."""
        cleaned: dict[str, Any] = super().clean()
        state = cleaned.get("state")
        if state in self.OUT and "state" in self.changed_data and not str(cleaned.get("state_reason") or "").strip():
            self.add_error("state", _("Give the reason below: jurors and the chair read it."))
        cards = Scorecard.objects.with_marks().filter(assignment__entry=self.instance.pk or 0).count()
        if cards and state in {Entry.State.DRAFT, Entry.State.SUBMITTED}:
            self.add_error("state", plain_sentence(EntryWasRead(cards)))
        self.ask_for_a_reason(cards if "category" in self.changed_data else 0)
        return cleaned


class JurorForm(ReasonedForm, OfCallForm):
    """A juror: languages are chosen, not typed. Cards stay with the account that wrote them, but for a reason."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("What they read.")
    )
    mail_language = forms.ChoiceField(
        label=_("language of mails"), required=False, help_text=_("Empty: the first of their languages.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages_to_choose(self.instance.language_list)  # type: ignore[attr-defined]
        self.initial["languages"] = self.instance.language_list
        self.fields["mail_language"].choices = [("", "–"), *languages_to_choose([self.instance.mail_language])]  # type: ignore[attr-defined]
        judged = Category.objects.filter(call=self.call_id, by_public_vote=False)
        self.fields["categories"].queryset = judged  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask why a seat whose cards are written goes to another account."""
        cleaned: dict[str, Any] = super().clean()
        cards = Scorecard.objects.with_marks().filter(assignment__juror=self.instance.pk or 0).count()
        self.ask_for_a_reason(cards if self.initial.get("user") and "user" in self.changed_data else 0)
        return cleaned

    def clean_languages(self) -> str:
        """Return the codes as they are stored."""
        return ", ".join(self.cleaned_data["languages"])


class AssignmentForm(WagtailAdminModelForm):
    """A pair in a round: jurors and projects of the round's call, and among them those that it is about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds = Round.objects.of_jurors().select_related("call")  # type: ignore[attr-defined]
        typed = str(self.data.get(self.add_prefix("round"), ""))
        newest = rounds.filter(call=Call.objects.current()).last()
        judged = rounds.filter(pk=int(typed)).first() if is_key(typed) else newest
        self.initial.setdefault("round", judged.pk if judged else None)
        jurors = Juror.objects.seated().filter(call=judged.call_id) if judged else Juror.objects.none()
        entries = entries_of(judged).in_contest() if judged else Entry.objects.none()  # type: ignore[attr-defined]
        self.fields["juror"].queryset = jurors  # type: ignore[attr-defined]
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Assignment:
        """Assign, as the action does it."""
        chosen = {f"{name}_id": self.cleaned_data[name].pk for name in ("round", "juror", "entry")}
        self.instance = assign(**chosen, actor=Actor.of_user(self.for_user), now=clock.now())
        return self.instance


def languages_to_choose(kept: list[str]) -> list[tuple[str, str]]:
    """Return the site's languages, and those of `kept` that it no longer has."""
    known = [(code, str(name)) for code, name in settings.LANGUAGES]
    return known + [(code, code) for code in kept if code and code not in dict(known)]

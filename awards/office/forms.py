"""Checks of what the jury office types, and choices that stay within one call."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from awards.exceptions import RubricInUse
from awards.jury.assigning import assign
from awards.jury.rounds import entries_of
from awards.models import Assignment, Call, Category, Entry, Juror, Round, Rubric, Scorecard
from awards.wording import plain_sentence
from festival.cms.editions import limit_choices
from festival.core.audit import Actor
from festival.time import clock


class RowsForm(WagtailAdminModelForm):
    """A form with rows below it."""

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return what was typed in the rows that are right in themselves."""
        formset = self.formsets.get(name)
        return [form.cleaned_data for form in formset.forms if form.is_valid()] if formset else []

    def keep_used(self, name: str, *relations: str) -> None:
        """Refuse to remove rows of `name` that others hang on by one of `relations`."""
        for row in self.rows(name):
            kept = row.get("id")
            if row.get("DELETE") and kept and any(getattr(kept, relation).exists() for relation in relations):
                self.add_error(None, _("“%(name)s” is in use and must stay.") % {"name": kept})


class CallForm(RowsForm):
    """A call with its categories and rounds. A round chooses among the rubrics and rounds of its own call."""

    KEPT_BY_CARDS = frozenset({"rubric", "mode", "kind", "follows"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            limit_choices([self.fields["section"]], self.instance.edition_id)
        if formset := self.formsets.get("rounds"):
            add_fields = formset.add_fields

            def add_limited_fields(form: forms.ModelForm[Round], index: int | None) -> None:
                add_fields(form, index)
                form.fields["rubric"].queryset = Rubric.objects.filter(call=self.instance.pk)  # type: ignore[attr-defined]
                form.fields["follows"].queryset = Round.objects.filter(call=self.instance.pk)  # type: ignore[attr-defined]

            formset.add_fields = add_limited_fields

    def clean(self) -> dict[str, Any]:
        """Keep rows that projects, cards or results hang on."""
        cleaned: dict[str, Any] = super().clean()
        self.keep_used("categories", "entries")
        self.keep_used("rounds", "assignments", "recusals", "tallies", "casting_votes", "followers")
        for form in self.formsets["rounds"].forms if "rounds" in self.formsets else ():
            if form.instance.pk and self.KEPT_BY_CARDS.intersection(form.changed_data):
                cards = Scorecard.objects.with_marks().filter(assignment__round=form.instance.pk).count()
                if cards:
                    form.add_error(None, plain_sentence(RubricInUse(cards)))
                    self.add_error(None, plain_sentence(RubricInUse(cards)))
        return cleaned


def keep_call(form: WagtailAdminModelForm) -> None:
    """Show the call of a stored row, which never moves to another, and offer none beside it."""
    field = form.fields["call"]
    field.disabled, field.queryset = True, Call.objects.filter(pk=form.instance.call_id)


class RubricForm(RowsForm):
    """A rubric with its criteria and its scale. Once a card is in, only its words may be mended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            keep_call(self)

    def clean(self) -> dict[str, Any]:
        """Ask that weights make 100, that there is a scale, and that nothing changes that cards were scored by."""
        cleaned: dict[str, Any] = super().clean()
        total = sum(row.get("weight") or 0 for row in self.rows("criteria") if not row.get("DELETE"))
        if total != 100:
            message = _("The weights of the criteria must make 100 together; they make %(total)s.")
            self.add_error(None, message % {"total": total})
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
        return self.instance.call_id or (int(typed) if str(typed).isdecimal() else self.initial.get("call"))


class EntryForm(OfCallForm):
    """A project: categories of its own call, and the site's languages."""

    language = forms.ChoiceField(label=_("language of the application"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(call=self.call_id, by_public_vote=False)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        self.fields["language"].choices = _languages([self.instance.language])  # type: ignore[attr-defined]


class JurorForm(OfCallForm):
    """A juror: languages are chosen, not typed."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("What they read.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = _languages(self.instance.language_list)  # type: ignore[attr-defined]
        self.initial["languages"] = self.instance.language_list

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
        judged = rounds.filter(pk=int(typed)).first() if typed.isdecimal() else newest
        self.initial.setdefault("round", judged.pk if judged else None)
        jurors = Juror.objects.filter(call=judged.call_id) if judged else Juror.objects.none()
        entries = entries_of(judged).in_contest() if judged else Entry.objects.none()  # type: ignore[attr-defined]
        self.fields["juror"].queryset = jurors  # type: ignore[attr-defined]
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Assignment:
        """Assign, as the action does it."""
        chosen = {f"{name}_id": self.cleaned_data[name].pk for name in ("round", "juror", "entry")}
        self.instance = assign(**chosen, actor=Actor.of_user(self.for_user), now=clock.now())
        return self.instance


def _languages(kept: list[str]) -> list[tuple[str, str]]:
    """Return the site's languages, and those of `kept` that it no longer has."""
    known = [(code, str(name)) for code, name in settings.LANGUAGES]
    return known + [(code, code) for code in kept if code and code not in dict(known)]

"""The form of a call: its categories, prizes and rounds, its rules, which are kept version by version."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.exceptions import RubricInUse
from awards.exceptions.staging import RulesKept
from awards.models import Category, Entry, Round, Rubric, RulesVersion, Scorecard
from awards.models.call import end_of_minute
from awards.office.forms import ReasonedForm, RowsForm, languages_to_choose, limit_to_call
from awards.staging.making import keep_rules, keep_terms
from awards.staging.wording import sentence_for
from awards.wording import kept_for_projects, kept_in_edition, plain_sentence, saved_outside
from festival.cms.editions import limit_choices
from festival.time import clock


class CallForm(ReasonedForm, RowsForm):
    """A call with its categories and rounds. A round chooses among the rubrics and rounds of its own call."""

    KEPT_BY_CARDS = ("rubric", "mode", "kind", "follows", "order", "is_blind")
    ASKED_WITH_CARDS = (
        "opens",
        "closes",
        "announced_at",
        "finalists_per_category",
        "readers_per_entry",
        "tally_method",
        "pools_earlier",
        "calibration_entry",
    )

    languages = forms.MultipleChoiceField(
        label=_("languages of applications"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all languages of the site."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            limit_choices([self.fields["section"]], self.instance.edition_id)
        self.fields["languages"].choices = languages_to_choose(self.instance.language_list)  # type: ignore[attr-defined]
        self.initial["languages"] = self.instance.language_list
        if prizes := self.formsets.get("prizes"):
            limit_to_call(prizes, {"category": Category.objects.filter(call=self.instance.pk)})
        if formset := self.formsets.get("rounds"):
            rubrics = Rubric.objects.filter(call=self.instance.pk)
            rounds, entries = (model.objects.filter(call=self.instance.pk) for model in (Round, Entry))
            limit_to_call(formset, {"rubric": rubrics, "follows": rounds, "calibration_entry": entries})

    def clean(self) -> dict[str, Any]:
        """Keep rows that projects, cards or results hang on, and what the cards were written by."""
        cleaned: dict[str, Any] = super().clean()
        self.keep_used("categories")
        self.keep_used("rounds")
        self.keep_used("prizes")
        self._keep_rules(cleaned)
        self._keep_places_of_projects()
        rounds = self.formsets["rounds"].forms if "rounds" in self.formsets else ()
        stored = {judged.pk: judged for judged in Round.objects.filter(call=self.instance.pk or 0)}
        known = [form for form in rounds if form.instance.pk in stored and form.is_valid()]
        self.ask_for_a_reason(sum(self._cards_concerned(form, stored[form.instance.pk]) for form in known))
        return cleaned

    def clean_languages(self) -> str:
        """Return the codes as they are stored."""
        return ", ".join(self.cleaned_data["languages"])

    def save(self, commit: bool = True) -> Any:
        """Save, and keep the rules as the version that they are."""
        saved = super().save(commit)
        if commit:
            keep_rules(call=saved, now=clock.now())
            keep_terms(call=saved, now=clock.now())
        return saved

    def _keep_rules(self, cleaned: dict[str, Any]) -> None:
        """Ask for a new version when the text is another than the one that is accepted under this version."""
        texts = {"rules_version": RulesVersion.For.APPLICANTS, "jury_terms_version": RulesVersion.For.JURY}
        for field, audience in texts.items():
            kept = RulesVersion.objects.filter(
                call=self.instance.pk or 0, audience=audience, version=cleaned.get(field)
            )
            text = getattr(self.instance, field.removesuffix("_version"))
            if any(version.text != text for version in kept):
                self.add_error(field, sentence_for(RulesKept()))

    def _cards_concerned(self, form: Any, stored: Round) -> int:
        """Refuse what its cards hang on; return how many hang on something that can change with a reason."""
        cards = Scorecard.objects.with_marks().filter(assignment__round=stored)
        changed = {name for name, value in form.cleaned_data.items() if _differs(getattr(stored, name, value), value)}
        if not changed.intersection(self.KEPT_BY_CARDS + self.ASKED_WITH_CARDS) or not (count := cards.count()):
            return 0
        opens, closes = form.cleaned_data["opens"], end_of_minute(form.cleaned_data["closes"])
        outside = cards.exclude(updated_at__range=(opens, closes)).count()
        if changed.intersection(self.KEPT_BY_CARDS):
            form.add_error(None, plain_sentence(RubricInUse(count)))
            self.add_error(None, plain_sentence(RubricInUse(count)))
        elif changed.intersection(("opens", "closes")) and outside:
            self.add_error(None, saved_outside(outside))
        return count if changed.intersection(self.ASKED_WITH_CARDS) else 0

    def _keep_places_of_projects(self) -> None:
        """A prize that projects compete for stays theirs; a call with projects stays in its edition."""
        for row in self.rows("categories"):
            kept = row.get("id")
            if kept and row.get("by_public_vote") and (entries := kept.entries.count()):
                self.add_error(None, kept_for_projects(entries, str(kept)))
        entries = self.instance.entries.count() if self.instance.pk else 0
        if entries and "edition" in self.changed_data:
            self.add_error("edition", kept_in_edition(entries))


def _differs(stored: Any, typed: Any) -> bool:
    """Return whether a field changes; what is typed has no seconds."""
    if isinstance(stored, datetime) and isinstance(typed, datetime):
        return stored.replace(second=0, microsecond=0) != typed.replace(second=0, microsecond=0)
    return bool(stored != typed)

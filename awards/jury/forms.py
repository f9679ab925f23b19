"""Turn what jurors and the chair type into clean values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _, ngettext

from awards.jury.candidates import Candidate
from awards.jury.queries import Late
from awards.models import CardComment, Criterion, ScaleLevel

PREFIX = "mark-"
NOTE = "note-"
FEW_MARKS = 6


class ScorecardForm(forms.Form):
    """One radio group per criterion and a comment; `submit` in the data asks for every criterion.

    `window` and `turn` come from the page's script alone.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    window = forms.RegexField(r"^[0-9a-f-]{0,36}\Z", widget=forms.HiddenInput, required=False)
    turn = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    comment = forms.CharField(
        label=_("Your comment"),
        help_text=_("For the chair and the deliberation; applicants do not see it."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        criteria: Sequence[Criterion],
        scale: Sequence[ScaleLevel],
        marks: Mapping[str, int],
        comment: str = "",
        notes: Mapping[str, str] | None = None,
        version: int = 0,
    ) -> None:
        initial = {PREFIX + slug: mark for slug, mark in marks.items()} | {"comment": comment, "version": version}
        initial |= {NOTE + audience: text for audience, text in (notes or {}).items()}
        super().__init__(data, initial=initial)
        self.criteria, self.scale = criteria, scale
        choices = [(level.value, level.label) for level in scale]
        for audience in CardComment.Audience:
            self.fields[NOTE + audience] = forms.CharField(
                label=audience.label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )
        for criterion in criteria:
            self.fields[PREFIX + criterion.slug] = forms.TypedChoiceField(
                label=str(criterion.name),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("This mark is not on the scale.")},
            )

    def rows(self) -> Iterable[tuple[Criterion, forms.BoundField]]:
        """Yield each criterion with its radio group."""
        return ((criterion, self[PREFIX + criterion.slug]) for criterion in self.criteria)

    @property
    def has_many_marks(self) -> bool:
        """Whether the scale is too long for one line of words."""
        return len(self.scale) > FEW_MARKS

    @property
    def says_something_to_others(self) -> bool:
        """Whether a text for others than the chair holds something, or cannot be saved."""
        return any(field.value() or field.errors for field in self.for_others())

    def for_others(self) -> list[forms.BoundField]:
        """Return the texts for others than the chair."""
        return [self[NOTE + audience] for audience in CardComment.Audience]

    @property
    def notes(self) -> dict[str, str]:
        """The texts that were sent, by who reads them; one that was not sent stays as it is."""
        sent = [audience for audience in CardComment.Audience if NOTE + audience in self.data]
        return {audience: self.cleaned_data.get(NOTE + audience, "") for audience in sent}

    @property
    def marks(self) -> dict[str, int]:
        """The marks that were chosen, by criterion slug."""
        chosen = {item.slug: self.cleaned_data.get(PREFIX + item.slug) for item in self.criteria}
        return {slug: mark for slug, mark in chosen.items() if mark is not None}

    @property
    def wants_submit(self) -> bool:
        """Whether the card is to be handed in, not kept as a draft."""
        return "submit" in self.data

    def clean(self) -> dict[str, Any]:
        """Ask for the missing marks, each next to its criterion."""
        cleaned = super().clean() or self.cleaned_data
        if self.wants_submit:
            missing = [item.slug for item in self.criteria if not item.is_optional and item.slug not in self.marks]
            for slug in missing:
                if PREFIX + slug not in self.errors:
                    self.add_error(PREFIX + slug, _("Choose a mark."))
        return cleaned

    def take_version(self, version: int, marks: Mapping[str, int]) -> None:
        """Let the next save replace the version that another window wrote; marks that only that one has stay."""
        missing = {PREFIX + slug: str(mark) for slug, mark in marks.items() if PREFIX + slug not in self.data}
        self.data = dict(self.data.items()) | missing | {"version": str(version)}


class RecusalForm(forms.Form):
    """Why a juror steps back."""

    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_(
            "For instance: I know the team, I have worked with it, I have an interest in it. The chair reads it."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why you step back.")},
    )


class ReassignForm(forms.Form):
    """Who takes over a project."""

    juror = forms.ChoiceField(
        label=_("Who reads it instead?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a juror."), "invalid_choice": _("This person cannot take it over.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, candidates: Sequence[Candidate]) -> None:
        """Offer those who can, with how many they read."""
        super().__init__(data)
        self.fields["juror"].choices = [(str(item.juror.pk), _named(item)) for item in candidates]  # type: ignore[attr-defined]


class RemindForm(forms.Form):
    """Which of the late jurors are written to."""

    jurors = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose who is written to."),
            "invalid_choice": _("One of these jurors cannot be written to any more today."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, late: Sequence[Late]) -> None:
        """Offer those who can be written to, all of them chosen."""
        able = [str(item.juror.pk) for item in late if item.obstacle is None]
        super().__init__(data, initial={"jurors": able})
        self.fields["jurors"].choices = [(key, key) for key in able]  # type: ignore[attr-defined]


def _named(candidate: Candidate) -> str:
    words = {"juror": candidate.juror.name, "count": candidate.load}
    sentence = ngettext("%(juror)s, reads %(count)s project", "%(juror)s, reads %(count)s projects", candidate.load)
    return sentence % words

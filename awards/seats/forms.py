"""Turn what is typed about seats into clean values: whom to ask, what is answered, conflicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Entry, Juror, Recusal
from awards.seats.answering import Acceptance
from awards.seats.inviting import Invitee
from festival.text.languages import main_language
from festival.typed import names
from festival.typed.mail_addresses import InvalidAddress, canonical

MOST_INVITED = 200
_SEPARATORS = "\t;,"


class InviteForm(forms.Form):
    """People to ask, one a line: a name and an address, in whatever way lists have them."""

    people = forms.CharField(
        label=_("Whom to invite"),
        help_text=_("One a line, name and address: Ada Brun <ada@example.org>, or Ada Brun, ada@example.org."),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Nobody is named yet.")},
    )
    language = forms.ChoiceField(label=_("Language of the mail"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="", initial={"language": main_language()})
        self.fields["language"].choices = [(code, str(name)) for code, name in settings.LANGUAGES]  # type: ignore[attr-defined]

    def clean_people(self) -> list[Invitee]:
        """Return who is named. Lines that cannot be read are told by their number."""
        found, wrong = {}, []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not line.strip():
                continue
            invitee = _invitee(line)
            if invitee is None:
                wrong.append(str(number))
            else:
                found[invitee.email.casefold()] = invitee
        if wrong:
            raise forms.ValidationError(
                _("Each line needs a name and an address. Not understood: line %(lines)s."),
                params={"lines": ", ".join(wrong)},
            )
        if len(found) > MOST_INVITED:
            raise forms.ValidationError(_("At most %(count)s people at a time."), params={"count": MOST_INVITED})
        return list(found.values())


def _invitee(line: str) -> Invitee | None:
    """Read "Ada Brun <ada@example.org>", and the same with a comma, a semicolon, a tab or a blank between."""
    for sign in f'{_SEPARATORS}<>"':
        line = line.replace(sign, " ")
    words = line.split()
    addresses = [word for word in words if "@" in word]
    name = names.cleaned(" ".join(word for word in words if "@" not in word))
    if len(addresses) != 1 or not name or len(name) > 120:
        return None
    try:
        return Invitee(name, canonical(addresses[0]))
    except InvalidAddress:
        return None


class AcceptForm(forms.Form):
    """What somebody accepts, and what they can take."""

    terms_version = forms.CharField(widget=forms.HiddenInput, max_length=20)
    capacity = forms.IntegerField(
        label=_("How many projects you read at most, in one round"),
        help_text=_("Empty: as many as the others."),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you can read an application"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("Categories that you judge"),
        help_text=_("Leave out those that you cannot or do not want to judge."),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one category.")},
    )
    organisation = forms.CharField(
        label=_("Organisation that you work for or belong to"),
        help_text=_("So that no project of your own house comes to you. Empty if there is none."),
        required=False,
        max_length=120,
    )
    accepts = forms.BooleanField(
        label=_("I accept these terms"), error_messages={"required": _("Without these terms nobody sits in the jury.")}
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, juror: Juror) -> None:
        judged = Category.objects.filter(call=juror.call_id, by_public_vote=False).order_by("sort_order", "pk")
        initial = {
            "terms_version": juror.call.jury_terms_version,
            "languages": [juror.mail_language],
            "categories": [category.pk for category in judged],
            "organisation": juror.organisation,
        }
        super().__init__(data, label_suffix="", initial=initial)
        fields: Any = self.fields
        fields["languages"].choices = [(code, str(name)) for code, name in settings.LANGUAGES]
        fields["categories"].queryset = judged
        if not judged:
            del fields["categories"]

    @property
    def acceptance(self) -> Acceptance:
        """What was typed, for the action; all categories are as good as none."""
        data = self.cleaned_data
        chosen = list(data.get("categories", ()))
        offered = self.fields["categories"].queryset.count() if "categories" in self.fields else 0  # type: ignore[attr-defined]
        return Acceptance(
            terms_version=data["terms_version"],
            capacity=data["capacity"],
            languages=data["languages"],
            categories=[] if len(chosen) == offered else chosen,
            organisation=data["organisation"],
        )


class DeclineForm(forms.Form):
    """A word to the organisers, or none."""

    word = forms.CharField(
        label=_("A word to the organisers, if you like"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")


SAID = (Recusal.Tie.PERSONAL, Recusal.Tie.PROFESSIONAL, Recusal.Tie.FINANCIAL, Recusal.Tie.OTHER)


class BarForm(forms.Form):
    """A juror, a project, what ties them."""

    juror = forms.TypedChoiceField(
        label=_("Juror"),
        coerce=int,
        error_messages={"required": _("Choose a juror."), "invalid_choice": _("Choose a juror.")},
    )
    entry = forms.TypedChoiceField(
        label=_("Project"),
        coerce=int,
        error_messages={"required": _("Choose a project."), "invalid_choice": _("Choose a project.")},
    )
    tie = forms.ChoiceField(
        label=_("What ties them"),
        choices=[(tie.value, tie.label) for tie in SAID],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what ties them.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The chair and the organisers read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, jurors: Sequence[Juror], entries: Sequence[Entry]
    ) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["juror"].choices = [("", _("Choose")), *((juror.pk, juror.name) for juror in jurors)]
        fields["entry"].choices = [("", _("Choose")), *((entry.pk, entry.title) for entry in entries)]


class LiftForm(forms.Form):
    """Why a conflict was a mistake."""

    reason = forms.CharField(
        label=_("Why it was a mistake"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why it was a mistake.")},
    )

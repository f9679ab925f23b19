"""What the office chooses: ballots, one by one or as they lie together, and what becomes of them."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import PublicBallot
from festival.typed.keys import is_key


class ScrutinyForm(forms.Form):
    """One decision for the ballots that were ticked."""

    state = forms.ChoiceField(
        label=_("What you decide"),
        choices=[
            (PublicBallot.State.SUSPECT, _("doubt it: it still counts")),
            (PublicBallot.State.VOID, _("make it void: it does not count")),
            (PublicBallot.State.VALID, _("take the decision back")),
        ],
    )
    reason = forms.ChoiceField(
        label=_("Why"),
        help_text=_("The result says how many ballots were void, and these words. Not needed to take a decision back."),
        choices=[("", "—"), *PublicBallot.Reason.choices],
        required=False,
    )
    note = forms.CharField(label=_("Note for the log"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, known: Collection[int]) -> None:
        super().__init__(data, label_suffix="")
        self.known = known

    @property
    def chosen(self) -> set[int]:
        """The ballots that were ticked, alone or with all that lie beside them."""
        if not self.is_bound:
            return set()
        sent = cast("QueryDict", self.data).getlist("ballots")
        typed = (part for value in sent for part in value.split("-"))
        return {int(part) for part in typed if is_key(part)} & set(self.known)

    def clean(self) -> dict[str, Any]:
        """Ask for ballots, and for a reason where one is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Choose the ballots."))
        if cleaned.get("state") != PublicBallot.State.VALID and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the result tells it."))
        return cleaned

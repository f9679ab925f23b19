"""What the office types when money goes back: how much, why, which tickets it was for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from festival.text import typography
from festival.typed.amounts import parse_amount
from tickets.models import Order, OrderLine, OrderNote


class GiveForm(forms.Form):
    """A free amount, and what the buyer reads; `cents` is what was shown before it was confirmed."""

    amount = forms.CharField(label=_("Amount"), max_length=20)
    told = forms.CharField(
        label=_("Message"), max_length=200, required=False, help_text=_("Stands in the mail to the buyer.")
    )
    cents = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, order: Order, left: int) -> None:
        super().__init__(data)
        self.order, self.left = order, left

    def clean_amount(self) -> int:
        """Return the amount in cents. Raises ValidationError for none, and for more than can go back."""
        cents = parse_amount(self.cleaned_data["amount"], typography.marks(self.order.currency))
        if not cents:
            raise ValidationError(_("Write an amount, such as 110 or 12,50."))
        if cents > self.left:
            told = {"left": typography.price(self.left, self.order.currency)}
            raise ValidationError(
                _("At most %(left)s can go back: so much was paid and has not gone back yet."), params=told
            )
        return cents


class AnswerForm(forms.Form):
    """The reason of a refusal; `cents` is what was shown before it was accepted."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("If you refuse: the buyer reads it.")
    )
    cents = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where somebody refuses."""
        if "refuse" in self.data and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why: the buyer reads it."))
        return self.cleaned_data


class ClarifyForm(forms.Form):
    """Which tickets a refund made elsewhere was for; none of them is an answer too."""

    lines = forms.ModelMultipleChoiceField(
        label=_("What it was for"),
        queryset=OrderLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What you tick is cancelled. Tick nothing if everything stays valid."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, help_text=_("The buyer can read it."))

    def __init__(self, data: Any = None, *, order: Order) -> None:
        super().__init__(data)
        lines: Any = self.fields["lines"]
        sold = order.lines.live().filter(kind__in=[OrderLine.Kind.ADMISSION, OrderLine.Kind.ADDON])
        lines.queryset = sold.select_related("day", "ticket", "occurrence__session")
        lines.label_from_instance = lambda line: described(line, order)


class NoteForm(forms.Form):
    """A note about an order."""

    text = forms.CharField(
        label=_("Note"),
        max_length=OrderNote.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("The note is empty.")},
    )


def described(line: OrderLine, order: Order) -> str:
    """Return what was sold, for whom, for how much, in one line."""
    ticket = getattr(line, "ticket", None)
    of_set = line.children.live() if line.kind == OrderLine.Kind.SET else ()
    cents = line.cents + sum(part.cents for part in of_set if part.product_id)
    parts = [
        str(line.product_name),
        typography.plain_date(line.day.date) if line.day else "",
        ticket.holder if ticket else "",
        typography.price(cents, order.currency),
    ]
    return " · ".join(part for part in parts if part)

"""Forms of the office about money: what came, what goes back."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from festival.text import typography
from festival.time import clock
from festival.typed.amounts import parse_amount
from tickets.models import Order, OrderLine, Provider
from tickets.returns.forms import described


class ReceivedForm(forms.Form):
    """Money that came for an order: by which way, how much, when."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("How it came"), choices=[(way.value, way.label) for way in (Provider.TRANSFER, Provider.ONSITE)]
    )
    amount = forms.CharField(label=_("Amount"), max_length=20)
    came_at = forms.DateTimeField(label=_("When it came"), widget=AdminDateTimeInput)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=120,
        required=False,
        help_text=_("Of the bank or the till; no other payment has it. It may stay empty."),
    )

    def __init__(self, data: Any = None, *, order: Order, missing: int, way: str) -> None:
        initial = {
            "key": uuid.uuid4(),
            "way": way,
            "amount": f"{missing // 100},{missing % 100:02}" if missing > 0 else "",
            "came_at": clock.now(),
        }
        super().__init__(data, initial=initial)
        self.order = order

    def clean_amount(self) -> int:
        """Return the amount in cents. Raises ValidationError for what is none."""
        cents = parse_amount(self.cleaned_data["amount"], typography.marks(self.order.currency))
        if not cents:
            raise ValidationError(_("Write an amount, such as 110 or 12,50."))
        return cents

    def clean_came_at(self) -> Any:
        """Refuse the future."""
        moment = self.cleaned_data["came_at"]
        if moment > clock.now():
            raise ValidationError(_("This moment is still to come."))
        return moment


class RefundForm(forms.Form):
    """Which lines of an order are cancelled and paid back; `cents` is what was shown before it was confirmed."""

    lines = forms.ModelMultipleChoiceField(
        label=_("What is cancelled"),
        queryset=OrderLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what is cancelled.")},
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, help_text=_("The buyer can read it."))
    cents = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, order: Order) -> None:
        super().__init__(data)
        lines: Any = self.fields["lines"]
        sold = order.lines.live().exclude(kind=OrderLine.Kind.DISCOUNT)  # what went back before, went back
        lines.queryset = sold.select_related("day", "ticket", "occurrence__session")
        lines.label_from_instance = lambda line: described(line, order)

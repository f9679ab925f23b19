"""Forms of the shop's screens."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _, ngettext
from wagtail.admin.widgets import AdminDateTimeInput

from festival.cms.editions import EditionForm, limit_choices, read_amounts
from festival.cms.in_use import refusal
from festival.models import Edition
from festival.text import typography
from program.models import Occurrence
from tickets.models import Order, Product, Quota
from tickets.orders.queries import Wanted
from tickets.payments.iban import parse_iban


class ProductForm(EditionForm):
    """A product with its prices and parts. A price that stands on order lines stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rows in (self.formsets["prices"], self.formsets["parts"]):
            rows.form = _of_edition(rows.form, self.instance.edition_id, self.currency)

    def is_valid(self) -> bool:
        """Look at the prices that would go, too."""
        valid: bool = super().is_valid()
        if not valid:
            return False
        going = [form.instance for form in self.formsets["prices"].deleted_forms if form.instance.pk]
        for sentence in filter(None, map(refusal, going)):
            self.add_error(None, sentence)
        self._check_parts()
        return not self.errors

    def _check_parts(self) -> None:
        """Refuse a set without parts, parts of what is no set, and parts that cannot be sold like this."""
        rows = [row.cleaned_data for row in self.formsets["parts"].forms if row.cleaned_data.get("part")]
        parts = [row for row in rows if not row.get("DELETE")]
        is_set = self.cleaned_data["kind"] == Product.Kind.SET
        if is_set != bool(parts):
            self.add_error("kind", _("Say what the set brings.") if is_set else _("Only a set has parts."))
        days = set(self.cleaned_data["days"])
        for part in (row["part"] for row in parts):
            chosen, valid = part.admission == Product.Admission.ONE_DAY, set(part.days.all())
            if part.kind not in {Product.Kind.ADMISSION, Product.Kind.ADDON} or not _is_of_days(part):
                self.add_error(None, _("“%(part)s” cannot be a part: only admissions and add-ons.") % {"part": part})
            elif part.edition_id != self.instance.edition_id:
                self.add_error(None, _("“%(part)s” is of another edition.") % {"part": part})
            elif part.days.exists() and part.admission != self.cleaned_data["admission"]:
                sentence = _("“%(part)s” chooses its days in the other way: so must the set.")
                self.add_error("admission", sentence % {"part": part})
            elif not (days <= valid if chosen else valid <= days):
                self.add_error("days", _("“%(part)s” is not valid on the same days.") % {"part": part})


def _of_edition(form: type[Any], edition: int | None, currency: str) -> type[Any]:
    """Return the form of a row that offers what belongs to an edition, and reads amounts of its currency."""

    class Limited(form):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            limit_choices(self.fields.values(), edition)
            read_amounts(self.fields.values(), currency)

    return Limited


def _is_of_days(product: Product) -> bool:
    return product.admission != Product.Admission.OCCURRENCE and not product.requires_approval


class PaymentSettingsForm(EditionForm):
    """By which ways money is taken."""

    def clean_iban(self) -> str:
        """Take the number in any spelling; refuse one with a wrong digit."""
        typed = self.cleaned_data["iban"]
        number = parse_iban(typed)
        if typed and number is None:
            raise ValidationError(_("This is no account number: compare it with your bank’s paper, digit by digit."))
        return number or ""

    def clean_bic(self) -> str:
        """Take the code in any spelling."""
        code = self.cleaned_data["bic"].replace(" ", "").upper()
        if code and not re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", code):
            raise ValidationError(_("A BIC has 8 or 11 characters, such as AGRIFRPP."))
        return str(code)

    def clean(self) -> dict[str, Any]:
        """Ask whose account it is."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("iban") and not data.get("account_holder"):
            self.add_error("account_holder", _("Say whose account it is, as the bank knows it."))
        return data


class QuotaForm(EditionForm):
    """A quota; sessions are named by title and time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["occurrence"]
        sessions.queryset = sessions.queryset.select_related("session").order_by("starts_at")
        sessions.label_from_instance = _title_and_time


class PlacesForm(forms.Form):
    """How many places each time of a session has, and from when until when they are booked."""

    opens = forms.DateTimeField(label=_("Booking opens"), widget=AdminDateTimeInput)
    closes = forms.DateTimeField(
        label=_("Booking closes"),
        widget=AdminDateTimeInput,
        help_text=_("Nobody books a session that has begun, whatever stands here."),
    )

    def __init__(self, times: Sequence[tuple[Occurrence, Quota | None]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = times
        for occurrence, quota in times:
            self.fields[_size_of(occurrence)] = forms.IntegerField(
                label=f"{typography.moment(occurrence.starts_at)}, {occurrence.room}",
                min_value=1,
                max_value=100_000,
                required=quota is not None,
                initial=quota.size if quota else occurrence.session.capacity,
                help_text=_said_of(quota),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, and a form that opens nothing."""
        data: dict[str, Any] = super().clean() or {}
        opens, closes = data.get("opens"), data.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Booking must close after it opens."))
        if not self.errors and not self.sizes():
            raise ValidationError(_("Say for one time at least how many places there are."))
        return data

    def sizes(self) -> dict[int, int]:
        """Return how many places were typed, by the primary key of the occurrence."""
        typed = {occurrence.pk: self.cleaned_data.get(_size_of(occurrence)) for occurrence, _quota in self.times}
        return {pk: size for pk, size in typed.items() if size}


def _size_of(occurrence: Occurrence) -> str:
    return f"size-{occurrence.pk}"


def _said_of(quota: Quota | None) -> str:
    if quota is None:
        return gettext("Nobody books this time yet. Left empty, it stays so.")
    return ngettext("%(count)s place is taken.", "%(count)s places are taken.", quota.taken) % {"count": quota.taken}


class CheckinListForm(EditionForm):
    """A check-in list; the one of a session lets in what is booked for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["occurrence"]
        sessions.queryset = sessions.queryset.filter(quotas__isnull=False).select_related("session")
        sessions.queryset = sessions.queryset.order_by("starts_at")
        sessions.label_from_instance = _title_and_time

    def clean(self) -> dict[str, Any]:
        """Refuse a list that would let nobody in: without products or a zone, or of a session not booked by them."""
        data: dict[str, Any] = super().clean() or {}
        occurrence, products = data.get("occurrence"), data.get("products")
        if products is not None and not products and not data.get("zone"):
            self.add_error("products", _("Tick what is let in, or choose a zone."))
        if occurrence and products is not None and not occurrence.quotas.filter(products__in=products).exists():
            self.add_error("products", _("Tick the product by which places in this session are booked."))
        return data


def _title_and_time(occurrence: Occurrence) -> str:
    return f"{occurrence.session}, {typography.moment(occurrence.starts_at)}"


_HOLDING = (Order.State.HELD, Order.State.PENDING, Order.State.PAID)


class WhichOrdersForm(forms.Form):
    """Which orders are meant: those ticked in the list, or all that have everything in common that is filled in."""

    order = forms.ModelMultipleChoiceField(
        queryset=Order.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )
    network_of = forms.CharField(
        label=_("From the same network as the order"),
        max_length=8,
        required=False,
        help_text=_("The code of an order. Networks are known for a few days only."),
    )
    since = forms.DateTimeField(label=_("Ordered from"), required=False, widget=AdminDateTimeInput)
    until = forms.DateTimeField(label=_("Ordered before"), required=False, widget=AdminDateTimeInput)
    address = forms.CharField(
        label=_("Address"),
        max_length=100,
        required=False,
        help_text=_("A part of it; * stands for anything: *@mail.example, bot*@*"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all that hold places")), *((state.value, state.label) for state in _HOLDING)],
    )

    def __init__(self, *args: Any, edition: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["order"].queryset = Order.objects.filter(edition=edition)  # type: ignore[attr-defined]

    def clean_network_of(self) -> str:
        """Return the network's key. Raises ValidationError when the order or its network is not known."""
        code = self.cleaned_data["network_of"].strip().upper()
        if not code:
            return ""
        key = Order.objects.filter(edition=self.edition, code=code).values_list("network", flat=True).first()
        if key is None:
            raise ValidationError(_("There is no order with this code in this edition."))
        if not key:
            raise ValidationError(_("The network of this order is not known any more."))
        return key

    def clean(self) -> dict[str, Any]:
        """Refuse to mean all orders."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("order", "network_of", "since", "until", "address")):
            raise ValidationError(_("Say which orders: fill in one field at least."))
        return data

    def wanted(self) -> Wanted:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Wanted(
            orders=tuple(order.pk for order in data["order"]),
            network=data["network_of"],
            since=data["since"],
            until=data["until"],
            address=data["address"].strip(),
            states=(data["state"],) if data["state"] else Order.STATES_HOLDING,
        )


class CancelForm(forms.Form):
    """The second step: why, and whether the holders are told."""

    count = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Stands in the log, on the page of the order, and in the mail."),
        error_messages={"required": _("Say why: it stays in the log.")},
    )
    tell = forms.BooleanField(label=_("Tell the holders by mail"), required=False, initial=True)
    warning = ""

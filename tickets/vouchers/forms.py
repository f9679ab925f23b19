"""Forms of the office about codes: one, or many at once."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from festival.cms.editions import EditionForm
from festival.models import Edition
from festival.text import typography
from tickets.models import Quota, Voucher
from tickets.vouchers import making, rules


class _TermsForm(EditionForm):
    """What a code does."""

    def clean(self) -> dict[str, Any]:
        """Ask which products a code opens that opens some: never all; refuse an amount for a percentage, and back."""
        data: dict[str, Any] = super().clean() or {}
        typed = str(self["value"].data or "").casefold()
        is_percent = data.get("effect") == Voucher.Effect.PERCENT
        if is_percent and any(mark.casefold() in typed for mark in typography.marks(self.currency) if self.currency):
            self.add_error("value", _("This code takes off a percentage: write it as 20 or 20 %."))
        elif not is_percent and "%" in typed:
            self.add_error("value", _("A percentage does not fit this effect: write an amount, such as 15 or 12.50."))
        if data.get("reveals") and not data.get("products"):
            self.add_error("products", _("Tick which products it opens."))
        return data


class VoucherForm(_TermsForm):
    """One code, and of which quotas it keeps places back."""

    quotas = forms.ModelMultipleChoiceField(
        label=_("Of these quotas"),
        queryset=Quota.objects.filter(occurrence=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So many places of each. A pass needs a place on each of its days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["quotas"] = [reserve.quota_id for reserve in self.instance.reserves.all()]

    def clean(self) -> dict[str, Any]:
        """Refuse a code that cannot be told from another one."""
        data = super().clean()
        folded = rules.fold(data.get("code") or "")
        edition = data.get("edition") or self.instance.edition
        if data.get("code") and not folded:
            self.add_error("code", _("A code has letters from A to Z, or digits."))
        same = Voucher.objects.filter(edition=edition, folded=folded).exclude(pk=self.instance.pk)
        if folded and same.exists():
            self.add_error("code", _("There is such a code already; O and 0, l and 1 are the same."))
        self._check_kept(data)
        return data

    def _check_kept(self, data: dict[str, Any]) -> None:
        """Ask of which quotas places are kept, and for no more places than the code is good for."""
        keeps, most = data.get("keeps") or 0, data.get("max_uses")
        if bool(keeps) != bool(data.get("quotas")):
            where = "quotas" if keeps else "keeps"
            self.add_error(where, _("Say how many places are kept, and of which quotas."))
        if keeps and most is not None and keeps > most - (data.get("used_before") or 0):
            self.add_error("keeps", _("It is good for fewer places than it would keep."))


class SeriesForm(_TermsForm):
    """Many codes at once, alike but for their random part."""

    count = forms.IntegerField(label=_("How many codes?"), min_value=1, max_value=making.MOST_AT_ONCE)
    prefix = forms.CharField(
        label=_("Beginning"),
        required=False,
        max_length=12,
        help_text=_("All of them begin like this, such as AMAP. Eight random signs follow, none of which look alike."),
    )

    class Meta:
        """What they have in common."""

        model = Voucher
        fields = (
            "edition",
            "tag",
            "label",
            "effect",
            "value",
            "products",
            "reveals",
            "max_uses",
            "budget_cents",
            "valid_from",
            "valid_until",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "products": forms.CheckboxSelectMultiple,
            "valid_from": AdminDateTimeInput,
            "valid_until": AdminDateTimeInput,
        }

    field_order = ("count", "prefix", *Meta.fields)

    def __init__(self, *args: Any, edition: Edition | None, **kwargs: Any) -> None:
        instance = Voucher(edition=edition, max_uses=1) if edition else Voucher(max_uses=1)
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["edition"].widget = forms.HiddenInput()
        self.fields["tag"].required = True
        self.fields["tag"].help_text = _("By it you find them again, and export them.")
        self.order_fields(self.field_order)

    def clean_prefix(self) -> str:
        """Take letters and digits, in capitals. Raises ValidationError for what cannot be typed everywhere."""
        prefix = str(self.cleaned_data["prefix"]).strip().upper()
        if prefix and not (prefix.isascii() and prefix.isalnum()):
            raise ValidationError(_("Only letters from A to Z, and digits."))
        return prefix

"""Codes that make something cheaper or open what is not listed, and who used them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from festival.models import MOST_PLACES, Edition
from festival.text.translated import TranslatedCharField
from festival.typed.hundredths import CentsField, HundredthsField
from tickets.models.catalogue import MOST_CENTS, Product
from tickets.models.orders import OrderLine
from tickets.models.quotas import Quota

MOST_USES = 1_000_000
MOST_BUDGET = 1_000_000_000


class Voucher(models.Model):
    """A code. `used` and `spent_cents` are counters that sales move by one conditional UPDATE; `fsck` recounts them."""

    wagtail_reference_index_ignore = True  # no editor links to a code

    class Effect(models.TextChoices):
        """What it does to the price of each place."""

        PERCENT = "percent", _("takes off a percentage")
        AMOUNT = "amount", _("takes off an amount")
        PRICE = "price", _("sets the price")
        NONE = "none", _("leaves the price as it is")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="vouchers", verbose_name=_("edition"))
    code = models.CharField(
        _("code"),
        max_length=32,
        help_text=_("As it is printed. Who types it may write small letters, blanks, O for 0 or l for 1."),
    )
    folded = models.CharField(max_length=96, editable=False)  # as it is compared: an Ⅷ becomes four letters
    label = TranslatedCharField(_("label"), max_length=80, blank=True, help_text=_("Who it is for; buyers read it."))
    tag = models.CharField(_("tag"), max_length=40, blank=True, help_text=_("For finding and counting, inside."))
    effect = models.CharField(_("effect"), max_length=8, choices=Effect.choices, default=Effect.PERCENT)
    value = HundredthsField(
        _("value"),
        default=0,
        validators=[MaxValueValidator(MOST_CENTS)],
        help_text=_("In percent (20), or an amount for each place (15 or 12.50)."),
    )
    products = models.ManyToManyField(
        Product,
        related_name="vouchers",
        blank=True,
        verbose_name=_("only for"),
        help_text=_("None: whatever the ticket office sells."),
    )
    reveals = models.BooleanField(
        _("opens what is not listed"),
        default=False,
        help_text=_("Those of its products that the ticket office does not show can be had with this code."),
    )
    max_uses = models.PositiveIntegerField(
        _("places at most"), null=True, blank=True, validators=[MaxValueValidator(MOST_USES)]
    )
    used_before = models.PositiveIntegerField(
        _("used elsewhere before"),
        default=0,
        validators=[MaxValueValidator(MOST_USES)],
        help_text=_("Places that were had with it outside of this shop; they count among those at most."),
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    budget_cents = CentsField(
        _("budget"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_BUDGET)],
        help_text=_("What it may take off altogether."),
    )
    spent_cents = models.PositiveIntegerField(_("taken off so far"), default=0, editable=False)
    keeps = models.PositiveIntegerField(
        _("places kept back"),
        default=0,
        validators=[MaxValueValidator(MOST_PLACES)],
        help_text=_("Of each quota that is ticked: nobody else gets them until the code is over. 0: none."),
    )
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["edition", "tag", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "folded"],
                name="voucher_code_once_per_edition",
                violation_error_message=_("There is such a code already; O and 0, l and 1 are the same."),
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="voucher_code_can_be_typed"),
            models.CheckConstraint(
                condition=Q(effect="percent", value__gte=1, value__lte=10_000)
                | Q(effect="amount", value__gte=1)
                | Q(effect="price")
                | Q(effect="none", value=0),
                name="voucher_value_fits_its_effect",
            ),
            models.CheckConstraint(
                condition=Q(max_uses__isnull=True) | Q(max_uses__gte=F("used") + F("used_before")),
                name="voucher_never_used_too_often",
                violation_error_message=_("More places than this were had with it already."),
            ),
            models.CheckConstraint(
                condition=Q(budget_cents__isnull=True) | Q(spent_cents__lte=F("budget_cents")),
                name="voucher_never_over_its_budget",
                violation_error_message=_("More than this was taken off already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="voucher_ends_after_it_begins",
                violation_error_message=_("It must end after it begins."),
            ),
        ]
        indexes = [models.Index(fields=["edition", "tag"], name="voucher_tag")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse a value that makes no sense with the effect. Raises ValidationError with a sentence at the value."""
        super().clean()
        sentences = {
            self.Effect.PERCENT: (
                not 1 <= (self.value or 0) <= 10_000,
                _("Between 1 (a hundredth of a percent) and 10000 (all of it)."),
            ),
            self.Effect.AMOUNT: (not self.value, _("Say how many cents it takes off each place.")),
            self.Effect.NONE: (bool(self.value), _("It leaves the price as it is: write 0.")),
        }
        fails, sentence = sentences.get(self.effect, (False, ""))  # type: ignore[call-overload]
        if fails:
            raise ValidationError({"value": [sentence]})


class VoucherUse(models.Model):
    """One place that was had with a code: its line, and what it became cheaper by. Given back once, never deleted."""

    wagtail_reference_index_ignore = True

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="uses", verbose_name=_("code"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="voucher_uses", verbose_name=_("order line"))
    cents = models.PositiveIntegerField(
        _("taken off, in cents"), help_text=_("The line’s amount is what was left to pay.")
    )
    used_at = models.DateTimeField(_("used at"))
    released_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a code")
        verbose_name_plural = _("uses of codes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(released_at=None), name="voucher_use_once_per_line"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.line}"


class Reserve(models.Model):
    """Places of a quota that a code keeps back for whoever has it. `used` counts the places of it had with the code.

    What is left of `places` stands in `Quota.reserved` with that of all others; `fsck` recounts both.
    """

    wagtail_reference_index_ignore = True

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="reserves", verbose_name=_("code"))
    quota = models.ForeignKey(Quota, models.PROTECT, related_name="reserves", verbose_name=_("quota"))
    places = models.PositiveIntegerField(_("places kept"))
    used = models.PositiveIntegerField(_("used"), default=0)
    ended_at = models.DateTimeField(_("let go at"), null=True, blank=True)

    class Meta:
        verbose_name = _("places kept by a code")
        verbose_name_plural = _("places kept by codes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["voucher", "quota"], name="reserve_once_per_code_and_quota")]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.quota}"

    @property
    def unused(self) -> int:
        """How many of its places were not had with the code."""
        return max(0, self.places - self.used)

    @property
    def left(self) -> int:
        """How many places are kept back now."""
        return 0 if self.ended_at else self.unused

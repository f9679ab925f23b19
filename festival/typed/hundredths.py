"""Numbers that are kept in hundredths and typed as people write them: `55`, `12,50 €`, `5,5 %`."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from festival.typed.amounts import parse_amount


def plainly(hundredths: int) -> str:
    """Return hundredths as people type them in the active language: `20`, `12.50`, in French `12,50`."""
    whole = hundredths % 100 == 0
    return formats.number_format(Decimal(hundredths) / 100, decimal_pos=0 if whole else 2, force_grouping=False)


class HundredthsInput(forms.CharField):
    """Reads an amount or a percentage into hundredths, and shows hundredths as one types them.

    Beside the number may stand `%` where it `is_percent`, and the signs of the currency, which the form of a row of an
    edition sets, where it `is_money`. Nothing typed is None.
    """

    currency_marks: tuple[str, ...] = ()
    default_error_messages = {
        "invalid": _("Write a number such as 12 or 12.50."),
        "highest": _("At most %(highest)s."),
    }

    def __init__(
        self, *, highest: int | None = None, is_money: bool = True, is_percent: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.highest, self.is_money, self.is_percent = highest, is_money, is_percent
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        """Show what is kept as one types it; what was typed stays as it is."""
        return plainly(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Return hundredths, or None for nothing. Raises ValidationError in words."""
        if isinstance(value, int):
            return value
        typed = super().to_python(value)
        if not typed:
            return None
        found = parse_amount(typed, self._marks)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if self.highest is not None and found > self.highest:
            sentence = self.error_messages["highest"] % {"highest": plainly(self.highest)}
            raise ValidationError(sentence, code="highest")
        return found

    @property
    def _marks(self) -> tuple[str, ...]:
        return (*(self.currency_marks if self.is_money else ()), *(("%",) if self.is_percent else ()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether what was typed is another number than before."""
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True


class HundredthsField(models.PositiveIntegerField):  # type: ignore[type-arg]  # not generic at run time
    """A whole number of hundredths, 0 or more, of a currency or of a percent: typed and shown as a decimal number."""

    is_money = True
    is_percent = True

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        """Return what reads it; the highest value is that of the column's validator."""
        limits = [one.limit_value for one in self.validators if isinstance(one, MaxValueValidator)]
        ours = {"highest": min(limits, default=None), "is_money": self.is_money, "is_percent": self.is_percent}
        # PositiveIntegerField's own would ask for whole numbers.
        return models.Field.formfield(self, **{"form_class": HundredthsInput, **ours, **kwargs})


class CentsField(HundredthsField):
    """An amount of the edition's currency, in cents."""

    is_percent = False


class PercentField(HundredthsField):
    """A percentage, in hundredths of a percent."""

    is_money = False

"""What every row of a programme has in common: it belongs to one edition, and so does all it refers to."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class OfEdition(models.Model):
    """A row of one edition. Subclasses have a foreign key `edition` and name in `same_edition` what must share it."""

    same_edition: ClassVar[tuple[str, ...]] = ()
    edition_id: int | None

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse references to another edition's rows. Lists of rows are checked by the forms and by `fsck`."""
        super().clean()
        found = {name: getattr(self, name, None) for name in self.same_edition if getattr(self, f"{name}_id", None)}
        strange = [name for name, row in found.items() if row is not None and row.edition_id != self.edition_id]
        if self.edition_id and strange:
            raise ValidationError({name: [_("This belongs to another edition.")] for name in strange})


def once_per_edition(name: str, *fields: str, message: Any = None) -> models.UniqueConstraint:
    """Return the constraint that `fields` (the short name unless others are given) are unique within an edition."""
    return models.UniqueConstraint(
        fields=["edition", *(fields or ("slug",))],
        name=name,
        violation_error_message=message or _("This edition has another one of this short name."),
    )

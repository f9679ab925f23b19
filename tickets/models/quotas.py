"""How many places there are."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from festival.models import MOST_PLACES, Day, Edition
from festival.text.translated import TranslatedCharField
from program.models import Occurrence
from tickets.models.catalogue import Product, of_one_edition


class Quota(models.Model):
    """A number of places. `taken` is the counter that sales move by one conditional UPDATE; `fsck` recounts it.

    `reserved` are those that codes keep back (`Reserve`): what is open to everybody is what neither takes.

    It limits its products together: on one day when it has one, in one session when it has one, else altogether. An
    order line draws on every quota that fits; a product in no quota is not limited.
    """

    wagtail_reference_index_ignore = True  # no editor links to a counter

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="quotas", verbose_name=_("edition"))
    name = TranslatedCharField(_("name"), max_length=120)
    products = models.ManyToManyField(Product, related_name="quotas", verbose_name=_("products"))
    day = models.ForeignKey(
        Day, models.PROTECT, related_name="quotas", null=True, blank=True, verbose_name=_("only this day")
    )
    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, related_name="quotas", null=True, blank=True, verbose_name=_("only this session")
    )
    size = models.PositiveIntegerField(_("places"), validators=[MaxValueValidator(MOST_PLACES)])
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    reserved = models.PositiveIntegerField(
        _("kept by codes"), default=0, editable=False, help_text=_("Free for whoever has one of those codes alone.")
    )
    said = models.CharField(
        max_length=4,
        blank=True,
        editable=False,
        help_text="What the programme's pages say of a session's places: nothing, last or full.",
    )

    told = models.CharField(
        max_length=120,
        blank=True,
        editable=False,
        help_text="When and where a session was by the last release of which those who booked it were told.",
    )

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["edition", "day__date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=F("taken") + F("reserved")),
                name="quota_never_oversold",
                violation_error_message=_("More places than this are taken already."),
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(occurrence__isnull=True),
                name="quota_of_a_day_or_of_a_session",
                violation_error_message=_("Choose a day or a session, not both."),
            ),
            models.UniqueConstraint(
                fields=["occurrence"],
                name="quota_once_per_session",
                violation_error_message=_("This session has its quota already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse a day or a session of another edition. Raises ValidationError."""
        super().clean()
        of_one_edition(self, "day", "occurrence")

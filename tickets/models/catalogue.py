"""Products and their prices."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from festival.models import Day, Edition, Section
from festival.text.translated import TranslatedCharField, TranslatedTextField
from festival.typed.hundredths import CentsField, PercentField
from program.models import Session

MOST_CENTS = 10_000_000  # as often as an order may hold it, the sum still fits the column of every database


class ProductQuerySet(models.QuerySet["Product"]):
    """Finds products."""

    def listed(self) -> "ProductQuerySet":
        """Keep products that the ticket office shows."""
        return self.filter(is_listed=True)


class Product(ClusterableModel):
    """What is sold or given: a day at the Village, a Fest pass, a lunch.

    `number` stands in the signed ticket token (one byte), so it never changes once tickets exist.
    """

    class Kind(models.TextChoices):
        """What the product gives: a way in, something on top of it, or nothing but thanks."""

        ADMISSION = "admission", _("admission")
        ADDON = "addon", _("add-on")
        DONATION = "donation", _("donation")
        SET = "set", _("set of other products")

    KINDS_OF_TICKETS = (Kind.ADMISSION, Kind.ADDON)  # what a door can let in; a set brings its parts

    class Admission(models.TextChoices):
        """How an admission chooses its days."""

        ONE_DAY = "one_day", _("one day, chosen by the visitor")
        ALL_DAYS = "all_days", _("all its days")
        OCCURRENCE = "occurrence", _("one session of the programme, chosen by the visitor")

    class Confirmation(models.TextChoices):
        """When places are only held until the link in the mail is opened."""

        NEVER = "never", pgettext_lazy("confirmation", "never: the tickets come at once")
        FILLING = "filling", pgettext_lazy("confirmation", "when the places run out")
        ALWAYS = "always", pgettext_lazy("confirmation", "always")

    class FileAsked(models.TextChoices):
        """Whether whoever asks for approval sends a file along."""

        NO = "no", pgettext_lazy("file", "no file")
        OPTIONAL = "optional", pgettext_lazy("file", "a file, if they like")
        REQUIRED = "required", pgettext_lazy("file", "a file, always")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="products", verbose_name=_("edition"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="products", verbose_name=_("part of the week"))
    slug = models.SlugField(_("short name"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(255)])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ADMISSION)
    admission = models.CharField(_("days"), max_length=10, choices=Admission.choices, default=Admission.ALL_DAYS)
    days = models.ManyToManyField(Day, related_name="products", blank=True, verbose_name=_("valid on"))
    sessions = models.ManyToManyField(
        Session,
        related_name="products",
        blank=True,
        verbose_name=_("opens these sessions"),
        help_text=_("The programme names the product there. What is open to all needs none."),
    )
    name = TranslatedCharField(_("name"), max_length=120)
    description = TranslatedTextField(_("description"), blank=True)
    place = TranslatedCharField(_("place"), max_length=160, blank=True, help_text=_("Printed on the ticket."))
    proof = TranslatedCharField(_("proof asked for"), max_length=250, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    vat_note = TranslatedCharField(_("VAT note"), max_length=160, blank=True)
    sale_opens = models.DateTimeField(_("sale opens"))
    sale_closes = models.DateTimeField(_("sale closes"))
    max_per_order = models.PositiveSmallIntegerField(
        _("at most per order"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_per_person = models.PositiveSmallIntegerField(
        _("at most per person"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In all orders of one mail address together. Empty: not limited."),
    )
    confirmation = models.CharField(
        _("address confirmed"),
        max_length=10,
        choices=Confirmation.choices,
        default=Confirmation.FILLING,
        help_text=_(
            "Places are held until the visitor opens the link in a mail, so that invented addresses take none."
        ),
    )
    filling_percent = models.PositiveSmallIntegerField(
        _("places run out from"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In percent of the places that are taken."),
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("places held for"),
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(2880)],
        help_text=_("In minutes, from the registration until the link is opened."),
    )
    places_per_network = models.PositiveSmallIntegerField(
        _("places per network and hour"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("A school or a company is one network: leave room for a class with its families."),
    )
    requires_approval = models.BooleanField(_("needs approval"), default=False)
    file_asked = models.CharField(
        _("with the request"),
        max_length=10,
        choices=FileAsked.choices,
        default=FileAsked.NO,
        help_text=_("For what needs approval. PDF, JPEG or PNG; only the office can open it."),
    )
    named = models.BooleanField(
        _("carries a name"),
        default=False,
        help_text=_("Each ticket is for the person whose name it carries, so that a form registers one person."),
    )
    transferable = models.BooleanField(
        _("may be passed on"),
        default=True,
        help_text=_("By its holder, to somebody else; the name on it may be changed then, too."),
    )
    refund_fee_cents = CentsField(_("kept of each refund"), default=0, validators=[MaxValueValidator(MOST_CENTS)])
    refund_needs_approval = models.BooleanField(
        _("refunds are approved by the office"),
        default=False,
        help_text=_("Who gives something back is answered by you; its ticket stays valid until then."),
    )
    parts_go_back = models.BooleanField(
        _("parts of the set go back alone"),
        default=False,
        help_text=_("Else whoever gives back one ticket of a set gives back all of it."),
    )
    is_listed = models.BooleanField(_("shown in the ticket office"), default=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[ProductQuerySet] = ProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="product_slug_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "number"], name="product_number_once_per_edition"),
            models.CheckConstraint(
                condition=Q(sale_closes__gt=F("sale_opens")),
                name="product_sale_closes_after_it_opens",
                violation_error_message=_("The sale must close after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def places_per_form(self) -> int:
        """How many places one form may ask for; a ticket that carries a name is for who has typed it."""
        return 1 if self.named else self.most_at_once

    @property
    def most_at_once(self) -> int:
        """How many one order of one person may hold at the most."""
        return min(self.max_per_order, self.max_per_person or self.max_per_order)

    def clean(self) -> None:
        """Refuse a part of the week of another edition. Raises ValidationError."""
        super().clean()
        of_one_edition(self, "section")


class Price(models.Model):
    """One price of a product. A range (`max_cents`) lets the buyer choose the amount. VAT is included in it."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="prices", verbose_name=_("product"))
    slug = models.SlugField(_("short name"))
    name = TranslatedCharField(_("name"), max_length=80, blank=True)
    help = TranslatedCharField(_("explanation"), max_length=250, blank=True)
    cents = CentsField(_("price"), validators=[MaxValueValidator(MOST_CENTS)])
    max_cents = CentsField(_("highest amount"), null=True, blank=True, validators=[MaxValueValidator(MOST_CENTS)])
    vat_rate = PercentField(
        _("VAT rate"),
        default=0,
        validators=[MaxValueValidator(9999)],
        help_text=_("In percent, such as 5.5. The price includes the tax."),
    )
    is_default = models.BooleanField(_("chosen at first"), default=False)
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"  # lets the editor drag the rows

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "slug"], name="price_slug_once_per_product"),
            models.CheckConstraint(
                condition=Q(max_cents__isnull=True) | Q(max_cents__gt=F("cents")),
                name="price_range_goes_up",
                violation_error_message=_("The highest amount must be above the price."),
            ),
            models.CheckConstraint(condition=Q(vat_rate__lt=10000), name="price_vat_rate_below_100_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.name or self.slug}"


class RefundStep(models.Model):
    """How much of what was paid goes back until when: until a moment, or so many days before the first day.

    Of several, the first that is not over counts; without one nothing goes back.
    """

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="refund_steps", verbose_name=_("product"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    days_before = models.PositiveSmallIntegerField(
        _("or so many days before"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(366)],
        help_text=_("Before the first day that it is for; that day counts until midnight."),
    )
    percent = models.PositiveSmallIntegerField(
        _("percent"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("rule for refunds")
        verbose_name_plural = _("rules for refunds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=False, days_before__isnull=True)
                | Q(until__isnull=True, days_before__isnull=False),
                name="refund_step_has_one_end",
                violation_error_message=_("Write either a moment or a number of days."),
            ),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="refund_step_percent_known"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"


def of_one_edition(row: models.Model, *names: str) -> None:
    """Refuse a row of an edition whose foreign key `names` leads to a row of another one.

    Raises:
        ValidationError: With a sentence at each such field.
    """
    strangers = {name: other for name in names if (other := getattr(row, name, None)) is not None}
    wrong = [name for name, other in strangers.items() if other.edition_id != row.edition_id]  # type: ignore[attr-defined]
    if wrong:
        raise ValidationError({name: [OTHER_EDITION] for name in wrong})


def all_of_edition(edition_id: int, rows: Iterable[models.Model]) -> bool:
    """Return whether every row belongs to the edition."""
    return all(row.edition_id == edition_id for row in rows)  # type: ignore[attr-defined]


OTHER_EDITION = _("This belongs to another edition.")

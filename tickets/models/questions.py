"""What the organiser asks of buyers and holders, what they answered, and the guests of a group who do so themselves.

What was answered keeps its sense: see `tickets.questions.making` and decision 0038.
"""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from festival.models import Edition
from festival.text.translated import TranslatedCharField
from tickets.models.catalogue import Product
from tickets.models.orders import Order, OrderLine

LARGEST = 1_000_000  # a number that fits the column of every database


class Question(ClusterableModel):
    """One question, asked for each place of some products, or once for an order that holds one of them."""

    class Kind(models.TextChoices):
        """How it is answered."""

        LINE = "line", _("one line of text")
        TEXT = "text", _("several lines of text")
        NUMBER = "number", _("a number")
        AGE = "age", _("the age on the day")
        YES_NO = "yes_no", _("yes or no")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("as many of several as apply")
        DATE = "date", _("a date")
        COUNTRY = "country", _("a country")
        PHONE = "phone", _("a phone number")
        FILE = "file", _("a file: PDF, JPEG or PNG")

    class Subject(models.TextChoices):
        """What an answer belongs to."""

        PLACE = "place", _("each place")
        ORDER = "order", _("the order as a whole")

    class Moment(models.TextChoices):
        """When it is asked."""

        PURCHASE = "purchase", _("with the order")
        DOOR = "door", _("at the door, or before on the page of the order")

    CONDITIONAL: ClassVar[tuple[str, ...]] = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="ticket_questions", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"), help_text=_("Names its column in exports."))
    text = TranslatedCharField(_("question"), max_length=200)
    help = TranslatedCharField(_("help"), max_length=250, blank=True, help_text=_("A sentence below the field."))
    kind = models.CharField(_("answer"), max_length=10, choices=Kind.choices, default=Kind.LINE)
    subject = models.CharField(_("asked for"), max_length=10, choices=Subject.choices, default=Subject.PLACE)
    asked = models.CharField(_("asked when"), max_length=10, choices=Moment.choices, default=Moment.PURCHASE)
    products = models.ManyToManyField(
        Product, related_name="questions", verbose_name=_("products"), help_text=_("Who has one of these is asked.")
    )
    is_required = models.BooleanField(_("has to be answered"), default=False)
    lowest = models.IntegerField(
        _("lowest number"), null=True, blank=True, validators=[MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]
    )
    highest = models.IntegerField(
        _("highest number"), null=True, blank=True, validators=[MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]
    )
    depends_on = models.ForeignKey(
        "self", models.PROTECT, related_name="followers", null=True, blank=True, verbose_name=_("asked only after")
    )
    depends_values = models.JSONField(_("asked only if the answer is"), default=list, blank=True)
    is_health = models.BooleanField(
        _("says something about health"),
        default=False,
        help_text=_("Such as allergies: fewer people see the answers, and they are deleted soon after the festival."),
    )
    changeable_until = models.DateTimeField(
        _("can be changed until"),
        null=True,
        blank=True,
        help_text=_("When the kitchen orders, for example. Left empty: until the day is over."),
    )
    is_retired = models.BooleanField(
        _("not asked any more"), default=False, help_text=_("What was answered stays, and can be read.")
    )
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="ticket_question_slug_once"),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(highest__gte=F("lowest")),
                name="ticket_question_limits_go_up",
                violation_error_message=_("The highest number is below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(depends_on__isnull=True) | ~Q(depends_on=F("id")), name="ticket_question_not_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class QuestionOption(models.Model):
    """One of the answers to choose from. What somebody chose is withdrawn, not deleted."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options", verbose_name=_("question"))
    slug = models.SlugField(_("short name"), max_length=40)
    label = TranslatedCharField(_("answer"), max_length=120)
    is_offered = models.BooleanField(_("can be chosen"), default=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"  # lets the editor drag the rows

    class Meta:
        verbose_name = _("possible answer")
        verbose_name_plural = _("possible answers")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="ticket_question_option_slug_once")]

    def __str__(self) -> str:
        return str(self.label)


class Answer(models.Model):
    """What was answered, as `tickets.questions.rules` writes it; there is no row for what was left open.

    Never written to a log or to the audit log: it may be about health.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    order = models.ForeignKey(Order, models.PROTECT, related_name="answers", verbose_name=_("order"))
    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="answers", null=True, blank=True, verbose_name=_("order line")
    )
    value = models.TextField(_("answer"))
    asked = TranslatedCharField(_("as it was asked"), max_length=200)
    version = models.PositiveSmallIntegerField(_("version of the question"), editable=False)
    given_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        permissions = [("see_health_answer", _("Can see answers about health"))]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "line"], condition=Q(line__isnull=False), name="ticket_answer_once_per_line"
            ),
            models.UniqueConstraint(
                fields=["question", "order"], condition=Q(line__isnull=True), name="ticket_answer_once_per_order"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="ticket_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.question_id}"


class Guest(models.Model):
    """Somebody of a group who fills in their own name and answers, by a secret link that the buyer has handed them.

    What of the order is theirs are its lines of this guest; tickets, money and refunds stay with the order.
    """

    wagtail_reference_index_ignore = True  # rows that no editor links to; indexing costs six queries a row

    order = models.ForeignKey(Order, models.PROTECT, related_name="guests", verbose_name=_("order"))
    rank = models.PositiveSmallIntegerField(_("which of them"), help_text=_("Counted from 1."))
    secret = models.CharField(_("secret"), max_length=43, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    filled_at = models.DateTimeField(_("filled in at"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["order", "rank"], name="guest_rank_once_per_order"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="guest_rank_from_1"),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True, name="", email="")
                | (Q(filled_at__isnull=False) & ~Q(name="") & ~Q(email="")),
                name="guest_has_a_name_once_filled_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.order} · {self.rank}"

"""Who sits in the jury: invited, answering, at work, gone."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.call import Call, Category, RulesVersion
from festival.text.translated import TranslatedCharField, TranslatedTextField


class JurorQuerySet(models.QuerySet["Juror"]):
    """Finds jurors."""

    def seated(self) -> "JurorQuerySet":
        """Keep those who are of the jury now: neither asked only, nor gone."""
        return self.filter(state=Juror.State.SEATED)


class Juror(models.Model):
    """A member of the jury, or somebody who is asked to be one. The account may come later; one of them is the chair.

    What they said when they accepted is on the row: `capacity`, `categories` and `languages` bound what they are given.
    """

    class State(models.TextChoices):
        """Whether somebody is of the jury. Who is put in by hand is seated at once."""

        SEATED = "seated", _("of the jury")
        INVITED = "invited", _("invited")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("invitation taken back")
        LEFT = "left", _("has left")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="jurors", verbose_name=_("call"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="juror_roles",
        null=True,
        blank=True,
        verbose_name=_("account"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SEATED, editable=False)
    slug = models.SlugField(_("short name"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(_("name for sorting"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    mail_language = models.CharField(
        _("language of mails"), max_length=10, blank=True, help_text=_("Empty: the first of their languages.")
    )
    role = TranslatedCharField(_("what they do"), max_length=160, blank=True)
    bio = TranslatedTextField(_("biography"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as FR."))
    languages = models.CharField(_("languages"), max_length=60, blank=True)  # codes, separated by commas
    capacity = models.PositiveSmallIntegerField(
        _("projects at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("In one round. Empty: any number."),
    )
    categories = models.ManyToManyField(
        Category,
        related_name="jurors",
        blank=True,
        verbose_name=_("categories they judge"),
        help_text=_("None chosen: all."),
    )
    is_chair = models.BooleanField(_("chairs the jury"), default=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answer_word = models.CharField(_("word to the organisers"), max_length=500, blank=True, editable=False)
    terms = models.ForeignKey(  # what was accepted, at `answered_at`
        RulesVersion, models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("accepted terms")
    )
    left_at = models.DateTimeField(_("left at"), null=True, blank=True, editable=False)

    objects: ClassVar[JurorQuerySet] = JurorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "slug"], name="juror_slug_once_per_call"),
            models.UniqueConstraint(fields=["call", "user"], name="juror_user_once_per_call"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(is_chair=True),
                name="juror_one_chair_per_call",
                violation_error_message=_("This jury already has a chair."),
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(invited_at__isnull=False), name="juror_invited_has_a_date"
            ),
            models.CheckConstraint(condition=~Q(state="left") | Q(left_at__isnull=False), name="juror_left_has_a_date"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_seated(self) -> bool:
        """Whether they are of the jury now."""
        return self.state == self.State.SEATED

    @property
    def language_list(self) -> list[str]:
        """The codes of the languages, one by one."""
        return [code.strip() for code in self.languages.split(",") if code.strip()]

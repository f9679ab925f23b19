"""Who judges what, and who steps back from what."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.call import Call
from awards.models.entries import Entry
from awards.models.rounds import Round
from festival.text.translated import TranslatedCharField, TranslatedTextField


class Juror(models.Model):
    """A member of the jury. The account may come later; one of them is the chair."""

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
    slug = models.SlugField(_("short name"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(_("name for sorting"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    role = TranslatedCharField(_("what they do"), max_length=160, blank=True)
    bio = TranslatedTextField(_("biography"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as FR."))
    languages = models.CharField(_("languages"), max_length=60, blank=True)  # codes, separated by commas
    is_chair = models.BooleanField(_("chairs the jury"), default=False)

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
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language_list(self) -> list[str]:
        """The codes of the languages, one by one."""
        return [code.strip() for code in self.languages.split(",") if code.strip()]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Finds assignments."""

    def open(self) -> "AssignmentQuerySet":
        """Keep pairs that are still to be judged, or are."""
        return self.filter(state=Assignment.State.OPEN)


class Assignment(models.Model):
    """One juror reads one entry in one round. Closed, never deleted, when the juror steps back or had begun it."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        """Whether the juror is still to judge the entry."""

        OPEN = "open", _("open")
        RECUSED = "recused", _("stepped back")
        REASSIGNED = "reassigned", _("given to another juror")

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="assignments", verbose_name=_("juror"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assignments", verbose_name=_("project"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["round_id", "juror__sort_name", "entry__category__sort_order", "entry__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "juror", "entry"],
                name="assignment_once_per_round",
                violation_error_message=_("This juror already reads this project."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror} · {self.entry}"

    def clean(self) -> None:
        """Refuse pairs across calls, and a pair from which the juror stepped back (regulation, article 3)."""
        super().clean()
        if self.juror_id is None or self.entry_id is None or self.round_id is None:
            return
        if self.juror.call_id != self.round.call_id:
            raise ValidationError({"juror": _("The juror and the round belong to different calls.")})
        if self.entry.call_id != self.round.call_id:
            raise ValidationError({"entry": _("The project and the round belong to different calls.")})
        if self.pk is None and Recusal.objects.filter(juror=self.juror_id, entry=self.entry_id).exists():
            raise ValidationError({"juror": _("This juror stepped back from this project.")})


class Recusal(models.Model):
    """A juror steps back from an entry, in all rounds. Append-only; from then on no card or vote of the pair counts.

    `round` is the one in which it was said: whoever knows a team in the first round knows it in the second.
    """

    wagtail_reference_index_ignore = True

    class When(models.TextChoices):
        """Before the juror scored the entry, or after, which voids the card."""

        BEFORE = "declared_before", _("before scoring")
        AFTER = "declared_after", _("after scoring")

    round = models.ForeignKey(Round, models.PROTECT, related_name="recusals", verbose_name=_("round"))
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="recusals", verbose_name=_("juror"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals", verbose_name=_("project"))
    when = models.CharField(_("declared"), max_length=16, choices=When.choices)
    reason = models.CharField(_("reason"), max_length=500)
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["declared_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["juror", "entry"], name="recusal_once_per_pair")]

    def __str__(self) -> str:
        return f"{self.juror} · {self.entry}"
